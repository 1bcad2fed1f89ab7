"""What tests of vio-train share: the program, tables of sequences that a network can tell apart, and
a small spec."""

import json
import os
import pathlib
import random
import subprocess

PROGRAM = pathlib.Path(os.environ.get("VIO_BIN_DIR", "")) / "vio-train"


def vio_train(*arguments, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout, check=False)


def labelled_sequences(rows, seed=1, shortest=20, longest=40):
    """AT-rich and GC-rich sequences, in turn."""
    source = random.Random(seed)
    for row in range(rows):
        label = ("at", "gc")[row % 2]
        letters = "AATTG" if label == "at" else "CCGGA"
        yield "".join(source.choices(letters, k=source.randint(shortest, longest))), label


def write_table(path, rows):
    path.write_text("sequence,label\n" + "".join(f"{sequence},{label}\n" for sequence, label in rows))
    return path


def write_small_spec(path, window=40):
    """v1 in small."""
    described = json.loads(vio_train("describe", "--json", "v1").stdout)["spec"]
    described.update(window=window, channels=8, blocks=described["blocks"][:1])
    del described["classes"]
    path.write_text(json.dumps(described))
    return path


def data_of(model):
    """How fit recorded the rows of a model."""
    return json.loads(model.with_suffix(".metrics.json").read_text())["data"]
