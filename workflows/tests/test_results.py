"""Shards put together are, byte for byte, what one run writes; nothing finished is done again."""

import pytest

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

    again = engine.run(*engine.annotate(sheet, shards=3), *engine.resume)
    assert engine.attempts("--shard") == 3 * len(expected), again.log
    assert engine.did_nothing(again), again.log
