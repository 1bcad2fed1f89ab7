"""The program with its own model, where it was built and where it was installed and moved to; and
the library, as another project finds it."""

import os
import pathlib
import subprocess

import pytest

import oracle
from harness import ENGINES, PROGRAM, binary, body, fasta

RECORDS = oracle.random_records(91, [0, 700, 1000, 2500])
INSTALL_SECONDS = 500


def run_default(program, folder, *options):
    """`vio-annotate genes.fa`, with nothing in the environment that could help it."""
    genes = folder / "genes.fa"
    genes.write_bytes(fasta(RECORDS))
    done = subprocess.run(
        [program, *options, str(genes)],
        capture_output=True,
        timeout=120,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """An install tree that was moved after `cmake --install`."""
    build = pathlib.Path(os.environ["VIO_BIN_DIR"]).parent
    folder = tmp_path_factory.mktemp("install")
    done = subprocess.run(
        ["cmake", "--install", build, "--prefix", folder / "first"],
        capture_output=True,
        timeout=INSTALL_SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    (folder / "first").rename(folder / "moved")
    return folder / "moved"


def test_the_default_model_scores(tmp_path):
    default = run_default(binary(), tmp_path)
    assert body(default).count(b"\n") == 1 + 1 + 1 + 3
    assert b"p_" in default and b"OK" in default
    assert run_default(binary(), tmp_path, "-m", "gene-type") == default


def test_installed_and_moved(prefix, tmp_path):
    moved = str(prefix / "bin" / PROGRAM)
    for engine in ENGINES:
        options = ["--engine", engine]
        assert run_default(moved, tmp_path, *options) == run_default(binary(), tmp_path, *options)


def test_what_is_installed(prefix):
    for pattern in (
        "share/vio-annotate/models/vio-v1.safetensors",
        "include/vio/model/spec.hpp",
        "share/man/man1/vio-annotate.1*",
        "share/bash-completion/completions/vio-annotate",
        "share/vio-annotate/models/vio-v1.md",
        "**/*LICENSE*",
    ):
        assert list(prefix.glob(pattern)), pattern


@pytest.mark.skipif("torch" not in ENGINES, reason="vio-train is built with LibTorch only")
def test_the_trainer_is_installed(prefix):
    for verb in ("fit", "evaluate", "import", "describe"):
        assert (prefix / f"share/man/man1/vio-train-{verb}.1").stat().st_size > 0
    assert (prefix / "share/bash-completion/completions/vio-train").exists()
    done = subprocess.run(
        [prefix / "bin" / "vio-train", "describe", "vio-v1"], capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()


def test_another_project_finds_the_library(prefix, source_folder, tmp_path):
    build = tmp_path / "build"
    for command in (
        [
            "cmake",
            "-S",
            source_folder / "tests" / "consumer",
            "-B",
            build,
            f"-DCMAKE_PREFIX_PATH={prefix}",
        ],
        ["cmake", "--build", build],
    ):
        done = subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    model = prefix / "share/vio-annotate/models/gene-type.safetensors"
    sequence = RECORDS[1][1]
    for engine in ("reference", "fused"):
        command = [build / "consumer", model, sequence, engine]
        done = subprocess.run(command, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        table = run_default(binary(), tmp_path, "--engine", engine).decode().splitlines()
        columns = table[0][1:].split("\t")
        row = dict(zip(columns, table[2].split("\t")))
        assert row["seq_id"] == RECORDS[1][0]
        expected = [row[name] for name in columns if name.startswith("p_")]
        assert done.stdout.decode().split() == expected
