#!/usr/bin/env python3
"""What a user would write in PyTorch: windows of a FASTA, SNVs of a VCF or reads of a BAM, in batches.

    rival.py --model M.safetensors --batch 32 --threads 2 genome.fa [--stride N] [--vcf in.vcf] > out.tsv
    rival.py --model M.safetensors reads.bam

Sequences are of A, C, G and T.

Prints one row a window: its name, its start, one probability a class. The network is written as in
the origin's notebook: one module a layer, [N, C, L], Conv1d everywhere.
"""

import argparse
import json
import math
import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def read_model(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    spec = json.loads(header.pop("__metadata__")["spec"])
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data[begin:end], np.float32).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return spec, tensors


class Gated(nn.Module):
    def __init__(self, channels, block):
        super().__init__()
        kernel, dilation = block["kernel"], block["dilation"]
        self.depth_conv = nn.Conv1d(channels, channels, kernel, padding=kernel // 2 * dilation,
                                    dilation=dilation, groups=channels)
        self.gate = nn.Conv1d(channels, channels, 1)
        self.norm = nn.LayerNorm(channels)

    def forward(self, x):
        x = self.depth_conv(x) * torch.sigmoid(self.gate(x))
        return self.norm(x.transpose(1, 2)).transpose(1, 2)


class Residual(nn.Module):
    def __init__(self, channels, block):
        super().__init__()
        kernel, dilation, width = block["kernel"], block["dilation"], block["width"]
        self.norm = nn.LayerNorm(channels)
        self.expand = nn.Linear(channels, 2 * width)
        self.depth_conv = nn.Conv1d(width, width, kernel, padding=kernel // 2 * dilation,
                                    dilation=dilation, groups=width)
        self.project = nn.Linear(width, channels)

    def forward(self, x):
        value, gate = self.expand(self.norm(x.transpose(1, 2))).chunk(2, dim=-1)
        mixed = self.depth_conv(value.transpose(1, 2)).transpose(1, 2) * torch.sigmoid(gate)
        return x + self.project(mixed).transpose(1, 2)


class Attention(nn.Module):
    def __init__(self, channels, heads, bound):
        super().__init__()
        self.score, self.value = nn.Linear(channels, heads), nn.Linear(channels, channels)
        self.bound = bound

    def forward(self, x):
        x = x.transpose(1, 2)
        weight = torch.softmax(self.bound * torch.tanh(self.score(x) / self.bound), dim=1)
        value = self.value(x).unflatten(-1, (weight.shape[-1], -1))
        return (weight.unsqueeze(-1) * value).sum(1).flatten(1)


