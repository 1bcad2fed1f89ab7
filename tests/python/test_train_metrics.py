"""What vio-train measures, against scikit-learn and against itself."""

import csv
import json
import os
import pathlib
import random
import subprocess

import numpy
import pytest

PROGRAM = pathlib.Path(os.environ.get("VIO_BIN_DIR", "")) / "vio-train"
pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")
metrics = pytest.importorskip("sklearn.metrics")
linear_model = pytest.importorskip("sklearn.linear_model")

CLASSES = ["at", "even, \"so\"", "gc"]
ROWS = 360


def vio_train(*arguments):
    run = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                         timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run


def sequences(seed):
    """Three classes that overlap, so that no score is 0 or 1."""
    source = random.Random(seed)
    for row in range(ROWS):
        kind = source.choice([0, 0, 1, 2, 2, 2])
        length = source.randint(20, 39) + (5 if kind == 1 else 0)
        letters = "ACGT" if source.random() < 0.15 else ("AATTGC", "ACGT", "CCGGAT")[kind]
        yield "".join(source.choices(letters, k=length)), CLASSES[kind]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """(what fit recorded, what evaluate says, the predictions, the rows) of one small model."""
    folder = tmp_path_factory.mktemp("measured")
    rows = list(sequences(seed=2))
    with open(folder / "rows.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["sequence", "label"])
        writer.writerows(rows)
    spec = json.loads(vio_train("describe", "--json", "v1").stdout)["spec"]
    spec.update(window=64, channels=8, blocks=spec["blocks"][:1])
    del spec["classes"]
    (folder / "spec.json").write_text(json.dumps(spec))
    model = folder / "m.safetensors"
    fit = vio_train("fit", folder / "rows.csv", "--spec", folder / "spec.json", "--epochs", 8,
                    "--learning-rate", 0.02, "--validation-fraction", 0.25, "--bootstrap", 300,
                    "-o", model)
    again = vio_train("evaluate", "-m", model, "--split", folder / "rows.csv", "--bootstrap", 300,
                      "--json", folder / "e.json", "--predictions", folder / "p.csv")
    assert again.stdout == fit.stdout
    return (json.loads((folder / "m.metrics.json").read_text()),
            json.loads((folder / "e.json").read_text())["test"],
            list(csv.DictReader(open(folder / "p.csv", newline="", encoding="utf-8"))), rows)


@pytest.fixture(scope="module")
def told(measured):
    """(truth, predicted, probabilities) of the test rows."""
    _, _, predictions, rows = measured
    for row in predictions:
        assert rows[int(row["place"]) - 2][1] == row["label"], "a row is not where it says"
    truth = numpy.array([CLASSES.index(row["label"]) for row in predictions])
    predicted = numpy.array([CLASSES.index(row["predicted"]) for row in predictions])
    p = numpy.array([[float(row["p_" + name]) for name in CLASSES] for row in predictions])
    assert (p.argmax(axis=1) == predicted).all()
    return truth, predicted, p / p.sum(axis=1, keepdims=True)


def calibration_error(truth, p, bins=15):
    confidence, hit = p.max(axis=1), p.argmax(axis=1) == truth
    place = numpy.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs((confidence - hit)[place == b].sum()) for b in range(bins)) / len(truth)


def test_summary_scores_are_those_of_scikit_learn(measured, told):
    _, test, _, _ = measured
    truth, predicted, p = told
    assert test["rows"] == len(truth) == ROWS // 5
    wanted = {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "macro_f1": metrics.f1_score(truth, predicted, average="macro"),
        "mcc": metrics.matthews_corrcoef(truth, predicted),
        "auc": metrics.roc_auc_score(truth, p, multi_class="ovr", average="macro"),
        "log_loss": metrics.log_loss(truth, p),
        "expected_calibration_error": calibration_error(truth, p),
    }
    for name, value in wanted.items():
        assert test[name]["value"] == pytest.approx(value, abs=2e-6), name
        low, high = test[name]["interval_95"]
        assert low < high
        if name != "expected_calibration_error":  # which resampling inflates
            assert low <= value <= high, name


def test_class_scores_are_those_of_scikit_learn(measured, told):
    _, test, _, _ = measured
    truth, predicted, p = told
    columns = metrics.precision_recall_fscore_support(truth, predicted, zero_division=0)
    for k, row in enumerate(test["classes"]):
        assert row["class"] == CLASSES[k]
        for name, column in zip(("precision", "recall", "f1", "support"), columns):
            assert row[name] == pytest.approx(column[k], abs=1e-6)
        assert row["auc"] == pytest.approx(metrics.roc_auc_score(truth == k, p[:, k]), abs=1e-6)
        for name, (low, high) in row["intervals_95"].items():
            assert low <= row[name] <= high
    counts = metrics.confusion_matrix(truth, predicted)
    assert test["confusion_matrix"]["counts"] == counts.tolist()


def test_roc_curves_lie_on_those_of_scikit_learn(measured, told):
    _, test, _, _ = measured
    truth, _, p = told
    for k, curve in enumerate(test["roc_curves"]):
        x, y, _ = metrics.roc_curve(truth == k, p[:, k], drop_intermediate=False)
        known = {(round(a, 6), round(b, 6)) for a, b in zip(x, y)}
        points = [tuple(point) for point in curve["points"]]
        assert points[0] == (0, 0) and points[-1] == (1, 1)
        assert set(points) <= known
        assert points == sorted(points)


