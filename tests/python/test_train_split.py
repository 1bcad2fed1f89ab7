"""The test part of vio-train fit, and finding it again."""

import random

import pytest

from train_program import (PROGRAM, data_of, labelled_sequences, vio_train, write_small_spec,
                           write_table)

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")


def families(count, seed):
    """Sequences in families of three that differ in one letter."""
    source = random.Random(seed)
    for sequence, label in labelled_sequences(count, seed, shortest=60, longest=80):
        for _ in range(3):
            place = source.randrange(len(sequence))
            yield sequence[:place] + source.choice("ACGT") + sequence[place + 1:], label


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    return write_small_spec(tmp_path_factory.mktemp("spec") / "small.json", window=80)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return write_table(tmp_path_factory.mktemp("table") / "rows.csv", families(30, 5))


def fit(spec, table, model, *options):
    run = vio_train("fit", table, "--spec", spec, "--epochs", 1, "-b", 8, "--bootstrap", 10, "-o",
                    model, *options)
    assert run.returncode == 0, run.stderr
    return run


def evaluate(model, table, *options):
    return vio_train("evaluate", "-m", model, "--bootstrap", 10, table, *options)


@pytest.mark.parametrize("options", [
    [],
    ["--test-size", 0.35, "--split-seed", 7],
    ["--split-by", "similarity", "--split-similarity", 0.4, "--split-seed", 3],
])
def test_the_model_remembers_its_test_part(options, spec, table, tmp_path):
    model = tmp_path / "m.safetensors"
    run = fit(spec, table, model, *options)
    again = evaluate(model, table, "--split")
    assert again.returncode == 0, again.stderr
    assert again.stdout == run.stdout
    shorter = tmp_path / "shorter.csv"
    lines = table.read_text().splitlines(keepends=True)
    shorter.write_text("".join(lines[:1] + lines[4:]))
    refused = evaluate(model, shorter, "--split")
    assert refused.returncode == 2
    assert "shorter.csv" in refused.stderr and "may be among them" in refused.stderr
    warned = evaluate(model, table, "--split", "--split-seed", 99)
    assert warned.returncode == 0
    assert "not the rows that m was tested on" in warned.stderr


def test_similar_rows_stay_in_one_part(spec, table, tmp_path):
    model = tmp_path / "m.safetensors"
    run = fit(spec, table, model, "--split-by", "similarity", "--validation-fraction", 0.2,
              "--drop-similar", 0.1)
    assert "the rows form 30 groups of similar sequences, the largest of 3 rows" in run.stderr
    assert "; 0 rows that would have trained were left out" in run.stderr
    part = data_of(model)["test_part"]
    assert part["by"] == "similarity" and part["groups"] == 30 and part["jaccard"] == 0.1
    assert data_of(model)["rows"] == {"train": 60, "validation": 12, "test": 18}
    by_label = fit(spec, table, tmp_path / "l.safetensors", "--drop-similar", 0.1)
    assert "; 0 rows that would" not in by_label.stderr


def test_a_model_without_a_test_part_of_its_own_says_so(spec, table, tmp_path):
    model = tmp_path / "m.safetensors"
    fit(spec, table, model, "--test", table)
    refused = evaluate(model, table, "--split")
    assert refused.returncode == 2 and "a table of its own, rows.csv" in refused.stderr
    fit(spec, table, model, "--test-size", 0)
    refused = evaluate(model, table, "--split")
    assert refused.returncode == 2 and "trained on all rows" in refused.stderr
