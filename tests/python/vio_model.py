"""The VIO family in PyTorch, written from the formulas and not from the C++ code.

Tests compare the programs with it. Needs torch >= 1.13 and numpy, nothing else:

    spec = vio_s_spec(["enhancer", "promoter"])
    random_model(spec, seed=1, path="random.safetensors")
    spec, tensors = load_model("random.safetensors")
    model = VioModel(spec, tensors)
    probabilities = model(codes, lengths, whole)     # codes [N, L] uint8
"""

import functools
import json
import math
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SYMBOLS = {"dna": "ACGT", "rna": "ACGU", "protein": "ACDEFGHIKLMNPQRSTVWY"}
LENGTH_FEATURES = 24


# --- specs -------------------------------------------------------------------------------------


def v1_spec(classes):
    return {
        "alphabet": "dna",
        "unknown_channel": True,
        "window": 1000,
        "fixed_window": True,
        "channels": 64,
        "stem_kernel": 1,
        "blocks": [{"kind": "gated", "kernel": 5, "dilation": 1}] * 4,
        "final_norm": False,
        "pooling": {"kinds": ["mean"], "over_padding": True, "heads": 4, "score_bound": 6.0},
        "length": {"enabled": False, "cut": "mask"},
        "head": {"norm": False, "hidden": 0},
        "classes": list(classes),
    }


def vio_s_spec(classes):
    blocks = [
        {"kind": "residual", "kernel": 9, "dilation": dilation, "width": 64}
        for dilation in (1, 1, 2, 2, 4)
    ]
    return {
        "alphabet": "dna",
        "unknown_channel": False,
        "window": 1000,
        "fixed_window": False,
        "channels": 64,
        "stem_kernel": 11,
        "blocks": blocks,
        "final_norm": True,
        "pooling": {
            "kinds": ["mean", "attention"],
            "over_padding": False,
            "heads": 4,
            "score_bound": 6.0,
        },
        "length": {"enabled": True, "cut": "mask"},
        "head": {"norm": True, "hidden": 128},
        "classes": list(classes),
    }


def random_spec(seed):
    """A small member of the family that mixes everything a spec can say."""
    rng = np.random.default_rng(seed)
    pick = lambda *choices: choices[rng.integers(len(choices))]
    heads, fixed_window = int(pick(1, 2, 4)), bool(pick(True, False))
    custom = {"symbols": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: int(rng.integers(4, 26))]}
    kinds = ["mean", "sum", "max", "log_sum_exp", "attention"]
    return {
        "alphabet": pick("dna", "rna", "protein", custom),
        "unknown_channel": bool(pick(True, False)),
        "window": int(pick(1, 2, 5, 24, 60)),
        "fixed_window": fixed_window,
        "channels": heads * int(rng.integers(1, 7)),
        "stem_kernel": int(pick(1, 3, 11)),
        "blocks": [random_block(rng, pick) for _ in range(rng.integers(0, 5))],
        "final_norm": bool(pick(True, False)),
        "pooling": {
            "kinds": list(rng.permutation(kinds)[: rng.integers(1, 6)]),
            "over_padding": fixed_window and bool(pick(True, False)),
            "heads": heads,
            "score_bound": float(pick(0.5, 2.0, 6.0)),
        },
        "length": {
            "enabled": True,
            "cut": pick("mask", "keep"),
            "range_levels": int(pick(0, 3, 6)),
        }
        if pick(True, False)
        else {"enabled": False, "cut": "mask"},
        "head": {"norm": bool(pick(True, False)), "hidden": int(pick(0, 0, 7, 16))},
        **random_words(seed),
        "classes": [f"class {number}" for number in range(rng.integers(2, 12))],
    }


def random_words(seed):
    """Drawn apart, so that all else of a seed's spec is what it is without words."""
    length = int(np.random.default_rng([seed, 1]).integers(0, 3))
    return {"words": {"length": length}} if length else {}


def random_block(rng, pick):
    block = {"kernel": int(pick(1, 3, 5, 9)), "dilation": int(pick(1, 2, 4))}
    if pick(True, False):
        return {"kind": "gated", **block}
    return {"kind": "residual", **block, "width": int(rng.integers(1, 12))}


def symbols_of(spec):
    alphabet = spec["alphabet"]
    return alphabet["symbols"] if isinstance(alphabet, dict) else SYMBOLS[alphabet]


def encode(spec, text):
    """Codes [L] of a sequence: symbols in order, then unknown; case-insensitive; U is T."""
    symbols = symbols_of(spec)
    table = np.full(256, len(symbols), dtype=np.uint8)
    for code, symbol in enumerate(symbols):
        table[ord(symbol.upper())] = table[ord(symbol.lower())] = code
    if spec["alphabet"] in ("dna", "rna"):
        for symbol in "TtUu":
            table[ord(symbol)] = len(symbols) - 1
    return table[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]


