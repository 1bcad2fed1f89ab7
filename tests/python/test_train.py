"""vio-train as its user sees it: files in, a model and numbers out."""

import json
import os
import pathlib
import random
import signal
import subprocess

import pytest

FOLDER = os.environ.get("VIO_BIN_DIR", "")
PROGRAM = pathlib.Path(FOLDER) / "vio-train"
pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")



def vio_train(*arguments, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout, check=False)


def sequences(rows, seed=1):
    """AT-rich and GC-rich sequences that a network can tell apart."""
    source = random.Random(seed)
    for row in range(rows):
        label = ("at", "gc")[row % 2]
        letters = "AATTG" if label == "at" else "CCGGA"
        yield "".join(source.choices(letters, k=source.randint(20, 40))), label


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    """The spec of `describe`, made small."""
    described = json.loads(vio_train("describe", "--json", "v1").stdout)["spec"]
    described.update(window=40, channels=8, blocks=described["blocks"][:1])
    del described["classes"]
    path = tmp_path_factory.mktemp("spec") / "small.json"
    path.write_text(json.dumps(described))
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "rows.csv"
    rows = "".join(f"{number},<{sequence}>,{label}\r\n"
                   for number, (sequence, label) in enumerate(sequences(120)))
    path.write_text(",sequence,label\r\n" + rows + "x,<ACGT>,lonely\r\n", newline="")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory, spec, table):
    model = tmp_path_factory.mktemp("model") / "small.safetensors"
    run = vio_train("fit", table, "--spec", spec, "--epochs", 12, "--learning-rate", 0.02, "-b", 8,
                    "--validation-fraction", 0.2, "--license", "CC0", "-o", model)
    assert run.returncode == 0, run.stderr
    return model, run


def test_fit_writes_a_model_its_numbers_and_nothing_else(trained):
    model, run = trained
    assert sorted(path.name for path in model.parent.iterdir()) == [
        "small.html", "small.metrics.json", "small.safetensors"]
    assert "lonely" in run.stderr and "epoch 12/12" in run.stderr
    metrics = json.loads((model.parent / "small.metrics.json").read_text())
    assert metrics["data"]["rows"] == {"train": 76, "validation": 20, "test": 24}
    assert len(metrics["training"]["log"]) == 12
    assert metrics["test"]["accuracy"]["value"] > 0.9
    assert str(model.parent) not in json.dumps(metrics), "a path leaked into the record"
    assert "accuracy" in run.stdout


def test_the_record_names_files_without_their_folders(trained, spec, table, tmp_path):
    note = "rows of " + "x" * 300 + "/y, and others"
    run = vio_train("fit", table, "--spec", spec, "--epochs", 1, "--distill-from",
                    f"{trained[0]},{trained[0]}", "--data-note", note, "-o", tmp_path / "m.safetensors")
    assert run.returncode == 0, run.stderr
    record = json.loads((tmp_path / "m.metrics.json").read_text())
    assert "--distill-from small.safetensors,small.safetensors" in record["command"]
    assert note in record["command"]
    assert str(trained[0].parent) not in json.dumps(record)


def test_evaluate_on_the_same_rows_says_the_same(trained, table, tmp_path):
    model, run = trained
    again = vio_train("evaluate", "-m", model, "--split", table, "--json", tmp_path / "e.json")
    assert again.returncode == 0, again.stderr
    assert again.stdout == run.stdout
    counts = json.loads((tmp_path / "e.json").read_text())["test"]["confusion_matrix"]["counts"]
    assert sum(map(sum, counts)) == 24


def test_evaluate_leaves_out_classes_that_the_model_lacks(trained, table):
    run = vio_train("evaluate", "-m", trained[0], table)
    assert run.returncode == 0
    assert "lonely" in run.stderr
    assert run.stdout.startswith("120 rows")


def test_fit_repeats_with_its_seed(trained, spec, table, tmp_path):
    options = ["fit", table, "--spec", spec, "--epochs", 2, "--name", "same", "-q"]
    for name in ("a", "b"):
        run = vio_train(*options, "-o", tmp_path / f"{name}.safetensors")
        assert run.returncode == 0 and run.stderr == ""
    first, second = ((tmp_path / f"{name}.safetensors").read_bytes() for name in ("a", "b"))
    assert first == second


def test_import_takes_the_tensors_and_describe_shows_them(trained, spec, tmp_path):
    output = tmp_path / "imported.safetensors"
    run = vio_train("import", trained[0], "--spec", spec, "--classes", "at,gc", "--name", "mine",
                    "-o", output)
    assert run.returncode == 0, run.stderr
    described = json.loads(vio_train("describe", "--json", output).stdout)
    original = json.loads(vio_train("describe", "--json", trained[0]).stdout)
    assert described["name"] == "mine"
    assert described["spec"] == original["spec"]
    assert original["card"]["license"] == "CC0"
    refused = vio_train("import", trained[0], "--spec", spec, "--classes", "at,gc,c", "-o", output)
    assert refused.returncode == 2
    assert "classifier" in refused.stderr