def test_intervals_are_those_of_the_bootstrap(measured, told):
    _, test, _, _ = measured
    truth, predicted, _ = told
    source = numpy.random.RandomState(7)
    drawn = []
    for _ in range(2000):
        rows = source.randint(0, len(truth), len(truth))
        drawn.append(metrics.matthews_corrcoef(truth[rows], predicted[rows]))
    low, high = test["mcc"]["interval_95"]
    assert low == pytest.approx(numpy.percentile(drawn, 2.5), abs=0.04)
    assert high == pytest.approx(numpy.percentile(drawn, 97.5), abs=0.04)


def test_the_temperature_is_in_the_model_and_in_the_record(measured, told):
    record, test, _, _ = measured
    truth, _, p = told
    fitted = record["calibration"]
    assert fitted["temperature"] != 1
    validation = fitted["validation"]
    assert validation["rows"] == record["data"]["rows"]["validation"]
    assert validation["log_loss_after"] <= validation["log_loss_before"]
    # What the model says is at the temperature already; raised back, it is what it said before.
    before = p ** fitted["temperature"]
    before /= before.sum(axis=1, keepdims=True)
    assert fitted["test"]["log_loss_before"] == pytest.approx(metrics.log_loss(truth, before),
                                                              abs=1e-5)
    assert fitted["test"]["expected_calibration_error_before"] == pytest.approx(
        calibration_error(truth, before), abs=1e-5)
    assert fitted["test"]["log_loss_after"] == test["log_loss"]["value"]


def test_describe_shows_recipe_scores_and_baselines(measured, tmp_path_factory):
    record, test, _, _ = measured
    model = next(tmp_path_factory.getbasetemp().glob("measured*/m.safetensors"))
    shown = vio_train("describe", model).stdout
    for words in ("training.recipe", "training.learning_rate", "training.class_weights",
                  "temperature", "accuracy", "baseline_k_mers_and_length_mcc", "beats_baselines"):
        assert f"  {words} " in shown, words
    card = json.loads(vio_train("describe", "--json", model).stdout)["card"]["metrics"]
    assert card["training"]["learning_rate"] == record["training"]["learning_rate"] == 0.02
    assert card["accuracy"] == pytest.approx(test["accuracy"]["value"], abs=1e-4)


def test_fit_and_evaluate_report_the_same_baselines(measured):
    record, test, _, _ = measured
    for one, other in zip(record["test"]["baselines"], test["baselines"]):
        assert {**one, "seconds": 0} == {**other, "seconds": 0}
    assert record["test"]["beats_baselines"] == test["beats_baselines"]
    assert record["test"]["overlap"] == test["overlap"]


def test_the_k_mer_baseline_is_as_good_as_scikit_learns(measured):
    """The same features and penalty, by other means."""
    _, test, predictions, rows = measured
    held_out = {int(row["place"]) - 2 for row in predictions}

    def features(sequence):
        vector = {}
        for k in range(1, 7):
            words = [sequence[i:i + k] for i in range(len(sequence) - k + 1)]
            for word in words:
                vector[word] = vector.get(word, 0) + 1 / len(words)
        vector = {word: value ** 0.5 for word, value in vector.items()}
        for level in range(len(sequence).bit_length() + 1):
            vector[(level, len(sequence) >> level)] = 0.3
        return vector

    vectorizer = pytest.importorskip("sklearn.feature_extraction").DictVectorizer(sort=False)
    everything = vectorizer.fit_transform({str(k): v for k, v in features(s).items()}
                                          for s, _ in rows)
    labels = numpy.array([label for _, label in rows])
    train = [i for i in range(len(rows)) if i not in held_out]
    baseline = test["baselines"][2]
    strength = float(baseline["description"].split()[-1])
    model = linear_model.LogisticRegression(C=1 / (strength * len(train)), tol=1e-6, max_iter=2000)
    model.fit(everything[train], labels[train])
    asked = sorted(held_out)
    p = model.predict_proba(everything[asked])
    assert list(model.classes_) == CLASSES
    assert baseline["log_loss"]["value"] == pytest.approx(metrics.log_loss(labels[asked], p),
                                                          rel=0.01)
    assert baseline["accuracy"]["value"] == pytest.approx(
        metrics.accuracy_score(labels[asked], model.predict(everything[asked])), abs=0.03)


def test_rows_of_the_training_table_are_found_in_the_test_table(measured, tmp_path):
    _, _, _, rows = measured
    training, other = rows[:100], list(sequences(seed=9))[:40]
    for name, some in (("train.csv", training), ("test.csv", other + training[:7])):
        with open(tmp_path / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("sequence", "label"), *some])
    model = tmp_path / "quick.safetensors"
    described = json.loads(vio_train("describe", "--json", "v1").stdout)["spec"]
    described.update(window=64, channels=4, blocks=described["blocks"][:1])
    del described["classes"]
    (tmp_path / "spec.json").write_text(json.dumps(described))
    vio_train("fit", tmp_path / "train.csv", "--spec", tmp_path / "spec.json", "--epochs", 1,
              "--bootstrap", 10, "-o", model)
    run = vio_train("evaluate", "-m", model, tmp_path / "test.csv", "--train-table",
                    tmp_path / "train.csv", "--bootstrap", 50, "--json", tmp_path / "e.json")
    overlap = json.loads((tmp_path / "e.json").read_text())["test"]["overlap"]
    assert overlap["training_rows"] == 100
    assert overlap["identical"] == 7
    assert overlap["other_rows"]["rows"] == 40
    assert "warning: 7 of 47 test rows" in run.stdout
    alone = vio_train("evaluate", "-m", model, tmp_path / "test.csv", "--bootstrap", 50)
    assert "no baselines" in alone.stdout
