"""Model files that lie: exit 2 with a sentence, never a crash, never memory on a file's word."""

import copy
import json
import random
import struct

import pytest

import tiny_models
from harness import annotate, assert_refused

HEADER, VALUES = tiny_models.parts(32, True)
INPUT = b">a\nACGTACGTNNACGT\n"


def with_spec(**changes):
    header = copy.deepcopy(HEADER)
    spec = json.loads(header["__metadata__"]["spec"]) | changes
    header["__metadata__"]["spec"] = json.dumps(spec)
    return tiny_models.safetensors(header, VALUES)


def with_tensor(name, **changes):
    header = copy.deepcopy(HEADER)
    header[name] |= changes
    return tiny_models.safetensors(header, VALUES)


def without(name):
    header = copy.deepcopy(HEADER)
    del header[name]
    return tiny_models.safetensors(header, VALUES)


def with_metadata(**changes):
    header = copy.deepcopy(HEADER)
    header["__metadata__"] |= changes
    return tiny_models.safetensors(header, VALUES)


def with_first_value(value):
    return tiny_models.safetensors(HEADER, struct.pack("<f", value) + VALUES[4:])


GOOD = tiny_models.safetensors(HEADER, VALUES)
LIES = {
    "empty": b"",
    "seven_bytes": GOOD[:7],
    "header_only": GOOD[:200],
    "last_byte_gone": GOOD[:-1],
    "half": GOOD[: len(GOOD) // 2],
    "bytes_after_the_end": GOOD + b"\0" * 16,
    "header_of_16_exabytes": b"\xff" * 8 + GOOD[8:],
    "header_longer_than_the_file": struct.pack("<Q", len(GOOD)) + GOOD[8:],
    "not_json": tiny_models.safetensors(b"{this is not json", VALUES),
    "json_list": tiny_models.safetensors([1, 2], VALUES),
    "deep_json": tiny_models.safetensors(b"[" * 100_000, VALUES),
    "html": b"<html>" + b" " * 100,
    "a_pickle": b"PK\x03\x04" + b"\0" * 200,
    "no_metadata": without("__metadata__"),
    "a_tensor_missing": without("classifier.bias"),
    "a_newer_format": with_metadata(format_version="999"),
    "another_format": with_metadata(format="pt"),
    "spec_not_json": with_metadata(spec="{"),
    "spec_of_a_newer_program": with_spec(quantum=True),
    "more_classes_than_weights": with_spec(classes=["a", "b", "c", "d"]),
    "classes_twice": with_spec(classes=["a", "a", "b"]),
    "a_tab_in_a_class": with_spec(classes=["a\tb", "b", "c"]),
    "no_classes": with_spec(classes=[]),
    "channels_negative": with_spec(channels=-4),
    "channels_huge": with_spec(channels=2**31 - 1),
    "window_zero": with_spec(window=0),
    "window_huge": with_spec(window=10**12),
    "window_text": with_spec(window="32"),
    "even_kernel": with_spec(stem_kernel=2),
    "blocks_by_the_million": with_spec(
        blocks=[{"kind": "gated", "kernel": 3, "dilation": 1}] * 10**6
    ),
    "shape_huge": with_tensor("classifier.bias", shape=[2**40]),
    "shape_overflows": with_tensor("classifier.bias", shape=[2**33, 2**33]),
    "shape_negative": with_tensor("classifier.bias", shape=[-3]),
    "shape_turned": with_tensor("classifier.weight", shape=[4, 3]),
    "offsets_beyond": with_tensor("classifier.bias", data_offsets=[len(VALUES), len(VALUES) + 12]),
    "offsets_overlap": with_tensor("classifier.bias", data_offsets=[4, 16]),
    "offsets_reversed": with_tensor("classifier.bias", data_offsets=[12, 0]),
    "integers": with_tensor("classifier.bias", dtype="I32"),
    "dtype_unknown": with_tensor("classifier.bias", dtype="F3"),
    "nan": with_first_value(float("nan")),
    "infinity": with_first_value(float("inf")),
}


def score(path, check=True):
    return annotate("--engine", "reference", "-m", path, data=INPUT, check=check)


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_model_is_refused(lie, tmp_path):
    path = tmp_path / f"{lie}.safetensors"
    path.write_bytes(LIES[lie])
    run = score(path, check=False)
    assert_refused(run, 2)
    assert run.stdout == b"" and path.name in run.stderr


def test_the_model_they_were_made_from_is_good(tmp_path):
    path = tmp_path / "good.safetensors"
    path.write_bytes(GOOD)
    assert score(path).table().rows[0]["status"] == "OK"


@pytest.mark.parametrize("seed", range(8))
def test_mutations_never_crash(seed, tmp_path):
    """Ten a seed: flipped, cut and spliced files are refused, or score with sound numbers."""
    rng = random.Random(seed)
    path = tmp_path / "mutant.safetensors"
    for _ in range(10):
        data = bytearray(GOOD)
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(data))
            kind = rng.choice(("flip", "cut", "splice"))
            if kind == "flip":
                data[at] ^= 1 << rng.randrange(8)
            elif kind == "cut":
                del data[at : at + rng.randrange(1, 40)]
            else:
                data[at:at] = bytes(data[rng.randrange(len(data)) :][: rng.randrange(1, 40)])
            data = data or bytearray(b"\0")
        path.write_bytes(data)
        run = score(path, check=False)
        if run.code == 0:
            table = run.table()
            assert abs(sum(table.probabilities(table.rows[0])) - 1) < 1e-5
        else:
            assert_refused(run, 2)


@pytest.mark.parametrize("name", ["no-such-model", "./absent.safetensors", "absent.safetensors"])
def test_a_missing_model(name, tmp_path):
    run = annotate("--engine", "reference", "-m", name, data=INPUT, check=False, cwd=tmp_path)
    assert_refused(run, 2)
    assert "absent" in run.stderr or "no-such-model" in run.stderr


def test_a_folder_as_a_model(tmp_path):
    folder = tmp_path / "folder.safetensors"
    folder.mkdir()
    assert_refused(score(folder, check=False), 2)