def interrupted(arguments, after):
    """Runs until a line of the log begins with `after`, then sends SIGINT."""
    with subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if line.startswith(after):
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    return process.returncode


def test_an_interrupt_leaves_a_model_that_works(spec, table, tmp_path):
    model = tmp_path / "early.safetensors"
    assert interrupted(["fit", table, "--spec", spec, "--epochs", 100000, "-o", model],
                       "epoch") == 128 + signal.SIGINT
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "early.html", "early.metrics.json", "early.safetensors", "early.safetensors.checkpoint"]
    metrics = json.loads((tmp_path / "early.metrics.json").read_text())
    assert metrics["training"]["stopped_by_signal"]
    assert "test" not in metrics, "measuring takes time that an interrupt does not leave"
    assert vio_train("evaluate", "-m", model, "--split", table).returncode == 0


def test_resume_ends_where_an_uninterrupted_run_does(table, tmp_path):
    described = json.loads(vio_train("describe", "--json", "default").stdout)["spec"]
    described.update(channels=16, blocks=described["blocks"][:2])
    for block in described["blocks"]:
        block["width"] = 16
    del described["classes"]
    spec = tmp_path / "residual.json"
    spec.write_text(json.dumps(described))
    options = ["fit", table, "--spec", spec, "--epochs", 40, "-b", 8, "--name", "same",
               "--validation-fraction", 0.2, "--augment-rc", 0.5, "--bootstrap", 10]
    whole, parts = tmp_path / "whole.safetensors", tmp_path / "parts.safetensors"
    assert vio_train(*options, "-o", whole).returncode == 0
    assert interrupted([*options, "-o", parts], "epoch 3/") == 128 + signal.SIGINT
    refused = vio_train(*options, "--seed", 1, "--resume", "-o", parts)
    assert refused.returncode == 2 and "options" in refused.stderr
    run = vio_train(*options, "--resume", "-o", parts)
    assert run.returncode == 0, run.stderr
    assert not (tmp_path / "parts.safetensors.checkpoint").exists()
    assert "recipe vio" in run.stderr
    metrics = json.loads((tmp_path / "parts.metrics.json").read_text())["training"]
    assert metrics["recipe"] == "vio" and metrics["resumed_after_epochs"] >= 3
    assert len(metrics["log"]) == 40
    first, second = (path.read_bytes() for path in (whole, parts))
    assert first == second


@pytest.mark.parametrize("arguments, words", [
    ([], "verb"),
    (["teach"], "teach"),
    (["fit", "TABLE"], "--output"),
    (["fit", "-o", "OUT"], "missing"),
    (["fit", "TABLE", "-o", "OUT", "--label-column", "kind"], "kind"),
    (["fit", "TABLE", "-o", "OUT", "--spec", "v9"], "v9"),
    (["fit", "TABLE", "-o", "OUT", "--epochs", "0"], "--epochs"),
    (["fit", "TABLE", "-o", "OUT", "--device", "cuda:63"], "cuda:63"),
    (["evaluate", "-m", "./none.safetensors", "TABLE"], "none.safetensors"),
    (["describe"], "missing"),
])
def test_wrong_use_is_one_sentence_and_exit_code_two(arguments, words, table, tmp_path):
    places = {"TABLE": table, "OUT": tmp_path / "out.safetensors"}
    run = vio_train(*(places.get(argument, argument) for argument in arguments))
    assert run.returncode == 2
    assert run.stdout == ""
    last = run.stderr.splitlines()[-1]
    assert last.startswith("vio-train: error: ") and words in last
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_table_is_malformed_input(tmp_path):
    table = tmp_path / "cut.csv"
    table.write_text('sequence,label\nACGT,a\n"ACG')
    run = vio_train("fit", table, "-o", tmp_path / "out.safetensors")
    assert run.returncode == 3
    assert "cut.csv" in run.stderr and "line 3" in run.stderr


def test_standard_output_that_fails_is_noticed():
    with open("/dev/full", "w", encoding="ascii") as full:
        run = subprocess.run([PROGRAM, "describe", "v1"], stdout=full, stderr=subprocess.PIPE,
                             text=True, check=False)
    assert run.returncode == 1
    assert "standard output" in run.stderr


@pytest.mark.parametrize("verb", ["fit", "evaluate", "import", "describe"])
def test_help_and_man_page_come_from_one_table(verb):
    assert f"vio-train {verb}" in vio_train(verb, "--help").stdout
    assert vio_train(verb, "--man-page").stdout.startswith(".TH")
    assert verb in vio_train("--bash-completion").stdout
