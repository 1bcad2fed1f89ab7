"""What the engines' own checkers say, and the parts that can be used alone."""

import json
import re
import shutil
import subprocess

import yaml

import engines
from conftest import beside, check, plain, shown

SHEET = engines.WORKFLOWS / "test-data/samples.csv"


def test_snakemake_lint_and_format(tools, tmp_path):
    flow = engines.Snakemake.flow
    programs = tools / "venv/bin"
    check([programs / "snakemake", "-s", flow / "Snakefile", "--lint", "--config", f"samples={SHEET}"], cwd=tmp_path)
    check([programs / "snakefmt", "--check", flow])


def test_wrapper_is_laid_out_as_snakemake_wrappers_asks(tools, tmp_path):
    """What its guide for contributors names, but for the list of pinned packages, which `snakedeploy
    pin-conda-envs` takes from the channels that have the package."""
    wrapper = engines.Snakemake.flow / "wrappers/vio/annotate"
    assert {"name", "url", "description", "authors", "input", "output"} <= yaml.safe_load(
        (wrapper / "meta.yaml").read_text()).keys()
    assert yaml.safe_load((wrapper / "environment.yaml").read_text())["channels"][-1] == "nodefaults"
    programs = tools / "venv/bin"
    check([programs / "snakemake", "-s", wrapper / "test/Snakefile", "--lint"], cwd=tmp_path)
    check([programs / "black", "--check", wrapper / "wrapper.py"])


def test_every_nextflow_process_has_a_stub():
    for module in engines.Nextflow.flow.glob("modules/**/main.nf"):
        text = module.read_text()
        processes = len(re.findall(r"^process ", text, re.M))
        assert len(re.findall(r"^    stub:", text, re.M)) == processes, module


def test_nextflow_stub_run(nextflow):
    engine = nextflow
    done = engine.run("-profile", "test", "-stub-run")
    assert engine.attempts() == 0, "a stub computes nothing"
    assert "GATHER (variants)" in done.log, done.log
    assert (engine.folder / "results/variants.vcf.gz").exists()


def test_wrapper_alone(tmp_path, tools, program):
    """As snakemake-wrappers tests its own: every rule of test/Snakefile, with the wrapper of this tree."""
    engine = engines.Snakemake(tmp_path / "run", tools, program)
    wrapper = engine.flow / "wrappers/vio/annotate"
    shutil.copytree(wrapper, engine.folder / "master/vio/annotate")
    shutil.copytree(wrapper / "test", engine.folder, dirs_exist_ok=True)
    wanted = ["genome.tsv.gz", "shards/genome.1-of-2.tsv", "shards/genome.2-of-2.tsv", "variants.annotated.vcf.gz"]
    log = check([tools / "venv/bin/snakemake", "--cores", 2, "--wrapper-prefix", f"file://{engine.folder}/", *wanted],
                cwd=engine.folder, env=engine.environment())
    for name in (*wanted, "variants.annotated.vcf.gz.tbi", "genome.stats.json", "genome.skipped.tsv"):
        assert (engine.folder / name).stat().st_size > 0, log
    annotated = plain(engine.folder / "variants.annotated.vcf.gz").decode()
    assert annotated.count("VIO_STATUS=OK") == 5 and "REF_MISMATCH\n" not in annotated
    first, second = ((engine.folder / name).read_text() for name in wanted[1:3])
    check([program, "-q", "-o", engine.folder / "whole.tsv", engine.folder / "genome.fa"])
    assert (engine.folder / "whole.tsv").read_text() == first + second.split("\n", 1)[1]


def test_wrapper_of_the_docs(tmp_path, tools, program, given, single):
    """The rule of docs/workflows.md, which uses the wrapper by its path."""
    engine = engines.Snakemake(tmp_path / "run", tools, program)
    beside(engine, given.variants)
    shutil.copy(given.genome, engine.folder / "ref.fa")
    (engine.folder / "Snakefile").write_text(shown("The wrapper alone", "\n## Nextflow\n"))
    check([tools / "venv/bin/snakemake", "--cores", 2], cwd=engine.folder, env=engine.environment())
    records = [line for line in plain(engine.folder / "calls.vio.vcf.gz").splitlines() if line[:1] != b"#"]
    whole = single(given.variants, "vcf.gz", "-f", given.genome, "--no-version")
    assert records == [line for line in whole.splitlines() if line[:1] != b"#"]


CPU_FOR_GPUS = """#!/bin/sh
echo "$*" >> {journal}
exec {program} $(echo "$*" | sed 's/--device cuda:[0-9]*/--device cpu/')
"""


def test_shards_by_hand(tmp_path, tools, program, given, single):
    """The commands of docs/workflows.md, where the CPU plays every GPU."""
    commands = shown("\n## By hand\n", "\n## ")
    engine = engines.Engine(tmp_path / "run", tools, program)
    (engine.folder / "bin/vio-annotate").write_text(CPU_FOR_GPUS.format(journal=engine.journal, program=program))
    beside(engine, given.genome, given.variants)
    check(["bash", "-euo", "pipefail", "-c", commands], cwd=engine.folder, env=engine.environment())
    assert plain(engine.folder / "genome.tsv.gz") == single(given.genome, "tsv.gz")
    whole = single(given.variants, "vcf.gz", "-f", given.genome, "--no-version")
    assert plain(engine.folder / "calls.vio.vcf.gz") == whole
    assert json.loads((engine.folder / "genome.stats.json").read_text())["parts"] == 8
    assert engine.attempts("--shard") == 16
    assert all(engine.attempts(f"--device cuda:{gpu}") for gpu in (0, 1, 2, 3)), "GPUs are numbered from 0"
