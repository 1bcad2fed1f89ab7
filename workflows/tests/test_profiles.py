"""Containers and conda environments, where scripts play docker and conda: they note what they are
asked for, and let tasks run with this machine's programs."""

import pathlib
import re

import yaml

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
  --version) echo conda 26.5.0 ;;
  config) echo '{{"get": {{"channel_priority": "strict"}}}}' ;;
  info)
    echo '{{'
    echo '  "conda_prefix": "{home}",'
    echo '  "platform": "linux-64"'
    echo '}}' ;;
  env)
    while [ "$1" != --prefix ] && [ "$1" != -p ]; do shift; done
    mkdir -p "$2" ;;
esac
"""


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


def test_nextflow_docker(nextflow):
    engine = nextflow
    asked = play(engine, "docker", DOCKER)
    engine.run("-profile", "test,docker")
    check_results(engine)
    runs = [line for line in asked.read_text().splitlines() if line.startswith("run ")]
    assert all(re.search(r" -u \d+:\d+ ", run) for run in runs), runs
    images = [re.search(r" (vio-annotate|multiqc/multiqc) /bin/bash ", run)[1] for run in runs]
    assert images.count("multiqc/multiqc") == 1 and images.count("vio-annotate") >= 6


def test_nextflow_conda(nextflow):
    engine = nextflow
    asked = play(engine, "conda", CONDA)
    (engine.folder / "bin/activate").touch()
    engine.run("-profile", "test,conda")
    check_results(engine)
    created = [line for line in asked.read_text().splitlines() if line.startswith("env create")]
    files = {pathlib.Path(re.search(r"--file (\S+)", line)[1]).resolve().relative_to(engine.flow) for line in created}
    modules = pathlib.Path("modules")
    assert files == {modules / "vio/annotate/environment.yml", modules / "local/htslib.yml",
                     modules / "local/multiqc/environment.yml"}


def needs_of(file):
    return frozenset(yaml.safe_load(file.read_text())["dependencies"])


def test_snakemake_conda(tmp_path, tools, program):
    engine = engines.Snakemake(tmp_path / "run", tools, program)
    asked = play(engine, "conda", CONDA)
    (engine.folder / "bin/activate").touch()
    sheet = engines.WORKFLOWS / "test-data/samples.csv"
    engine.run(*engine.annotate(sheet, shards=3), "--sdm", "conda")
    check_results(engine)
    created = [line for line in asked.read_text().splitlines() if line.startswith("env create")]
    files = [pathlib.Path(re.search(r"--file (\S+)", line)[1]) for line in created]
    wrapper = engine.flow / "wrappers/vio/annotate/environment.yaml"
    ours = {needs_of(file) for file in (wrapper, *engine.flow.glob("envs/*.yaml"))}
    assert {needs_of(file) for file in files} == ours
