"""Probabilities against PyTorch, with random weights, for windows of every awkward length."""

import json
import random

import numpy as np
import pytest

import oracle
from harness import ENGINES, annotate, fasta

torch = pytest.importorskip("torch", reason="no PyTorch here to compare with")
import vio_model  # noqa: E402  (needs PyTorch itself)

TOLERANCE = 1e-5
CLASSES = [f"class_{number}" for number in range(9)]


class NotebookV1(torch.nn.Module):
    """The model of the origin notebook, spelled out again: it shares no code with vio_model."""

    def __init__(self, classes, channels=64, kernel=5, blocks=4):
        super().__init__()
        self.input_proj = torch.nn.Conv1d(5, channels, 1)
        self.blocks = torch.nn.ModuleList(self.Block(channels, kernel) for _ in range(blocks))
        self.pooling = torch.nn.AdaptiveAvgPool1d(1)
        self.classifier = torch.nn.Linear(channels, classes)

    class Block(torch.nn.Module):
        def __init__(self, channels, kernel):
            super().__init__()
            self.depth_conv = torch.nn.Conv1d(
                channels, channels, kernel, padding=kernel // 2, groups=channels
            )
            self.gate = torch.nn.Conv1d(channels, channels, 1)
            self.norm = torch.nn.LayerNorm(channels)

        def forward(self, x):
            gated = self.depth_conv(x) * torch.sigmoid(self.gate(x))
            return self.norm(gated.transpose(1, 2)).transpose(1, 2)

    def forward(self, x):
        x = self.input_proj(x)
        for block in self.blocks:
            x = block(x)
        return self.classifier(self.pooling(x).squeeze(-1))

    @torch.no_grad()
    def logits(self, sequence, window=1000):
        codes = oracle.encode(sequence)[:window]
        columns = np.zeros((1, 5, window), dtype=np.float32)
        columns[0, codes, np.arange(len(codes))] = 1
        return self(torch.from_numpy(columns))[0]

    def score(self, sequence):
        return torch.softmax(self.logits(sequence), -1).numpy()


def random_notebook(seed):
    """Random weights under which probabilities differ from sequence to sequence: the classifier
    looks at what the pooled features of a few sequences do not share."""
    torch.manual_seed(seed)
    module = NotebookV1(len(CLASSES)).eval()
    for name, parameter in module.named_parameters():
        centre = 1.0 if name.endswith("norm.weight") else 0.0
        torch.nn.init.normal_(parameter, mean=centre, std=0.4)
    sample = [sequence for _, sequence in awkward(1000, seed)]
    with torch.no_grad():
        logits = torch.stack([module.logits(sequence) for sequence in sample])
        module.classifier.bias -= logits.mean(0)
        scale = 1.5 / logits.std()
        module.classifier.weight *= scale
        module.classifier.bias *= scale
    return module


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    module = random_notebook(1)
    tensors = {name: value.numpy() for name, value in module.state_dict().items()}
    path = tmp_path_factory.mktemp("v1") / "v1.safetensors"
    spec = vio_model.v1_spec(CLASSES)
    metadata = {
        "format": "vio",
        "format_version": "1",
        "spec": json.dumps(spec),
        "card": json.dumps({"name": "random-v1"}),
    }
    vio_model.write_safetensors(path, tensors, metadata)
    return path, module.score


@pytest.fixture(scope="module")
def residual(tmp_path_factory):
    """VIO-S with random weights: residual blocks, attention, length features, any window."""
    path = tmp_path_factory.mktemp("vio_s") / "vio_s.safetensors"
    return path, vio_model.random_model(vio_model.vio_s_spec(CLASSES), 5, path)


def score_of(module, sequence, whole):
    """Probabilities of one window by vio_model."""
    codes = vio_model.encode(module.spec, sequence)
    return module(codes[None, :], [len(codes)], [whole])[0]


