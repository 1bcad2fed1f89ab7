"""What the tests share: where things are, a SLURM, and inputs with the results of a single run."""

import gzip
import os
import pathlib
import shutil
import subprocess
from dataclasses import dataclass

import pytest

import engines
import inputs
import slurm

SOURCE = pathlib.Path(__file__).resolve().parents[2]
KINDS = {"snakemake": engines.Snakemake, "nextflow": engines.Nextflow}


@pytest.fixture(scope="session")
def tools():
    """The folder that scripts/test-workflows.sh installs Snakemake and Nextflow in."""
    return pathlib.Path(os.environ["VIO_WORKFLOW_TOOLS"])


@pytest.fixture(scope="session")
def source_folder():
    return SOURCE


@pytest.fixture(scope="session")
def program():
    return pathlib.Path(os.environ["VIO_BIN_DIR"]) / "vio-annotate"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if absent := slurm.missing():
        pytest.skip(f"SLURM is not installed: {', '.join(absent)}")
    one = slurm.Slurm(tmp_path_factory.mktemp("slurm"))
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="session")
def java(tools):
    """What Nextflow needs."""
    if not shutil.which("java"):
        pytest.skip("Java is not installed, which Nextflow needs")
    if not (tools / "nextflow/lib").exists():
        pytest.skip("Nextflow could not be installed from Maven Central")


@pytest.fixture
def nextflow(java, tmp_path, tools, program):
    return engines.Nextflow(tmp_path / "nextflow", tools, program)


@pytest.fixture(params=KINDS)
def kind(request):
    if request.param == "nextflow":
        request.getfixturevalue("java")
    return KINDS[request.param]


@pytest.fixture
def engine(kind, tmp_path, tools, program):
    """An engine that runs everything on this machine."""
    return kind(tmp_path / "run", tools, program)


@pytest.fixture
def cluster_engine(kind, tmp_path, tools, program, cluster):
    """An engine that submits everything to SLURM."""
    return kind(tmp_path / "run", tools, program, cluster)


@dataclass(frozen=True)
class Inputs:
    folder: pathlib.Path
    genome: pathlib.Path
    variants: pathlib.Path
    reads: pathlib.Path
    slow: pathlib.Path


@pytest.fixture(scope="session")
def given(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given")
    sequences = inputs.write_genome(folder / "genome.fa")
    variants = inputs.write_variants(folder / "calls.vcf.gz", sequences)
    reads = inputs.write_reads(folder / "reads.bam", sequences)
    (folder / "targets.bed").write_text("chr1\t100\t5300\nchr2\t0\t2500\nchr2\t9000\t9750\n")
    inputs.write_genome(folder / "slow.fa", {"slow": 600_000}, seed=5)
    return Inputs(folder, folder / "genome.fa", variants, reads, folder / "slow.fa")


@pytest.fixture(scope="session")
def single(program, given, tmp_path_factory):
    """Runs vio-annotate once over the whole input; the output's bytes, decompressed. It runs on
    copies, because it builds indexes beside its files, which a workflow must not depend on."""
    twins = tmp_path_factory.mktemp("twins")
    results = {}

    def twin(option):
        if not isinstance(option, pathlib.Path):
            return option
        return shutil.copy(option, twins) if not (twins / option.name).exists() else twins / option.name

    def run(data, suffix, *options):
        key = (data, suffix, options)
        if key not in results:
            out = tmp_path_factory.mktemp("single") / f"whole.{suffix}"
            command = [program, "-q", "-o", out, *map(twin, options), twin(data)]
            subprocess.run(command, check=True)
            results[key] = plain(out)
        return results[key]

    return run


def plain(path):
    """The bytes of a file, decompressed where it is compressed."""
    data = pathlib.Path(path).read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def shown(begin, end):
    """What docs/workflows.md shows as code between two texts."""
    section = (SOURCE / "docs/workflows.md").read_text().split(begin)[1].split(end)[0]
    return "".join(line[4:] + "\n" for line in section.splitlines() if line.startswith("    "))


def beside(engine, *files):
    """Copies of files in the engine's folder, and this tree where the docs have it: vio-annotate."""
    for file in files:
        shutil.copy(file, engine.folder)
    (engine.folder / "vio-annotate").symlink_to(SOURCE)


def check(command, **options):
    """What a command says, which must succeed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=engines.SECONDS, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
