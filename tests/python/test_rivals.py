"""The comparison with other networks: its scripts in small, and the document that they wrote."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from train_program import labelled_sequences, write_table

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "bench" / "models"
PROGRAM = pathlib.Path(os.environ.get("VIO_BIN_DIR", "")) / "vio-bench-models"
NETWORKS = ["vio", "cnn"]  # two, because every measurement starts a process
MARKERS = ["accuracy", "pace", "rates", "speed", "memory"]


def script(name, *arguments):
    return subprocess.run([sys.executable, SCRIPTS / name, *map(str, arguments)],
                          capture_output=True, text=True, timeout=120, check=False)


def test_document_says_what_was_measured():
    run = script("make_tables.py", "--check")
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(not PROGRAM.exists(), reason="the benchmarks are not built")
def test_measurements_in_small(tmp_path):
    data = write_table(tmp_path / "rows.csv", labelled_sequences(300))
    results = tmp_path / "results.json"

    def run(verb, options, *arguments, networks=",".join(NETWORKS)):
        done = script("run.py", "--program", PROGRAM, "--output", results, "--options", options,
                      "--networks", networks, verb, *arguments)
        assert done.returncode == 0, done.stderr

    recipe = "--augment-rc-classes gc"
    run("pace", recipe + " --rows 240 --repetitions 1", data)
    run("tune", recipe + " --rates 0.003,0.01", data, "--seconds", 0)
    run("train", recipe + " --bootstrap 20", data, "--seconds", 0, "--seeds", "0,1")
    run("growth", "--seconds 0", "--lengths", "64,1024", networks="vio-fused,vio,cnn")
    measured = json.loads(results.read_text(encoding="utf-8"))
    assert list(measured["train"]) == NETWORKS
    assert list(measured["growth"]) == ["vio-fused", *NETWORKS]
    for network in NETWORKS:
        trials = measured["tune"][network]["trials"]
        best = min(trials, key=lambda trial: trial["validation_log_loss"])
        assert measured["tune"][network]["learning_rate"] == best["learning_rate"]
        for seed in "01":
            trained = measured["train"][network][seed]
            assert trained["training"]["recipe"]["learning_rate"] == best["learning_rate"]
            assert trained["training"]["recipe"]["seed"] == int(seed)
            assert trained["training"]["epochs"] == 1
            assert trained["data"]["train_rows"] == 240
            assert trained["data"]["validation_rows"] == 0
            assert trained["test"]["rows"] == 60
    before = measured["train"]["vio"]
    run("train", "--bootstrap 20", data, "--seconds", 0, networks="cnn")
    assert json.loads(results.read_text(encoding="utf-8"))["train"]["vio"] == before

    document = tmp_path / "document.md"
    document.write_text("".join(f"<!-- {name} -->\n<!-- end of {name} -->\n" for name in MARKERS),
                        encoding="utf-8")
    arguments = ["make_tables.py", "--results", results, "--document", document]
    assert script(*arguments, "--check").returncode == 1
    assert script(*arguments).returncode == 0
    assert script(*arguments, "--check").returncode == 0
    cells = document.read_text(encoding="utf-8")
    assert f"{measured['train']['cnn']['0']['test']['accuracy']['value']:.3f}" in cells
