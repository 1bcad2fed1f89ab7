"""Nextflow's profiles docker and conda, where scripts play both programs: they note what they are
asked for, and let tasks run with this machine's programs."""

import pathlib
import re

import pytest

import engines

DOCKER = """#!/bin/bash
echo "$*" >> {asked}
[ "$1" = run ] || exit 0
while [ "$1" != vio-annotate ] && [ "$1" != multiqc/multiqc ]; do shift; done
shift
exec "$@"
"""

CONDA = """#!/bin/bash
echo "$*" >> {asked}
case $1 in
  info) echo '"conda_prefix": "{home}"' ;;
  env)
    while [ "$1" != --prefix ] && [ "$1" != -p ]; do shift; done
    mkdir -p "$2" ;;
esac
"""


@pytest.fixture
def engine(nextflow):
    return nextflow


def play(engine, name, text):
    """Puts a script in the PATH; returns the file of what it was asked for."""
    asked = engine.folder / f"{name}.asked"
    script = engine.folder / "bin" / name
    script.write_text(text.format(asked=asked, home=engine.folder))
    script.chmod(0o755)
    return asked


def check_results(engine):
    results = engine.folder / "results"
    assert {"windows.tsv.gz", "variants.vcf.gz", "multiqc.html"} <= {file.name for file in results.iterdir()}
    assert engine.attempts("--shard") == 6


def test_docker(engine):
    asked = play(engine, "docker", DOCKER)
    engine.run("-profile", "test,docker")
    check_results(engine)
    runs = [line for line in asked.read_text().splitlines() if line.startswith("run ")]
    assert all(re.search(r" -u \d+:\d+ ", run) for run in runs), runs
    images = [re.search(r" (vio-annotate|multiqc/multiqc) /bin/bash ", run)[1] for run in runs]
    assert images.count("multiqc/multiqc") == 1 and images.count("vio-annotate") >= 6


def test_conda(engine):
    asked = play(engine, "conda", CONDA)
    (engine.folder / "bin/activate").touch()
    engine.run("-profile", "test,conda")
    check_results(engine)
    created = [line for line in asked.read_text().splitlines() if line.startswith("env create")]
    files = {pathlib.Path(re.search(r"--file (\S+)", line)[1]).resolve().relative_to(engine.flow) for line in created}
    modules = pathlib.Path("modules")
    assert files == {modules / "vio/annotate/environment.yml", modules / "local/htslib.yml",
                     modules / "local/multiqc/environment.yml"}
