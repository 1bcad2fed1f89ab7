"""`--by sequence`: the mean of window probabilities, weighted by known bases."""

import math

import pytest

import oracle
from harness import annotate, fasta

LENGTHS = [0, 1, 31, 32, 33, 64, 100, 1000, 20, 3000]


@pytest.fixture(scope="module")
def records():
    return oracle.random_records(11, LENGTHS) + [
        ("all_n", "N" * 70),
        ("half_n", "N" * 32 + "ACGT" * 8),
    ]


def tables(records, model, *options):
    common = ["--engine", "reference", "-m", model, *options]
    by_window = annotate(*common, data=fasta(records))
    by_sequence = annotate(*common, "--by", "sequence", data=fasta(records))
    assert by_window.stats["windows"] == by_sequence.stats["windows"]
    assert by_window.stats["records"] == by_sequence.stats["records"]
    return by_window.table(), by_sequence.table()


def weighted_mean(by_window, name, sequence):
    rows = [row for row in by_window.rows if row["seq_id"] == name and row["status"] == "OK"]
    weights = [oracle.known_bases(sequence[int(row["start"]) : int(row["end"])]) for row in rows]
    if not sum(weights):
        weights = [1] * len(rows)
    columns = zip(*(by_window.probabilities(row) for row in rows))
    return len(rows), [
        sum(w * p for w, p in zip(weights, column)) / sum(weights) for column in columns
    ]


def entropy_bits(probabilities):
    return -sum(p * math.log2(p) for p in probabilities if p > 0)


@pytest.mark.parametrize("options", [(), ("--stride", 10), ("--min-len", 20), ("--strand", "both")])
def test_mean_of_the_windows(records, fixed_model, options):
    by_window, by_sequence = tables(records, fixed_model, *options)
    assert [row["seq_id"] for row in by_sequence.rows] == [name for name, _ in records]
    for row, (name, sequence) in zip(by_sequence.rows, records):
        assert row["length"] == str(len(sequence))
        n_windows, mean = weighted_mean(by_window, name, sequence)
        assert row["n_windows"] == str(n_windows)
        oracle.check_label(by_sequence, row, n_windows > 0)
        if not n_windows:
            assert row["entropy"] == "."
            assert row["status"] == ("TOO_SHORT" if sequence else "EMPTY")
            continue
        assert row["status"] == "OK"
        printed = by_sequence.probabilities(row)
        assert max(abs(a - b) for a, b in zip(printed, mean)) < 2e-6, row
        assert len(row["entropy"].split(".")[1]) == 6
        assert abs(float(row["entropy"]) - entropy_bits(printed)) < 2e-5


def test_columns(fixed_model):
    run = annotate(
        "--engine", "reference", "-m", fixed_model, "--by", "sequence", data=b">a\nACGT\n"
    )
    assert run.table().columns == [
        "seq_id",
        "length",
        "n_windows",
        "label",
        "score",
        "p_alpha",
        "p_beta",
        "p_gamma",
        "entropy",
        "status",
    ]


def test_a_single_window_is_its_own_mean(fixed_model):
    records = oracle.random_records(12, [1, 7, 32])
    by_window, by_sequence = tables(records, fixed_model)
    assert list(map(by_window.probabilities, by_window.rows)) == list(
        map(by_sequence.probabilities, by_sequence.rows)
    )
