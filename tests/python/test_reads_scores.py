"""Scores of reads: the same from SAM, BAM, CRAM and FASTQ."""

import random

import pytest

import oracle
from harness import ENGINES, assert_refused, fasta
from reads_files import (
    Read,
    annotate_reads,
    in_order,
    needs_samtools,
    primary,
    random_genome,
    random_reads,
    sam,
    samtools,
    write_reads,
)

pytestmark = needs_samtools
SCORES = ("label", "score", "p_alpha", "p_beta", "p_gamma")
PLACE = ("read_id", "flag", "chrom", "pos", "mapq")


@pytest.fixture(scope="module")
def genome():
    return random_genome()


@pytest.fixture(scope="module")
def reads(genome):
    return random_reads(62, genome, 400)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, genome, reads):
    """ref.fa, and the same reads as r.sam, r.bam and r.cram."""
    folder = tmp_path_factory.mktemp("reads")
    (folder / "ref.fa").write_bytes(fasta(list(genome.items())))
    data = sam(reads, genome)
    for name in ("r.sam", "r.bam", "r.cram"):
        write_reads(folder / name, data, folder / "ref.fa")
    return folder


def columns(table, names):
    return [tuple(row[name] for name in names) for row in table.rows]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_format_gives_the_scores_of_fastq(engine, folder, free_model, reads):
    bam = annotate_reads(free_model, folder / "r.bam", engine=engine)
    for name, more in (("r.sam", []), ("r.cram", ["-f", folder / "ref.fa"])):
        assert annotate_reads(free_model, *more, folder / name, engine=engine).stdout == bam.stdout
    fastq = samtools("fastq", "-n", "-0", "/dev/stdout", folder / "r.bam")
    as_sequences = annotate_reads(free_model, "--by", "sequence", data=fastq, engine=engine)
    of_fastq = columns(as_sequences.table(), ("seq_id", "length", *SCORES, "status"))
    of_bam = columns(bam.table(), ("read_id", "length", *SCORES, "status"))
    assert [row for row in of_bam if row[-1] != "EMPTY"] == of_fastq  # samtools leaves SEQ * out
    assert len(primary(reads)) == len(of_bam) > len(of_fastq) > 300


def test_rows_say_what_the_file_says(folder, free_model, reads):
    run = annotate_reads(free_model, folder / "r.bam")
    table, wanted = run.table(), primary(reads)
    assert table.columns == [*PLACE, "length", "n_frac", *SCORES, "status"]
    assert columns(table, PLACE) == [
        (read.name, str(read.flag), read.chrom, str(read.pos), str(read.mapq)) for read in wanted
    ]
    for row, read in zip(table.rows, wanted):
        assert row["length"] == str(len(read.sequence))
        assert row["n_frac"] == oracle.n_frac(read.sequence)
        assert row["status"] == ("OK" if read.sequence else "EMPTY")
        oracle.check_label(table, row, bool(read.sequence))
    empty = sum(not read.sequence for read in wanted)
    assert empty > 10
    assert run.stats["records"]["skipped"] == {"EMPTY": empty}
    assert run.stats["records"]["read"] == len(wanted)


FILTERS = [
    ([], []),
    (["--min-mapq", 20], ["-q", 20]),
    (["--require-flags", 16], ["-f", 16]),
    (["--require-flags", "REVERSE,DUP"], ["-f", "REVERSE,DUP"]),
    (["--exclude-flags", 0], ["-F", 0]),
    (["--exclude-flags", "0x10"], ["-F", "0x10"]),
    (["--exclude-flags", "UNMAP,SECONDARY"], ["-F", "UNMAP,SECONDARY"]),
    (
        ["--min-mapq", 3, "--require-flags", 16, "--exclude-flags", 0x400],
        ["-q", 3, "-f", 16, "-F", 0x400],
    ),
]


@pytest.mark.parametrize("ours,theirs", FILTERS)
def test_filters_are_those_of_samtools_view(ours, theirs, folder, free_model):
    run = annotate_reads(free_model, *ours, folder / "r.bam")
    theirs = theirs if "-F" in theirs else [*theirs, "-F", "0x900"]
    lines = samtools("view", *theirs, folder / "r.bam").decode().splitlines()
    assert lines or "DUP" in str(theirs)
    assert columns(run.table(), PLACE) == [tuple(line.split("\t")[:5]) for line in lines]


def test_cram_without_its_reference_is_refused(folder, free_model):
    moved = folder / "moved.fa"
    (folder / "ref.fa").rename(moved)  # the header knows the old path
    try:
        assert_refused(annotate_reads(free_model, folder / "r.cram", check=False), 2)
        found = annotate_reads(free_model, "-f", moved, folder / "r.cram")
    finally:
        moved.rename(folder / "ref.fa")
    assert found.stdout == annotate_reads(free_model, folder / "r.bam").stdout


def test_cram_with_its_reference_inside(folder, free_model, tmp_path):
    cram = tmp_path / "embedded.cram"
    options = ["--output-fmt", "cram,embed_ref", "-T", folder / "ref.fa"]
    samtools("view", *options, "-o", cram, folder / "r.bam")
    (folder / "ref.fa").rename(folder / "moved.fa")
    try:
        run = annotate_reads(free_model, cram)
    finally:
        (folder / "moved.fa").rename(folder / "ref.fa")
    assert run.stdout == annotate_reads(free_model, folder / "r.bam").stdout


def test_long_reads(free_model):
    """Nanopore's lengths, in both directions, as the same letters in FASTA."""
    rng = random.Random(65)
    genome = {"c": "".join(rng.choices("ACGT", k=130_000))}
    whole = [(100_000, 0, 7), (100_001, 16, 20), (65_537, 16, 9000), (1, 0, 5), (12_345, 16, 1)]
    reads = []
    for size, flag, at in whole:
        reads.append(Read(f"n{size}", flag, "c", at, 60, genome["c"][at - 1 : at - 1 + size]))
    reads = in_order(reads, genome)
    options = ["--window", 500, "--stride", 450]
    run = annotate_reads(free_model, *options, data=sam(reads, genome))
    turned = fasta([(read.name, read.original) for read in reads])
    same = annotate_reads(free_model, *options, "--by", "sequence", data=turned)
    assert columns(run.table(), ("length", *SCORES)) == columns(same.table(), ("length", *SCORES))
    assert run.stats["windows"]["read"] == same.stats["windows"]["read"] > 500
