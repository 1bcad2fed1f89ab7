#!/usr/bin/env python3
"""Trains v1 in PyTorch with the origin notebook's setting, to compare vio-train with it.

    bench/models/notebook_v1.py HELIX_TABLE.csv --json OUT.json [--seeds 0,1,2] [--threads 2]

Written from the formulas, not from vio-train: scikit-learn's split (.2, random_state 42), Adam 1e-3,
cross-entropy, batches of 32 rows padded to 1000, 10 epochs. The model is the last epoch's; the
accuracy on the test rows after every epoch shows how far that is from chance among epochs. The
test rows choose nothing. HELIX_TABLE is test.csv of the HeliX repository. Needs PyTorch and
scikit-learn.
"""

import argparse
import csv
import json
import time
from collections import Counter

import numpy as np
import torch
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from torch import nn
from torch.nn import functional as F

WINDOW, CHANNELS, KERNEL, BLOCKS, BATCH, EPOCHS = 1000, 64, 5, 4, 32, 10


class Block(nn.Module):
    """Activations are [L, N, C], where a depthwise convolution is a view of a 2-D one."""

    def __init__(self):
        super().__init__()
        self.depth_conv = nn.Conv1d(CHANNELS, CHANNELS, KERNEL, padding=KERNEL // 2,
                                    groups=CHANNELS)
        self.gate = nn.Conv1d(CHANNELS, CHANNELS, 1)
        self.norm = nn.LayerNorm(CHANNELS)

    def forward(self, x):
        image = x.permute(2, 0, 1).unsqueeze(0)
        mixed = F.conv2d(image, self.depth_conv.weight.unsqueeze(-1), self.depth_conv.bias,
                         padding=(KERNEL // 2, 0), groups=CHANNELS)[0].permute(1, 2, 0)
        gate = F.linear(x, self.gate.weight.squeeze(-1), self.gate.bias)
        return self.norm(mixed * torch.sigmoid(gate))


class V1(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.input_proj = nn.Conv1d(5, CHANNELS, 1)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.classifier = nn.Linear(CHANNELS, classes)

    def forward(self, one_hot):
        x = F.linear(one_hot, self.input_proj.weight.squeeze(-1), self.input_proj.bias)
        for block in self.blocks:
            x = block(x)
        return self.classifier(x.mean(0))


def read_rows(path):
    """Codes [N, L], 5 beyond the end, and labels; classes of a single row are left out."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = [(r["NucleotideSequence"].strip("<>").upper(), r["GeneType"])
                for r in csv.DictReader(file)]
    counts = Counter(label for _, label in rows)
    rows = [row for row in rows if counts[row[1]] > 1]
    classes = sorted({label for _, label in rows})
    codes = np.full((len(rows), WINDOW), 5, np.uint8)
    for row, (sequence, _) in enumerate(rows):
        codes[row, : len(sequence)] = ["ACGT".find(symbol) % 5 for symbol in sequence]
    return codes, np.array([classes.index(label) for _, label in rows]), classes


def one_hot(codes):
    table = torch.cat([torch.eye(5), torch.zeros(1, 5)])
    return table[torch.from_numpy(codes.T.astype(np.int64))]


def scores(model, codes, labels):
    model.eval()
    with torch.no_grad():
        said = np.concatenate([model(one_hot(codes[at : at + BATCH])).argmax(1).numpy()
                               for at in range(0, len(codes), BATCH)])
    return {"accuracy": round(float((said == labels).mean()), 6),
            "macro_f1": round(float(f1_score(labels, said, average="macro")), 6)}


def train(seed, train_rows, test_rows, classes):
    torch.manual_seed(seed)
    model = V1(len(classes))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    codes, labels = train_rows
    log = []
    for epoch in range(EPOCHS):
        began = time.perf_counter()
        model.train()
        order = torch.randperm(len(codes)).numpy()
        for at in range(0, len(codes), BATCH):
            batch = order[at : at + BATCH]
            optimizer.zero_grad()
            loss = F.cross_entropy(model(one_hot(codes[batch])), torch.from_numpy(labels[batch]))
            loss.backward()
            optimizer.step()
        log.append({"epoch": epoch + 1, **scores(model, *test_rows)})
        print(f"seed {seed}", log[-1], f"{time.perf_counter() - began:.1f} s", flush=True)
    return {"seed": seed, "accuracy": log[-1]["accuracy"], "macro_f1": log[-1]["macro_f1"],
            "after_each_epoch": log}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--json", required=True)
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    codes, labels, classes = read_rows(options.table)
    rows = np.arange(len(codes))
    kept, held = train_test_split(rows, test_size=0.2, random_state=42, stratify=labels)
    runs = []
    for seed in map(int, options.seeds.split(",")):
        runs.append(train(seed, (codes[kept], labels[kept]), (codes[held], labels[held]), classes))
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"torch": torch.__version__, "rows": [len(kept), len(held)], "runs": runs},
                      file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
