"""Regions by index, targets by streaming, and shards, against slices cut in Python."""

import random

import pytest

import oracle
from harness import annotate, assert_refused, body, check_rows_against_stats, fasta, packed

WINDOW, STRIDE = 32, 20
BED = [
    ("ctg2", 0, 50),
    ("ctg1", 100, 333),
    ("ctg1", 100, 101),
    ("ctg0", 5, 6),
    ("ctg2", 900, 2000),
    ("ctg1", 120, 400),
]


@pytest.fixture(scope="module")
def records():
    return oracle.random_records(21, [40, 700, 1000, 64], "ctg")


@pytest.fixture
def reference(records, tmp_path):
    path = tmp_path / "ref.fa"
    path.write_bytes(fasta(records))
    return path


def score(model, *options, **more):
    return annotate("--engine", "reference", "-m", model, "--stride", STRIDE, *options, **more)


def rows_of(records, intervals):
    """Windows of intervals, clipped to their contigs, in the contigs' coordinates."""
    sequences = dict(records)
    rows = []
    for name, begin, end in intervals:
        piece = sequences[name][begin:end]
        rows += [
            (name, begin + start, begin + stop, piece[start:stop], "OK")
            for start, stop in oracle.tile(len(piece), WINDOW, STRIDE)
        ]
    return rows


def check(run, expected):
    oracle.check_window_rows(run.table(), expected)
    check_rows_against_stats(run.table(), run.stats)


@pytest.mark.parametrize("kind", ["plain", "bgzip"])
def test_bed_in_the_order_given(records, fixed_model, tmp_path, kind):
    reference = tmp_path / ("ref.fa" if kind == "plain" else "ref.fa.gz")
    reference.write_bytes(packed(fasta(records), kind))
    bed = tmp_path / "x.bed"
    lines = ["# a comment", "track name=x"] + ["\t".join(map(str, line)) + "\tname" for line in BED]
    bed.write_text("\n".join(lines) + "\n")
    check(score(fixed_model, "-R", bed, reference), rows_of(records, BED))


def test_one_based_regions_file(records, fixed_model, reference, tmp_path):
    listed = tmp_path / "x.txt"
    listed.write_text("".join(f"{name}\t{begin + 1}\t{end}\n" for name, begin, end in BED))
    check(score(fixed_model, "-R", listed, reference), rows_of(records, BED))


def test_region_strings(records, fixed_model, reference):
    run = score(fixed_model, "-r", "ctg1:101-333,ctg0", "-r", "ctg2:901-", reference)
    check(run, rows_of(records, [("ctg1", 100, 333), ("ctg0", 0, 40), ("ctg2", 900, 1000)]))


def test_past_the_end_is_a_row_not_silence(fixed_model, reference, records):
    run = score(fixed_model, "-r", "ctg0:30-100", "-r", "ctg0:100-200", reference)
    clipped, beyond = run.table().rows
    assert (clipped["start"], clipped["end"], clipped["status"]) == ("29", "40", "OK")
    assert (beyond["seq_id"], beyond["status"], beyond["label"]) == ("ctg0", "OUT_OF_RANGE", ".")
    assert run.stats["records"]["skipped"] == {"OUT_OF_RANGE": 1}
    check_rows_against_stats(run.table(), run.stats)


def test_sequences_of_regions_are_named_by_them(fixed_model, reference):
    run = score(fixed_model, "--by", "sequence", "-r", "ctg1:101-333", reference)
    [row] = run.table().rows
    assert (row["seq_id"], row["length"]) == ("ctg1:101-333", "233")


@pytest.mark.parametrize("kind", ["plain", "gzip"])
def test_streamed_targets_in_file_order(records, fixed_model, kind):
    run = score(
        fixed_model,
        "-t",
        "ctg2:1-50,ctg1:101-333",
        "-t",
        "ctg0:6-6",
        data=packed(fasta(records), kind),
    )
    expected = [("ctg0", 5, 6), ("ctg1", 100, 333), ("ctg2", 0, 50)]
    check(run, rows_of(records, expected))