# --- the network -------------------------------------------------------------------------------


class GatedBlock(nn.Module):
    """y = LayerNorm(depth_conv(x) * sigmoid(gate(x))), x is [1, C, L]."""

    def __init__(self, channels, kernel, dilation):
        super().__init__()
        padding = kernel // 2 * dilation
        self.depth_conv = nn.Conv1d(
            channels, channels, kernel, padding=padding, dilation=dilation, groups=channels
        )
        self.gate = nn.Conv1d(channels, channels, 1)
        self.norm = nn.LayerNorm(channels)

    def forward(self, x):
        y = self.depth_conv(x) * torch.sigmoid(self.gate(x))
        return self.norm(y.transpose(1, 2)).transpose(1, 2)


class ResidualBlock(nn.Module):
    """[a, g] = expand(LayerNorm(x)); y = x + project(depth_conv(a) * sigmoid(g))."""

    def __init__(self, channels, kernel, dilation, width):
        super().__init__()
        padding = kernel // 2 * dilation
        self.norm = nn.LayerNorm(channels)
        self.expand = nn.Linear(channels, 2 * width)
        self.depth_conv = nn.Conv1d(
            width, width, kernel, padding=padding, dilation=dilation, groups=width
        )
        self.project = nn.Linear(width, channels)

    def forward(self, x):
        a, g = self.expand(self.norm(x.transpose(1, 2))).chunk(2, dim=2)
        mixed = self.depth_conv(a.transpose(1, 2)).transpose(1, 2) * torch.sigmoid(g)
        return x + self.project(mixed).transpose(1, 2)


class Pooling(nn.Module):
    """Features [C, n] of the pooled positions to one vector."""

    def __init__(self, spec):
        super().__init__()
        self.kinds = spec["pooling"]["kinds"]
        self.heads = spec["pooling"]["heads"]
        self.bound = spec["pooling"]["score_bound"]
        if "attention" in self.kinds:
            self.score = nn.Linear(spec["channels"], self.heads)
            self.value = nn.Linear(spec["channels"], spec["channels"])

    def attention(self, x):
        positions = x.t()
        weights = torch.exp(self.bound * torch.tanh(self.score(positions) / self.bound))
        values = self.value(positions).reshape(len(positions), self.heads, -1)
        return ((weights[:, :, None] * values).sum(0) / weights.sum(0)[:, None]).reshape(-1)

    def forward(self, x):
        pools = {
            "mean": lambda: x.mean(1),
            "sum": lambda: x.sum(1),
            "max": lambda: x.amax(1),
            "log_sum_exp": lambda: torch.logsumexp(x, 1) - math.log(x.shape[1]),
            "attention": lambda: self.attention(x),
        }
        return torch.cat([pools[kind]() for kind in self.kinds])


def make_block(block, channels):
    if block["kind"] == "gated":
        return GatedBlock(channels, block["kernel"], block["dilation"])
    return ResidualBlock(channels, block["kernel"], block["dilation"], block["width"])


def length_features(length):
    waves = [2 * math.pi * length / 2**k for k in range(1, 12)]
    features = [math.log(length) - 5.5]
    for wave in waves:
        features += [math.sin(wave), math.cos(wave)]
    return features + [length / 500 - 0.7]


