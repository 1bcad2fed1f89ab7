"""What the engines' own checkers say, and the parts that can be used alone."""

import re
import shutil
import subprocess

import engines

SHEET = engines.WORKFLOWS / "test-data/samples.csv"


def check(command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=engines.SECONDS, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_snakemake_lint_and_format(tools, tmp_path):
    flow = engines.Snakemake.flow
    programs = tools / "venv/bin"
    check([programs / "snakemake", "-s", flow / "Snakefile", "--lint", "--config", f"samples={SHEET}"], cwd=tmp_path)
    check([programs / "snakefmt", "--check", flow])


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
    first, second = ((engine.folder / name).read_text() for name in wanted[1:3])
    check([program, "-q", "-o", engine.folder / "whole.tsv", engine.folder / "genome.fa"])
    assert (engine.folder / "whole.tsv").read_text() == first + second.split("\n", 1)[1]
