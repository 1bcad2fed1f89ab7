"""Shards put together are, byte for byte, what one run writes; nothing finished is done again."""

import json
import subprocess

import pytest

import engines
import inputs
from conftest import plain

VCF = ("--no-version",)


def rows(given):
    """(row of the sheet, input, suffix, options of the single run) of every kind of sample."""
    genome, calls, reads = given.genome, given.variants, given.reads
    bed = given.folder / "targets.bed"
    reference = {"reference": genome.name}
    return [
        ({"sample": "windows", "input": genome.name}, genome, "tsv.gz", ()),
        ({"sample": "some.regions", "input": str(genome), "regions": bed.name}, genome, "tsv.gz", ("-R", bed)),
        ({"sample": "variants", "input": calls.name, **reference}, calls, "vcf.gz", ("-f", genome, *VCF)),
        ({"sample": "binary", "input": calls.name, "output": "bcf", **reference}, calls, "bcf", ("-f", genome, *VCF)),
        ({"sample": "table", "input": calls.name, "output": "tsv.gz", **reference}, calls, "tsv.gz", ("-f", genome)),
        ({"sample": "reads", "input": reads.name}, reads, "tsv.gz", ()),
        ({"sample": "tagged", "input": reads.name, "output": "bam"}, reads, "bam", VCF),
    ]


def check_results(folder, expected, single):
    for row, data, suffix, options in expected:
        whole = single(data, suffix, *options)
        assert whole.count(b"\n") > 10
        assert plain(folder / f"{row['sample']}.{suffix}") == whole, row["sample"]


def check_reports(folder, expected, single):
    """The merged stats and pages tell about the whole of every sample."""
    multiqc = (folder / "multiqc.html").read_text()
    for row, data, suffix, options in expected:
        name = row["sample"]
        stats = json.loads((folder / f"{name}.stats.json").read_text())
        assert stats["sample"] == name and stats["parts"] == 3
        assert stats["summary"]["scores"]["n"] == scored_rows(single(data, suffix, *options), suffix)
        page = (folder / f"{name}.html").read_text()
        assert name in page and f'data-value="{stats["records"]["read"]}"' in page
        assert name in multiqc


def scored_rows(output, suffix):
    """Scored rows of a table; of variants, all of which have one ALT here, scored records."""
    if suffix in ("bcf", "bam"):
        command = ["bcftools" if suffix == "bcf" else "samtools", "view", "-"]
        output = subprocess.run(command, input=output, stdout=subprocess.PIPE, check=True).stdout
    lines = [line for line in output.decode().splitlines() if not line.startswith(("#", "@"))]
    if suffix == "bam":
        return len(lines)
    return sum("VIO_STATUS=OK" in line or line.endswith("\tOK") or "VIO_STATUS=OK\t" in line for line in lines)


@pytest.fixture
def sheet(given):
    return inputs.write_sheet(given.folder / "samples.csv", [row for row, *_ in rows(given)])


def test_gathered_is_whole_and_nothing_is_redone(engine, given, sheet, single):
    before = sorted(given.folder.iterdir())
    done = engine.run(*engine.annotate(sheet, shards=3))
    assert sorted(given.folder.iterdir()) == before, "nothing is written beside the inputs"
    expected = rows(given)
    check_results(engine.folder / "results", expected, single)
    for row, _, suffix, _ in expected:
        skipped = (engine.folder / "results" / f"{row['sample']}.skipped.tsv").read_bytes()
        assert skipped.count(b"\n") == (7 if "reference" in row else 1), skipped
    assert engine.attempts("--shard") == 3 * len(expected), done.log
    check_reports(engine.folder / "results", expected, single)

    again = engine.run(*engine.annotate(sheet, shards=3), *engine.resume)
    assert engine.attempts("--shard") == 3 * len(expected), again.log
    assert engine.did_nothing(again), again.log


def test_snakemake_report_holds_the_figures(tmp_path, tools, program):
    engine = engines.Snakemake(tmp_path / "run", tools, program)
    arguments = engine.annotate(engines.WORKFLOWS / "test-data/samples.csv", shards=2)
    engine.run(*arguments)
    engine.run(*arguments, "--report", "report.zip")
    subprocess.run(["python3", "-m", "zipfile", "-e", "report.zip", "."], cwd=engine.folder, check=True)
    data = engine.folder / "report/data"
    names = {file.name for file in data.rglob("*") if file.is_file()}
    figures = {f"{name}.{what}.svg" for name in ("windows", "variants") for what in ("classes", "scores")}
    assert figures | {"windows.html", "variants.html", "multiqc.html"} <= names, names
    captions = "Scored rows of sample windows by the class that the model gives them"
    text = (engine.folder / "report/report.html").read_text()
    assert captions in text and "its default model, in 2 shards" in text
