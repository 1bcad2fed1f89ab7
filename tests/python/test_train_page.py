"""The HTML page of fit and evaluate: every number on it is one of the JSON beside it."""

import html.parser
import json
import os
import pathlib
import random
import subprocess

import pytest

PROGRAM = pathlib.Path(os.environ.get("VIO_BIN_DIR", "")) / "vio-train"
pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")

CLASSES = ["<at> & co", "gc"]


def vio_train(*arguments):
    run = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                         timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run


class Page(html.parser.HTMLParser):
    """Numbers with the places that they are from, texts, and whatever would need a network."""

    def __init__(self, path):
        super().__init__()
        self.numbers, self.tags, self.fetched, self.texts = [], [], [], []
        self.warnings = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        if "data-key" in attributes:
            self.numbers.append((attributes["data-key"], float(attributes["data-value"])))
        self.warnings += attributes.get("class") == "warning"
        for name in ("src", "href"):
            if not attributes.get(name, "#").startswith(("#", "data:")):
                self.fetched.append(attributes[name])

    def handle_data(self, data):
        self.texts.append(data.strip())


def at(record, pointer):
    for part in pointer.split("/")[1:]:
        record = record[int(part)] if isinstance(record, list) else record[part]
    return record


def check(page, record):
    """Every number is that of the record at its place. Returns the places."""
    for pointer, value in page.numbers:
        assert at(record, pointer) == value, pointer
    assert not page.fetched and "script" not in page.tags and "svg" in page.tags
    return {pointer for pointer, _ in page.numbers}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small model, trained with labels that are worth little, and all that was written."""
    folder = tmp_path_factory.mktemp("page")
    source = random.Random(4)
    rows = ["sequence,label"]
    for row in range(160):
        letters = ("AATTGC", "CCGGAT")[row % 2]
        rows.append("".join(source.choices(letters, k=40)) + f",{CLASSES[row % 2]}")
    rows += rows[1:9]  # some rows twice
    (folder / "rows.csv").write_text("\n".join(rows) + "\n")
    spec = json.loads(vio_train("describe", "--json", "v1").stdout)["spec"]
    spec.update(window=48, channels=4, blocks=spec["blocks"][:1])
    del spec["classes"]
    (folder / "spec.json").write_text(json.dumps(spec))
    vio_train("fit", folder / "rows.csv", "--spec", folder / "spec.json", "--epochs", 3,
              "--learning-rate", 1e-4, "--validation-fraction", 0.2, "--bootstrap", 100,
              "-o", folder / "m.safetensors")
    vio_train("evaluate", "-m", folder / "m.safetensors", folder / "rows.csv", "--bootstrap", 50,
              "--train-table", folder / "rows.csv", "--json", folder / "e.json", "--html",
              folder / "e.html")
    return folder


def test_numbers_of_fits_page_are_those_of_its_json(folder):
    record = json.loads((folder / "m.metrics.json").read_text())
    page = Page(folder / "m.html")
    places = check(page, record)
    test = record["test"]
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "mcc", "log_loss",
                 "expected_calibration_error", "auc"):
        assert f"/test/{name}/value" in places
        assert f"/test/{name}/interval_95/0" in places
    for k in range(len(CLASSES)):
        assert {f"/test/classes/{k}/recall", f"/test/confusion_matrix/counts/{k}/{k}"} <= places
    for i in range(len(test["baselines"])):
        assert f"/test/baselines/{i}/accuracy/value" in places
    assert {"/training/log/2/train_loss", "/training/log/2/validation_accuracy",
            "/calibration/temperature", "/training/learning_rate"} <= places
    assert any(pointer.startswith("/test/roc_curves/1/points") for pointer in places)
    assert any(pointer.startswith("/test/calibration_bins") for pointer in places)
    assert CLASSES[0] in page.texts


def test_a_page_warns_in_red_of_weak_models_and_known_rows(folder):
    record = json.loads((folder / "m.metrics.json").read_text())["test"]
    assert record["beats_baselines"] is False
    text = (folder / "m.html").read_text()
    assert "does not beat these baselines" in text and "--alarm: #b3101a" in text
    weak, known = not record["beats_baselines"], \
        record["overlap"]["jaccard_of_11_mers_at_least_0.5"] > 0
    assert Page(folder / "m.html").warnings == weak + known


def test_numbers_of_evaluates_page_are_those_of_its_json(folder):
    record = json.loads((folder / "e.json").read_text())
    places = check(Page(folder / "e.html"), record)
    assert record["test"]["overlap"]["identical"] == 168
    assert "/test/overlap/identical" in places
    assert not any(pointer.startswith("/training/") for pointer in places)


def test_numbers_of_a_cross_validations_page_are_those_of_its_json(folder, tmp_path):
    vio_train("fit", folder / "rows.csv", "--spec", folder / "spec.json", "--epochs", 1,
              "--folds", 2, "--bootstrap", 10, "--metrics", tmp_path / "cv.json")
    places = check(Page(tmp_path / "cv.html"), json.loads((tmp_path / "cv.json").read_text()))
    assert {"/cross_validation/mean_over_folds/mcc/interval_95/1",
            "/cross_validation/folds/1/rows/test", "/cross_validation/pooled/accuracy/value",
            "/cross_validation/pooled/baselines/2/mcc/value",
            "/cross_validation/pooled/overlap/identical"} <= places


def test_a_page_without_a_test_part_has_no_scores(folder, tmp_path):
    """As little as a record may hold: no test part."""
    vio_train("fit", folder / "rows.csv", "--spec", folder / "spec.json", "--epochs", 1,
              "--test-size", 0, "-o", tmp_path / "all.safetensors", "--html", tmp_path / "x.html")
    record = json.loads((tmp_path / "all.metrics.json").read_text())
    assert "test" not in record
    places = check(Page(tmp_path / "x.html"), record)
    assert "/training/log/0/train_loss" in places