def awkward(window, seed):
    """Every length at which something begins or ends, random, and the extremes of N and case."""
    lengths = [
        1,
        2,
        3,
        4,
        5,
        11,
        63,
        window - 1,
        window,
        window + 1,
        2 * window - 1,
        2 * window + 3,
    ]
    rng = random.Random(seed)
    runs = (
        oracle.random_sequence(rng, window // 2)
        + "N" * 40
        + oracle.random_sequence(rng, 100).lower()
    )
    return oracle.random_records(seed, lengths) + [
        ("all_n", "N" * 70),
        ("one_n", "n"),
        ("runs", runs),
        ("rna", "ACGU" * 30),
        ("iupac", "RYSWKMBDHV" * 12),
    ]


def compare(table, expected):
    assert len(table.rows) == len(expected) and expected
    for row in table.rows:
        oracle.check_label(table, row, scored=True)
    said = np.array([table.probabilities(row) for row in table.rows])
    worst = np.abs(said - np.array(expected)).max()
    assert worst <= TOLERANCE, f"differs by {worst}"
    assert said.std(axis=0).max() > 0.01, "scores that hardly vary prove nothing"


def on_strand(score, sequence, strand):
    turned = oracle.reverse_complement(sequence)
    views = {"forward": [sequence], "reverse": [turned], "both": [sequence, turned]}[strand]
    return np.mean([score(view) for view in views], axis=0)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("strand,stride", [("forward", 1000), ("reverse", 700), ("both", 1000)])
def test_v1_equals_the_notebook(engine, strand, stride, notebook):
    path, score = notebook
    records = awkward(1000, 41)
    run = annotate(
        "--engine", engine, "-m", path, "--strand", strand, "--stride", stride, data=fasta(records)
    )
    expected = oracle.expected_windows(records, 1000, stride)
    compare(run.table(), [on_strand(score, piece, strand) for *_, piece, _ in expected])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "strand,window,stride", [("forward", 500, 500), ("reverse", 64, 50), ("both", 200, 170)]
)
def test_residual_model(engine, strand, window, stride, residual):
    path, module = residual
    records = awkward(window, 42)
    options = ["--strand", strand, "--window", window, "--stride", stride]
    run = annotate("--engine", engine, "-m", path, *options, data=fasta(records))
    lengths = {name: len(sequence) for name, sequence in records}
    expected = []
    for name, _, _, piece, _ in oracle.expected_windows(records, window, stride):
        whole = len(piece) == lengths[name]
        expected.append(on_strand(lambda view: score_of(module, view, whole), piece, strand))
    compare(run.table(), expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_by_sequence_weighs_known_bases(engine, notebook):
    path, score = notebook
    records = [
        (name, sequence) for name, sequence in awkward(1000, 43) if oracle.known_bases(sequence)
    ]
    run = annotate(
        "--engine", engine, "-m", path, "--by", "sequence", "--stride", 900, data=fasta(records)
    )
    expected = []
    for _, sequence in records:
        pieces = [sequence[start:end] for start, end in oracle.tile(len(sequence), 1000, 900)]
        weights = [oracle.known_bases(piece) for piece in pieces]
        expected.append(np.average([score(piece) for piece in pieces], axis=0, weights=weights))
    compare(run.table(), expected)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(8))
def test_any_member_of_the_family(engine, seed, tmp_path):
    """Every block, pooling, stem, head and alphabet there is, mixed at random."""
    path = tmp_path / "member.safetensors"
    module = vio_model.random_model(vio_model.random_spec(seed), seed, path)
    window, rng = module.spec["window"], random.Random(seed)
    symbols = vio_model.symbols_of(module.spec) + "N" + vio_model.symbols_of(module.spec).lower()
    lengths = [1, 2, 3, window, window + 1, 3 * window + 2, 2 * window]
    records = [(str(n), "".join(rng.choices(symbols, k=size))) for n, size in enumerate(lengths)]
    stride = max(1, window - 3)
    run = annotate("--engine", engine, "-m", path, "--stride", stride, data=fasta(records))
    expected = [
        score_of(module, sequence[start:end], end - start == len(sequence))
        for _, sequence in records
        for start, end in oracle.tile(len(sequence), window, stride)
    ]
    compare(run.table(), expected)
