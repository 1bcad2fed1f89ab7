"""Cross-validation: vio-train fit --folds."""

import json
import signal
import subprocess

import pytest

from train_program import (PROGRAM, labelled_sequences, vio_train, write_small_spec, write_table)

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    return write_small_spec(tmp_path_factory.mktemp("spec") / "small.json")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return write_table(tmp_path_factory.mktemp("table") / "rows.csv", labelled_sequences(60))


def command(spec, table, *options, epochs=8):
    return ["fit", table, "--spec", spec, "--epochs", epochs, "-b", 8, "--learning-rate", 0.02,
            "--bootstrap", 10, "--folds", 3, *options]


def test_folds_measure_every_row_once_and_write_no_model(spec, table, tmp_path):
    run = vio_train(*command(spec, table, "--metrics", tmp_path / "cv.json",
                             "--validation-fraction", 0.2))
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cv.html", "cv.json"]
    record = json.loads((tmp_path / "cv.json").read_text())
    assert record["data"]["test_part"] == {"kind": "folds", "by": "label", "seed": 42, "folds": 3}
    result = record["cross_validation"]
    assert [fold["rows"] for fold in result["folds"]] == [
        {"train": 32, "validation": 8, "test": 20, "dropped_similar": 0}] * 3
    assert sum(map(sum, result["pooled"]["confusion_matrix"]["counts"])) == 60
    accuracies = [fold["accuracy"] for fold in result["folds"]]
    mean = result["mean_over_folds"]["accuracy"]
    assert mean["value"] == pytest.approx(sum(accuracies) / 3, abs=1e-5)
    assert mean["interval_95"][0] <= mean["value"] <= mean["interval_95"][1]
    assert result["pooled"]["accuracy"]["value"] == pytest.approx(mean["value"], abs=1e-5)
    assert mean["value"] > 0.85
    assert "all folds together: 60 rows" in run.stdout
    baselines = result["pooled"]["baselines"]
    assert [baseline["name"] for baseline in baselines] == [
        "majority class", "length alone", "k-mers and length"]
    assert baselines[0]["accuracy"]["value"] == pytest.approx(0.5)
    assert result["pooled"]["overlap"]["training_rows"] == 40


def test_final_trains_on_all_rows_and_says_what_was_measured(spec, table, tmp_path):
    model = tmp_path / "m.safetensors"
    run = vio_train(*command(spec, table, "--final", "-o", model, "--split-by", "similarity"))
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "m.html", "m.metrics.json", "m.safetensors"]
    record = json.loads((tmp_path / "m.metrics.json").read_text())
    assert record["data"]["rows"] == {"train": 60, "validation": 0, "test": 0}
    assert record["data"]["test_part"]["by"] == "similarity"
    assert "test" not in record
    card = json.loads(vio_train("describe", "--json", model).stdout)["card"]
    pooled = record["cross_validation"]["pooled"]
    assert card["metrics"]["cross_validation_folds"] == 3
    assert card["metrics"]["accuracy"] == pytest.approx(pooled["accuracy"]["value"], abs=1e-4)
    assert card["metrics"]["beats_baselines"] == pooled["beats_baselines"]
    assert "60 of the 60 usable rows" in card["trained_on"]
    assert "measured by 3-fold cross-validation" in card["trained_on"]
    refused = vio_train("evaluate", "-m", model, "--split", table)
    assert refused.returncode == 2 and "trained on all rows" in refused.stderr


def test_an_interrupted_cross_validation_goes_on(spec, table, tmp_path):
    whole, parts = tmp_path / "whole.json", tmp_path / "parts.json"
    options = command(spec, table, epochs=30)
    assert vio_train(*options, "--metrics", whole).returncode == 0
    with subprocess.Popen([PROGRAM, *map(str, options), "--metrics", parts], stderr=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if line.startswith("vio-train: fold 2 of 3"):
                break
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert "stopped after 1 of 3 folds" in errors
    assert not parts.exists()
    run = vio_train(*options, "--metrics", parts, "--resume")
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "parts.html", "parts.json", "whole.html", "whole.json"]
    first, second = (json.loads(path.read_text())["cross_validation"] for path in (whole, parts))
    for baseline in first["pooled"]["baselines"] + second["pooled"]["baselines"]:
        del baseline["seconds"]
    assert first["pooled"] == second["pooled"]


def test_a_model_stopped_after_the_folds_claims_none_of_their_scores(spec, table, tmp_path):
    model = tmp_path / "m.safetensors"
    options = command(spec, table, "--final", "-o", model, epochs=100)
    with subprocess.Popen([PROGRAM, *map(str, options)], stderr=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if "60 rows train" in line:
                break
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert "the cross-validation, which is whole, does not measure it" in errors
    assert "nothing was measured" not in errors
    record = json.loads((tmp_path / "m.metrics.json").read_text())
    assert len(record["cross_validation"]["folds"]) == 3
    card = json.loads(vio_train("describe", "--json", model).stdout)["card"]
    assert "stopped by a signal" in card["trained_on"]
    assert "accuracy" not in card["metrics"]


@pytest.mark.parametrize("options, words", [
    (["-o", "m.safetensors"], "--metrics"),
    ([], "--metrics is missing"),
    (["--final"], "--output is missing"),
    (["--metrics", "m.json", "--test-size", "0.5"], "--folds and --test-size"),
    (["--metrics", "m.json", "--test", "t.csv"], "--folds and --test"),
])
def test_contradictions_are_named(options, words, spec, table, tmp_path):
    run = vio_train(*command(spec, table, *(
        tmp_path / option if "." in option and option != "0.5" else option for option in options)))
    assert run.returncode == 2
    assert words in run.stderr.splitlines()[-1]
    assert not list(tmp_path.iterdir())