class Vio(nn.Module):
    def __init__(self, spec, n_inputs):
        super().__init__()
        channels = spec["channels"]
        self.kinds = spec["pooling"]["kinds"]
        stem = spec["stem_kernel"]
        self.input_proj = nn.Conv1d(n_inputs, channels, stem, padding=stem // 2)
        make = {"gated": Gated, "residual": Residual}
        self.blocks = nn.Sequential(*(make[b["kind"]](channels, b) for b in spec["blocks"]))
        self.norm = nn.LayerNorm(channels) if spec["final_norm"] else None
        if "attention" in self.kinds:
            self.pooling = Attention(channels, spec["pooling"]["heads"],
                                     spec["pooling"]["score_bound"])
        pooled = channels * len(self.kinds)
        self.head_norm = nn.LayerNorm(pooled) if spec["head"]["norm"] else None
        self.length_features = 24 if spec["length"]["enabled"] else 0
        width, hidden = pooled + self.length_features, spec["head"]["hidden"]
        self.hidden = nn.Linear(width, hidden) if hidden else None
        classes = len(spec["classes"])
        self.classifier = nn.Linear(hidden or width, classes)
        self.levels = spec["length"].get("range_levels", 0)
        if self.levels:
            self.length_ranges = nn.Embedding(2 ** (self.levels + 1) - 2, classes)
        self.word = spec.get("words", {"length": 0})["length"]
        if self.word:
            self.words = nn.EmbeddingBag(4**self.word, classes, mode="mean")
            digits = torch.tensor([4**k for k in range(self.word)][::-1])
            self.register_buffer("digits", digits, persistent=False)

    def forward(self, one_hot, lengths, whole):
        """`lengths` [N, 24] of windows that are whole sequences, zero for those that are cut."""
        x = self.blocks(self.input_proj(one_hot))
        if self.norm is not None:
            x = self.norm(x.transpose(1, 2)).transpose(1, 2)
        pool = {"mean": lambda: x.mean(2), "max": lambda: x.amax(2), "sum": lambda: x.sum(2),
                "attention": lambda: self.pooling(x)}
        x = torch.cat([pool[kind]() for kind in self.kinds], 1)
        if self.head_norm is not None:
            x = self.head_norm(x)
        if self.length_features:
            x = torch.cat([x, lengths], 1)
        if self.hidden is not None:
            x = F.relu(self.hidden(x))
        logits = self.classifier(x)
        length = one_hot.shape[2]
        if self.levels and length < 2**self.levels:
            first = [2 * 2**self.levels - 2 * 2 ** (self.levels - k) for k in range(self.levels)]
            rows = [before + (length >> level) for level, before in enumerate(first)]
            rows = torch.tensor(rows, device=logits.device)
            logits = logits + whole[:, None] * self.length_ranges(rows).sum(0)
        if self.word and length >= self.word:
            symbols = one_hot.argmax(1).unfold(1, self.word, 1)
            logits = logits + self.words((symbols * self.digits).sum(2))
        return torch.softmax(logits, 1)


def length_features(length):
    waves = [2 * math.pi * length / 2**k for k in range(1, 12)]
    pairs = [f(wave) for wave in waves for f in (math.sin, math.cos)]
    return [math.log(length) - 5.5, *pairs, length / 500 - 0.7]


def fasta(path):
    name, lines = None, []
    with open(path) as file:
        for line in file:
            if line.startswith(">"):
                if name is not None:
                    yield name, "".join(lines)
                name, lines = line[1:].split()[0], []
            else:
                lines.append(line.strip())
    yield name, "".join(lines)


def tiles(path, window, stride):
    for name, sequence in fasta(path):
        start = 0
        while True:
            yield name, start, sequence[start : start + window], len(sequence) <= window
            if start + window >= len(sequence):
                break
            start += stride


def alleles(path, vcf, window):
    """Windows of REF and every ALT, one record after the other."""
    import pysam

    contigs = dict(fasta(path))
    with pysam.VariantFile(vcf) as records:
        for record in records:
            sequence = contigs[record.chrom]
            begin = record.pos - 1 - window // 2
            first, end = max(begin, 0), begin + window
            yield record.chrom, record.pos, sequence[first:end], False
            for alt in record.alts:
                after = record.pos - 1 + len(record.ref)
                rest = window - (record.pos - 1 - begin) - len(alt)
                edited = sequence[first : record.pos - 1] + alt + sequence[after : after + rest]
                yield record.chrom, record.pos, edited, False


def reads(path):
    import pysam

    with pysam.AlignmentFile(path, check_sq=False) as records:
        for record in records.fetch(until_eof=True):
            yield record.query_name, 0, record.get_forward_sequence(), True


ROWS = np.full(256, 4, np.int64)
for i, pair in enumerate(("Aa", "Cc", "Gg", "Tt")):
    for letter in pair:
        ROWS[ord(letter)] = i


def one_hot(sequences, length, n_inputs):
    x = np.zeros((len(sequences), 5, length), np.float32)
    for i, sequence in enumerate(sequences):
        codes = ROWS[np.frombuffer(sequence.encode(), np.uint8)]
        x[i, codes, np.arange(len(codes))] = 1.0
    return torch.from_numpy(x[:, :n_inputs])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--model", required=True)
    parser.add_argument("--vcf")
    parser.add_argument("--window", type=int, default=1000)
    parser.add_argument("--stride", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    spec, tensors = read_model(options.model)
    n_inputs = 5 if spec["unknown_channel"] else 4
    if spec["fixed_window"] and ("words" in spec or spec["length"].get("range_levels")):
        parser.error("words and ranges of lengths of padded windows are not written here")
    model = Vio(spec, n_inputs).eval()
    model.load_state_dict(tensors)
    model.to(options.device)

    if options.input.endswith(".bam"):
        windows = reads(options.input)
    elif options.vcf:
        windows = alleles(options.input, options.vcf, options.window)
    else:
        windows = tiles(options.input, options.window, options.stride)

    def score(batch):
        # A model of one window length pads; the others take windows of one length at a time.
        length = spec["window"] if spec["fixed_window"] else len(batch[0][2])
        lengths = [length_features(len(s)) if whole else [0.0] * 24 for _, _, s, whole in batch]
        inputs = (one_hot([sequence for _, _, sequence, _ in batch], length, n_inputs),
                  torch.tensor(lengths), torch.tensor([float(whole) for *_, whole in batch]))
        probabilities = model(*(x.to(options.device) for x in inputs))
        for (name, start, *_), row in zip(batch, probabilities.tolist()):
            print(name, start, *(f"{p:.6f}" for p in row), sep="\t")

    batch = []
    with torch.no_grad():
        for item in windows:
            other_length = batch and len(item[2]) != len(batch[0][2]) and not spec["fixed_window"]
            if len(batch) == options.batch or other_length:
                score(batch)
                batch = []
            batch.append(item)
        if batch:
            score(batch)


if __name__ == "__main__":
    sys.exit(main())
