"""Writes golden.txt: probabilities of random members of the VIO family, computed by PyTorch.

    python3 tests/engine/make_golden.py > tests/engine/golden.txt

Each case is a line with the spec, a line with the number of windows, and for each window a line
`whole length codes... probabilities...`. The weights need no file: value k of a model, counted over
its tensors by name, is a formula (see `weights` here and in golden_test.cpp).
"""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "python"))
from vio_model import VioModel, random_spec, symbols_of  # noqa: E402

CASES = 60


def weights(spec):
    shapes = {name: tuple(tensor.shape) for name, tensor in VioModel(spec).state_dict().items()}
    tensors, first = {}, 0
    for name in sorted(shapes):
        k = np.arange(first, first + np.prod(shapes[name], dtype=int), dtype=np.float64)
        first += len(k)
        values = 0.7 * np.sin(12.9898 * k + 0.013 * k * k)
        tensors[name] = values.astype(np.float32).reshape(shapes[name])
    return tensors


def lengths(spec, rng):
    window = spec["window"]
    some = {1, window, int(rng.integers(1, window + 1))}
    return sorted(some if spec["fixed_window"] else some | {window + 9})


def main():
    for seed in range(CASES):
        spec, rng = random_spec(seed), np.random.default_rng(seed)
        sizes = lengths(spec, rng)
        codes = rng.integers(0, len(symbols_of(spec)) + 1, (len(sizes), max(sizes))).astype(np.uint8)
        whole = [bool(rng.integers(2)) for _ in sizes]
        print(json.dumps(spec), len(sizes), sep="\n")
        for row, size, is_whole, scores in zip(
            codes, sizes, whole, VioModel(spec, weights(spec))(codes, sizes, whole)
        ):
            print(int(is_whole), size, *row[:size], *(f"{score:.9f}" for score in scores))


main()
