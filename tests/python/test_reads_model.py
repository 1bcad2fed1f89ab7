"""Scores of reads against PyTorch, with random weights."""

import numpy as np
import pytest

import oracle
from harness import ENGINES, annotate
from reads_files import primary, random_genome, random_reads, sam

torch = pytest.importorskip("torch", reason="no PyTorch here to compare with")
import vio_model  # noqa: E402  (needs PyTorch itself)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "window,stride,strand", [(64, 64, "forward"), (50, 33, "reverse"), (64, 60, "both")]
)
def test_scores_of_an_independent_model(engine, window, stride, strand, tmp_path):
    classes = [f"class_{number}" for number in range(9)]
    module = vio_model.random_model(vio_model.vio_s_spec(classes), 7, tmp_path / "s.safetensors")

    def score(sequence):
        pieces = [sequence[start:end] for start, end in oracle.tile(len(sequence), window, stride)]
        weights = [oracle.known_bases(piece) for piece in pieces]
        weights = weights if any(weights) else [1] * len(pieces)
        scores = [of(piece, len(pieces) == 1) for piece in pieces]
        return np.average(scores, axis=0, weights=weights)

    def of(piece, whole):
        turned = oracle.reverse_complement(piece)
        views = {"forward": [piece], "reverse": [turned], "both": [piece, turned]}[strand]
        codes = [vio_model.encode(module.spec, view) for view in views]
        return np.mean([module(code[None, :], [len(code)], [whole])[0] for code in codes], axis=0)

    genome = random_genome(63)
    reads = random_reads(64, genome, 80)
    options = ["--window", window, "--stride", stride, "--strand", strand]
    run = annotate(
        "--engine", engine, "-m", tmp_path / "s.safetensors", *options, data=sam(reads, genome)
    )
    table, wanted = run.table(), primary(reads)
    assert [row["read_id"] for row in table.rows] == [read.name for read in wanted]
    scored = [(row, read) for row, read in zip(table.rows, wanted) if read.sequence]
    said = np.array([table.probabilities(row) for row, _ in scored])
    expected = np.array([score(read.original) for _, read in scored])
    assert sum(bool(read.flag & 16) for _, read in scored) > 15
    assert np.abs(said - expected).max() <= 1e-5
    assert said.std(axis=0).max() > 0.01, "scores that hardly vary prove nothing"