class VioModel(nn.Module):
    """A member of the family; the names of its tensors are those of a model file.

    forward(codes [N, L] uint8, lengths [N], whole [N] of bool) gives probabilities [N, classes] as
    a float64 numpy array. Positions of a row past its length are ignored. Every row goes through
    alone, in double precision unless `dtype` says otherwise.
    """

    def __init__(self, spec, tensors=None, dtype=torch.float64):
        super().__init__()
        self.spec = spec
        self.one_hot_channels = len(symbols_of(spec)) + int(spec["unknown_channel"])
        channels, kernel = spec["channels"], spec["stem_kernel"]
        self.input_proj = nn.Conv1d(self.one_hot_channels, channels, kernel, padding=kernel // 2)
        self.blocks = nn.Sequential(*[make_block(block, channels) for block in spec["blocks"]])
        if spec["final_norm"]:
            self.norm = nn.LayerNorm(channels)
        self.pooling = Pooling(spec)
        features = channels * len(spec["pooling"]["kinds"])
        if spec["head"]["norm"]:
            self.head_norm = nn.LayerNorm(features)
        if spec["length"]["enabled"]:
            features += LENGTH_FEATURES
        if spec["head"]["hidden"]:
            self.hidden = nn.Linear(features, spec["head"]["hidden"])
            features = spec["head"]["hidden"]
        self.classifier = nn.Linear(features, len(spec["classes"]))
        self.levels = spec["length"].get("range_levels", 0)
        if self.levels:
            self.length_ranges = nn.Embedding(2 ** (self.levels + 1) - 2, len(spec["classes"]))
        self.word_length = spec.get("words", {"length": 0})["length"]
        if self.word_length:
            words = len(symbols_of(spec)) ** self.word_length
            self.words = nn.Embedding(words, len(spec["classes"]))
        if tensors is not None:
            self.load_state_dict({name: torch.from_numpy(t) for name, t in tensors.items()})
        self.to(dtype)
        self.eval()

    def one_hot(self, codes):
        """[1, one-hot channels, L]; padding, and unknown without a channel of its own, is zero."""
        known = F.one_hot(torch.from_numpy(codes.astype(np.int64)), 256)
        return known[:, : self.one_hot_channels].t()[None].to(self.classifier.weight.dtype)

    def head_features(self, pooled, length, whole):
        if self.spec["head"]["norm"]:
            pooled = self.head_norm(pooled)
        if self.spec["length"]["enabled"]:
            masked = self.spec["length"]["cut"] == "mask" and not whole
            extra = [0.0] * LENGTH_FEATURES if masked else length_features(length)
            pooled = torch.cat([pooled, torch.tensor(extra, dtype=pooled.dtype)])
        return torch.relu(self.hidden(pooled)) if self.spec["head"]["hidden"] else pooled

    def add_ranges(self, logits, length, whole):
        if length >= 2**self.levels or (self.spec["length"]["cut"] == "mask" and not whole):
            return logits
        first = 0
        for level in range(self.levels):
            logits = logits + self.length_ranges.weight[first + length // 2**level]
            first += 2 ** (self.levels - level)
        return logits

    def add_words(self, logits, codes):
        symbols = len(symbols_of(self.spec))
        stretches = [codes[i : i + self.word_length] for i in range(len(codes))]
        rows = [
            functools.reduce(lambda row, code: row * symbols + int(code), word, 0)
            for word in stretches
            if len(word) == self.word_length and word.max() < symbols
        ]
        return logits + self.words.weight[rows].mean(0) if rows else logits

    def forward_one(self, codes, whole):
        length, real = len(codes), codes
        if self.spec["fixed_window"]:
            pad = len(symbols_of(self.spec)) + 1
            codes = np.pad(codes, (0, self.spec["window"] - length), constant_values=pad)
        x = self.blocks(self.input_proj(self.one_hot(codes)))
        if self.spec["final_norm"]:
            x = self.norm(x.transpose(1, 2)).transpose(1, 2)
        pooled_positions = x.shape[2] if self.spec["pooling"]["over_padding"] else length
        pooled = self.pooling(x[0, :, :pooled_positions])
        logits = self.classifier(self.head_features(pooled, length, whole))
        logits = self.add_ranges(logits, length, whole)
        return torch.softmax(self.add_words(logits, real) if self.word_length else logits, 0)

    def forward(self, codes, lengths, whole):
        with torch.no_grad():
            rows = [self.forward_one(row[:n], w) for row, n, w in zip(codes, lengths, whole)]
            return torch.stack(rows).double().numpy()


# --- files -------------------------------------------------------------------------------------

DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "U8": "u1"}


def write_safetensors(path, tensors, metadata=None):
    """Writes {name: numpy array} with the metadata {str: str}."""
    names = {np.dtype(code): name for name, code in DTYPES.items()}
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, array in tensors.items():
        raw = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": names[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    """({name: numpy array}, metadata) of a file."""
    with open(path, "rb") as file:
        content = file.read()
    (size,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + size]), content[8 + size :]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"]).copy()
    return tensors, metadata


def save_model(path, spec, tensors, card=None):
    """Writes a model file that vio-annotate loads."""
    metadata = {
        "format": "vio",
        "format_version": "1",
        "spec": json.dumps(spec),
        "card": json.dumps(card or {"name": "test"}),
    }
    write_safetensors(path, tensors, metadata)


def load_model(path):
    """(spec, tensors) of a model file."""
    tensors, metadata = read_safetensors(path)
    return json.loads(metadata["spec"]), tensors


def random_tensors(spec, seed):
    """Weights drawn so that every tensor matters: nothing is left at PyTorch's 0 or 1."""
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for name, parameter in VioModel(spec, dtype=torch.float32).named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.dim() > 1:
            values = noise * (1.5 / math.sqrt(parameter[0].numel()))
        else:
            is_scale = "norm" in name and name.endswith("weight")
            values = 0.2 * noise + (1.0 if is_scale else 0.0)
        tensors[name] = values.numpy()
    return tensors


def random_model(spec, seed, path):
    """Writes a model file with random weights and returns the VioModel of it."""
    tensors = random_tensors(spec, seed)
    save_model(path, spec, tensors, {"name": "random", "license": "CC0-1.0"})
    return VioModel(spec, tensors)
