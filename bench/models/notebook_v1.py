#!/usr/bin/env python3
"""Trains v1 in PyTorch with the origin notebook's setting, to compare vio-train with it.

    bench/models/notebook_v1.py HELIX_TABLE.csv --json OUT.json [--seeds 0,1,2] [--threads 2]

Nothing here is vio-train's: the network is that of bench/annotate/rival.py, the split scikit-learn's
(.2, random_state 42); Adam 1e-3, cross-entropy, batches of 32 rows padded to 1000, 10 epochs. The
model is the last epoch's; the accuracy on the test rows after every epoch shows how much it depends
on when training ends. The test rows choose nothing. HELIX_TABLE is test.csv of the HeliX repository. Needs PyTorch and
scikit-learn.
"""

import argparse
import csv
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from torch.nn import functional as F

WINDOW, BATCH, EPOCHS = 1000, 32, 10
ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench" / "annotate"))
from rival import Vio, read_model  # the network as the notebook has it, a module a layer


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
    return codes, np.array([classes.index(label) for _, label in rows])


def one_hot(codes):
    """[N, 5, L]; padding is zero."""
    return F.one_hot(torch.from_numpy(codes.astype(np.int64)), 6)[:, :, :5].transpose(1, 2).float()


def probabilities(model, codes):
    return model(one_hot(codes), None, None)  # v1 reads no length


def scores(model, codes, labels):
    model.eval()
    with torch.no_grad():
        said = np.concatenate([probabilities(model, codes[at : at + BATCH]).argmax(1).numpy()
                               for at in range(0, len(codes), BATCH)])
    return {"accuracy": round(float((said == labels).mean()), 6),
            "macro_f1": round(float(f1_score(labels, said, average="macro")), 6)}


def train(seed, train_rows, test_rows):
    torch.manual_seed(seed)
    spec, _ = read_model(ROOT / "models" / "vio-v1.safetensors")
    model = Vio(spec, 5)
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
            loss = F.nll_loss(probabilities(model, codes[batch]).log(),
                              torch.from_numpy(labels[batch]))
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
    codes, labels = read_rows(options.table)
    rows = np.arange(len(codes))
    kept, held = train_test_split(rows, test_size=0.2, random_state=42, stratify=labels)
    runs = []
    for seed in map(int, options.seeds.split(",")):
        runs.append(train(seed, (codes[kept], labels[kept]), (codes[held], labels[held])))
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"torch": torch.__version__, "rows": [len(kept), len(held)], "runs": runs},
                      file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
