"""What was measured is what vio-annotate says: the trainer's forward pass is the engines'."""

import csv
import json
import math

import pytest

from harness import ENGINES, annotate
from train_program import PROGRAM, labelled_sequences, vio_train, write_table

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")
CLASSES = ("at", "gc")


def confusing_rows(rows, seed):
    """One row in seven is of the other class: a model is sometimes wrong, and unsure."""
    for number, (sequence, label) in enumerate(labelled_sequences(rows, seed)):
        yield sequence, CLASSES[1 - CLASSES.index(label)] if number % 7 == 0 else label


@pytest.fixture(scope="module", params=["no words", "words"])
def fitted(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fitted")
    spec = json.loads(vio_train("describe", "--json", "fast").stdout)["spec"]
    del spec["classes"]
    spec.update(window=40, channels=8)
    spec["blocks"] = [{**block, "width": 8} for block in spec["blocks"][:2]]
    spec["words"] = {"length": 3 if request.param == "words" else 0}
    (folder / "spec.json").write_text(json.dumps(spec))
    rows = list(confusing_rows(90, 2))
    train = write_table(folder / "train.csv", confusing_rows(120, 1))
    test = write_table(folder / "test.csv", rows)
    run = vio_train("fit", train, "--test", test, "--validation-fraction", 0.2, "--epochs", 6, "-b", 8,
                    "--spec", folder / "spec.json", "-o", folder / "m.safetensors")
    assert run.returncode == 0, run.stderr
    return folder / "m.safetensors", test, rows


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_repeats_what_was_measured(fitted, engine):
    model, test, rows = fitted
    measured = json.loads(model.with_suffix(".metrics.json").read_text())["test"]
    said = annotate("--engine", engine, "--device", "cpu", "-m", model, test).stdout.decode()
    header, *lines = (line.split(",") for line in said.splitlines())
    counts = [[0, 0], [0, 0]]
    loss = 0.0
    for (_, label), cells in zip(rows, lines, strict=True):
        row = dict(zip(header, cells, strict=True))
        counts[CLASSES.index(label)][CLASSES.index(row["vio_label"])] += 1
        loss -= math.log(float(row["vio_p_" + label])) / len(rows)
    assert counts == measured["confusion_matrix"]["counts"]
    assert loss == pytest.approx(measured["log_loss"]["value"], abs=1e-4)


@pytest.mark.parametrize("strand", ["reverse", "both"])
def test_evaluate_scores_the_strand_that_the_program_scores(fitted, strand, tmp_path):
    model, test, rows = fitted
    run = vio_train("evaluate", "-m", model, "--strand", strand, "--bootstrap", 10, "--predictions",
                    tmp_path / "p.csv", "--json", tmp_path / "e.json", test)
    assert run.returncode == 0, run.stderr
    assert json.loads((tmp_path / "e.json").read_text())["data"]["strand"] == strand
    said = annotate("--strand", strand, "--device", "cpu", "-m", model, test).stdout.decode()
    forward = annotate("--device", "cpu", "-m", model, test).stdout
    assert said.encode() != forward
    scored = list(csv.DictReader(said.splitlines()))
    with open(tmp_path / "p.csv", newline="") as file:
        measured = list(csv.DictReader(file))
    assert len(scored) == len(measured) == len(rows)
    for ours, theirs in zip(scored, measured, strict=True):
        for name in CLASSES:
            assert float(ours["vio_p_" + name]) == pytest.approx(float(theirs["p_" + name]), abs=2e-6)