@pytest.mark.parametrize("option,region", [("-r", "nowhere:1-5"), ("-t", "nowhere:1-5")])
def test_a_contig_that_is_not_there(fixed_model, reference, option, region):
    run = score(fixed_model, option, region, reference, check=False)
    assert_refused(run, 2)
    assert "nowhere" in run.stderr


@pytest.mark.parametrize("line", ["ctg1\t-3\t5", "ctg1\t9\t5", "ctg1\tx\t5", "ctg1"])
def test_malformed_bed(fixed_model, reference, tmp_path, line):
    bed = tmp_path / "bad.bed"
    bed.write_text("ctg1\t0\t5\n" + line + "\n")
    run = score(fixed_model, "-R", bed, reference, check=False)
    assert_refused(run, 3)
    assert "bad.bed" in run.stderr and "2" in run.stderr


@pytest.mark.parametrize("kind,suffix", [("plain", "fa"), ("gzip", "fa.gz"), ("bgzip", "fa.gz")])
@pytest.mark.parametrize("count", [1, 3, 7])
def test_gathered_shards_are_the_whole(fixed_model, tmp_path, kind, suffix, count):
    lengths = [random.Random(5).randrange(0, 300) for _ in range(20)] + [4000, 0, 10]
    path = tmp_path / f"in.{suffix}"
    path.write_bytes(packed(fasta(oracle.random_records(22, lengths)), kind))
    for options in ([], ["--by", "sequence"], ["--strand", "both", "--min-len", 9]):
        whole = score(fixed_model, *options, path)
        shards = [
            score(fixed_model, *options, "--shard", f"{i}/{count}", path)
            for i in range(1, count + 1)
        ]
        assert b"".join(body(shard.stdout) for shard in shards) == body(whole.stdout)
        assert all(shard.table().columns == whole.table().columns for shard in shards)
        assert sum(s.stats["windows"]["read"] for s in shards) == whole.stats["windows"]["read"]


@pytest.mark.parametrize("count", [3, 7])
def test_gathered_shards_of_regions(fixed_model, reference, tmp_path, count):
    bed = tmp_path / "x.bed"
    bed.write_text("".join(f"{name}\t{begin}\t{end}\n" for name, begin, end in BED))
    whole = score(fixed_model, "-R", bed, reference)
    shards = [
        score(fixed_model, "-R", bed, "--shard", f"{i}/{count}", reference)
        for i in range(1, count + 1)
    ]
    assert b"".join(body(shard.stdout) for shard in shards) == body(whole.stdout)


def test_more_shards_than_bases(fixed_model, tmp_path):
    path = tmp_path / "in.fa"
    path.write_bytes(b">a\nACG\n>b\n\n>c\nAC\n")
    whole = score(fixed_model, path)
    shards = [score(fixed_model, "--shard", f"{i}/9", path) for i in range(1, 10)]
    assert b"".join(body(shard.stdout) for shard in shards) == body(whole.stdout)


def test_duplicate_names_survive_sharding(fixed_model, tmp_path):
    """HTSlib's index drops the second of two records of one name; a shard must not."""
    records = [
        (name, sequence)
        for name, (_, sequence) in zip("abac", oracle.random_records(23, [90, 100, 110, 120]))
    ]
    path = tmp_path / "in.fa"
    path.write_bytes(fasta(records))
    whole = score(fixed_model, path)
    shards = [score(fixed_model, "--shard", f"{i}/3", path) for i in (1, 2, 3)]
    assert b"".join(body(shard.stdout) for shard in shards) == body(whole.stdout)


def test_a_reference_in_a_read_only_folder(fixed_model, reference):
    before = sorted(reference.parent.iterdir())
    reference.parent.chmod(0o555)
    try:
        score(fixed_model, "-r", "ctg0", reference)
    finally:
        reference.parent.chmod(0o755)
    extra = set(reference.parent.iterdir()) - set(before)
    assert extra <= {reference.with_name("ref.fa.fai")}
