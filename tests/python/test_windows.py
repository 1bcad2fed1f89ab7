"""Rows, coordinates, status and unknown bases against a tiling worked out in Python."""

import itertools

import pytest

import oracle
from harness import annotate, check_rows_against_stats, fasta, fastq, packed

LENGTHS = [0, 1, 2, 31, 32, 33, 63, 64, 65, 0, 200, 1000, 5, 777]


@pytest.fixture(scope="module")
def records():
    return oracle.random_records(1, LENGTHS)


def windows_of(data, model, *options):
    run = annotate("--engine", "reference", "-m", model, *options, data=data)
    check_rows_against_stats(run.table(), run.stats)
    return run


@pytest.mark.parametrize(
    "window,stride",
    [(None, None), (32, 32), (32, 1), (32, 7), (32, 33), (32, 500), (10, 10), (1, 3), (31, 16)],
)
def test_every_window_has_its_row(records, fixed_model, window, stride):
    options = ["--window", window, "--stride", stride] if window else []
    run = windows_of(fasta(records), fixed_model, *options)
    expected = oracle.expected_windows(records, window or 32, stride or 32)
    oracle.check_window_rows(run.table(), expected)
    assert run.stats["records"] == {"read": 14, "scored": 12, "skipped": {"EMPTY": 2}}
    requested = sum(end - start for _, start, end, _, status in expected if status == "OK")
    assert run.stats["positions"]["requested"] == requested


def test_these_models_tell_windows_apart(records, fixed_model, free_model):
    """The other tests would prove little of labels if one class always won."""
    for model in (fixed_model, free_model):
        rows = windows_of(fasta(records), model).table().rows
        labels = [row["label"] for row in rows if row["status"] == "OK"]
        assert all(labels.count(name) >= 10 for name in ("alpha", "beta", "gamma"))


@pytest.mark.parametrize("min_len", [1, 2, 20, 32, 33])
def test_min_len_skips_by_name(records, fixed_model, min_len):
    run = windows_of(fasta(records), fixed_model, "--min-len", min_len)
    expected = oracle.expected_windows(records, 32, 32, min_len)
    oracle.check_window_rows(run.table(), expected)
    short = sum(status == "TOO_SHORT" for *_, status in expected)
    assert run.stats["windows"]["skipped"].get("TOO_SHORT", 0) == short


def test_a_model_of_any_length_takes_a_larger_window(records, free_model):
    run = windows_of(fasta(records), free_model, "--window", 300, "--stride", 100)
    oracle.check_window_rows(run.table(), oracle.expected_windows(records, 300, 100))


@pytest.mark.parametrize(
    "end,width,kind", itertools.product(("\n", "\r\n"), (1, 60, 10_000), ("plain", "gzip", "bgzip"))
)
def test_layout_of_fasta_makes_no_difference(records, fixed_model, end, width, kind):
    data = packed(fasta(records, width, end), kind)
    run = windows_of(data, fixed_model)
    oracle.check_window_rows(run.table(), oracle.expected_windows(records, 32, 32))
    assert run.stats["input"]["format"] == "fasta"


@pytest.mark.parametrize("end,kind", itertools.product(("\n", "\r\n"), ("plain", "gzip", "bgzip")))
def test_fastq_gives_the_rows_of_fasta(records, fixed_model, end, kind):
    as_fastq = windows_of(packed(fastq(records, end), kind), fixed_model)
    as_fasta = windows_of(fasta(records), fixed_model)
    assert as_fastq.stdout == as_fasta.stdout
    assert as_fastq.stats["input"]["format"] == "fastq"


def test_fastq_that_misleads_line_counters(fixed_model):
    """Qualities may begin with @, + or >, and records may span lines."""
    data = b"@a x\nACGT\n+a x\n@III\n@b\nAC\nGTA\n+\n+>I\n@I\n@c\n\n+\n\n@d\nA\n+\n@\n"
    rows = windows_of(data, fixed_model).table().rows
    assert [(row["seq_id"], row["length"]) for row in rows] == [
        ("a", "4"),
        ("b", "5"),
        ("c", "0"),
        ("d", "1"),
    ]


def test_a_header_without_a_name_keeps_its_sequence(fixed_model):
    rows = windows_of(b">\nACGT\n> \nAC\n>x\n\n>\n", fixed_model).table().rows
    assert [(row["seq_id"], row["length"]) for row in rows] == [
        (".", "4"),
        (".", "2"),
        ("x", "0"),
        (".", "0"),
    ]


def test_names_end_at_the_first_blank(fixed_model):
    data = b">one a description\nACGT\n>two\tb\nAC\n>sp|P1|X_Y:1-2 c\nA\n"
    names = [row["seq_id"] for row in windows_of(data, fixed_model).table().rows]
    assert names == ["one", "two", "sp|P1|X_Y:1-2"]


def test_no_line_end_at_the_end_of_the_file(fixed_model):
    whole, cut = b">a\nACGT\n>b\nACGTN\n", b">a\nACGT\n>b\nACGTN"
    assert windows_of(whole, fixed_model).stdout == windows_of(cut, fixed_model).stdout


def test_case_and_uracil_do_not_change_a_score(fixed_model):
    data = b">a\nACGTACGTTTGA\n>b\nacgtacgtttga\n>c\nACGUACGUUUGA\n>d\nACGTACGTTTGN\n"
    table = windows_of(data, fixed_model).table()
    first, *rest = [table.probabilities(row) for row in table.rows]
    assert rest[0] == first and rest[1] == first and rest[2] != first


@pytest.mark.parametrize("strand,sign", [("forward", "+"), ("reverse", "-"), ("both", ".")])
def test_strand_column(records, fixed_model, strand, sign):
    run = windows_of(fasta(records), fixed_model, "--strand", strand)
    oracle.check_window_rows(run.table(), oracle.expected_windows(records, 32, 32), sign)


def test_reverse_is_forward_of_the_reverse_complement(fixed_model):
    records = oracle.random_records(2, [1, 5, 31, 32])
    turned = [(name, oracle.reverse_complement(sequence)) for name, sequence in records]
    said = windows_of(fasta(records), fixed_model, "--strand", "reverse").table()
    ought = windows_of(fasta(turned), fixed_model).table()
    assert list(map(said.probabilities, said.rows)) == list(map(ought.probabilities, ought.rows))


def test_both_is_the_mean_of_the_two(records, fixed_model):
    tables = {
        strand: windows_of(fasta(records), fixed_model, "--strand", strand).table()
        for strand in ("forward", "reverse", "both")
    }
    scored = [
        [table.probabilities(row) for row in table.rows if row["status"] == "OK"]
        for table in tables.values()
    ]
    assert scored[0] != scored[1]
    for one, other, both in zip(*scored):
        for a, b, mean in zip(one, other, both):
            assert abs((a + b) / 2 - mean) < 1.5e-6


def test_a_window_does_not_depend_on_its_neighbours(fixed_model):
    """An overlapping window scores what the same bases score alone."""
    [(name, sequence)] = oracle.random_records(3, [400])
    tiled = windows_of(fasta([(name, sequence)]), fixed_model, "--stride", 5).table()
    alone = [(f"{start}", sequence[start:end]) for start, end in oracle.tile(400, 32, 5)]
    ought = windows_of(fasta(alone), fixed_model).table()
    assert list(map(tiled.probabilities, tiled.rows)) == list(map(ought.probabilities, ought.rows))
