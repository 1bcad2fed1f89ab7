"""Annotated variants appear under their name only when they are whole, with their index."""

import os
import signal
import subprocess
import threading
import time

import pytest

from harness import (
    SECONDS,
    annotate,
    assert_refused,
    binary,
    default_signals,
    left_in,
    limit_file_size,
    sentence_of,
    wait_until,
)
from variant_files import annotate_variants, in_order, needs_bcftools, vcf
from variant_random import random_sites

NAMES = ["x.vcf", "x.vcf.gz", "x.bcf", "x.tsv", "x.tsv.gz"]
INDEXED = ["x.vcf.gz", "x.bcf", "x.tsv.gz"]


@pytest.fixture(scope="module")
def data(random_genome):
    _, genome = random_genome
    return vcf(in_order(random_sites(98, genome, 3000), genome), genome)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def common(fixed_model, random_genome):
    return ["--engine", "reference", "-m", str(fixed_model), "-f", str(random_genome[0])]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_is_not_there(name, common, folder, data):
    target = folder / "absent" / name
    run = annotate(*common, "-o", target, data=data, check=False)
    assert run.code in (1, 2)
    assert_refused(run, run.code)
    assert str(target) in run.stderr and left_in(folder) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_disk_that_fills_up_midway(name, common, folder, data):
    more = {"data": data, "check": False, "preexec_fn": limit_file_size}
    run = annotate(*common, "--all-classes", "-o", folder / name, **more)
    assert_refused(run, 1)
    assert left_in(folder) == []


@pytest.mark.parametrize("form", "vzbut")
def test_a_full_device(form, common, full_device, data):
    with open(full_device, "wb") as full:
        done = subprocess.run(
            [binary(), *common, "-O", form],
            input=data,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
        )
    assert done.returncode == 1
    assert "standard output" in sentence_of(done.stderr.decode())


@pytest.mark.parametrize("form", "vzbut")
def test_head_ends_quietly(form, common, data, tmp_path):
    source = tmp_path / "in.vcf"
    source.write_bytes(data)
    pipe = f"set -o pipefail; '{binary()}' {' '.join(common)} -q -O {form} '{source}' | head -c 9"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, timeout=SECONDS)
    assert done.returncode == 0 and done.stderr == b"" and len(done.stdout) == 9


@pytest.mark.parametrize("options", [["-W"], ["-W", "-O", "z"], ["-W", "-o", "x.vcf"]])
def test_an_index_needs_a_compressed_file(options, common, folder, data):
    run = annotate(*common, *options, data=data, check=False, cwd=folder)
    assert_refused(run, 2)
    assert left_in(folder) == []


def test_the_input_is_never_its_own_output(common, folder, data):
    path = folder / "in.vcf"
    path.write_bytes(data)
    assert_refused(annotate(*common, "-o", path, path, check=False), 2)
    assert path.read_bytes() == data


@pytest.mark.parametrize("option", ["-o", "--stats", "--skipped"])
def test_no_other_input_is_an_output(option, fixed_model, random_genome, folder, data):
    path, model = folder / "ref.fa", folder / "model.safetensors"
    path.write_bytes(random_genome[0].read_bytes())
    model.write_bytes(fixed_model.read_bytes())
    before = [path.read_bytes(), model.read_bytes()]
    for target in (path, model):
        command = [binary(), "--engine", "reference", "-m", model, "-f", path, option, target]
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS)
        assert [path.read_bytes(), model.read_bytes()] == before, f"{option} {target.name}"
        assert done.returncode == 2


@pytest.mark.parametrize("name", INDEXED)
def test_the_old_output_stays_until_the_new_one_is_whole(name, common, folder, data):
    options = ["-W", "-o", folder / name]
    annotate(*common, *options, data=data)
    names = left_in(folder)
    before = [(folder / one).read_bytes() for one in names]
    assert len(names) == 2
    run = annotate(*common, *options, data=data + b"long\tseven\t.\tA\tC\t.\t.\t.\n", check=False)
    assert_refused(run, 3)
    assert left_in(folder) == names
    assert [(folder / one).read_bytes() for one in names] == before


@needs_bcftools
@pytest.mark.parametrize("name", INDEXED)
def test_the_index_is_not_older_than_its_file(name, common, folder, data):
    annotate(*common, "-W", "-o", folder / name, data=data)
    index = folder / (name + (".csi" if name.endswith("bcf") else ".tbi"))
    assert index.stat().st_mtime_ns >= (folder / name).stat().st_mtime_ns


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
@pytest.mark.parametrize("name", INDEXED)
def test_a_signal_in_the_middle(number, name, common, data, folder, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [binary(), *common, "-W", "-o", str(folder / name)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=default_signals,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    child.stdin.write(data)
    child.stdin.flush()
    wait_until(lambda: left_in(folder))
    time.sleep(0.2)  # by now it waits for more input
    child.send_signal(number)
    code = child.wait(timeout=20)
    output, messages = child.stdout.read(), child.stderr.read().decode()
    child.stdin.close()
    assert code in (128 + number, -number) and output == b""
    if messages:
        sentence_of(messages)
    assert left_in(folder) == [] and left_in(scratch) == []


def test_records_are_seen_while_the_pipe_is_open(common, data, random_genome):
    """What a slow caller has written so far comes out, without waiting for its end."""
    child = subprocess.Popen([binary(), *common, "-q", "-b", "1"], stdin=-1, stdout=-1)
    seen = threading.Event()

    def read():
        for line in child.stdout:
            if not line.startswith(b"#"):
                seen.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    child.stdin.write(data)
    child.stdin.flush()
    assert seen.wait(30), "no record although thousands were written"
    child.stdin.close()
    reader.join(SECONDS)
    assert child.wait(SECONDS) == 0
