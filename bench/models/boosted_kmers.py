#!/usr/bin/env python3
"""Boosted trees over k-mers on GUE tasks: what a simple method reaches on the rows that we report.

    bench/models/boosted_kmers.py GUE_FOLDER TASK... --json bench/results/gue/boosted-kmers.json

Needs scikit-learn.
Counts of 1- to 5-mers, a k-mer and its reverse complement as one where the task has no strand, in
scikit-learn's HistGradientBoostingClassifier. Trained on nine tenths of train.csv and measured on
the last tenth and on dev.csv. Nothing is chosen.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import matthews_corrcoef, roc_auc_score
from sklearn.model_selection import train_test_split

LONGEST = 5
STRANDLESS = ("tf_", "mouse_")


def read(path):
    """Codes [rows, length] and labels [rows]; every sequence of a task has the same length."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    letters = np.array([np.frombuffer(row["sequence"].encode(), np.uint8) for row in rows])
    labels = np.array([int(row["label"]) for row in rows])
    known = np.frombuffer(b"ACGT", np.uint8)
    assert np.isin(letters, known).all() and set(labels) == {0, 1}
    return np.searchsorted(known, letters), labels


def reverse_complements(k):
    """Of the numbers of all k-mers."""
    digits = np.stack(np.unravel_index(np.arange(4**k), (4,) * k))
    return np.ravel_multi_index(tuple(3 - digits[::-1]), (4,) * k)


def counts(codes, strandless):
    features = []
    for k in range(1, LONGEST + 1):
        words = sum(codes[:, i : codes.shape[1] - k + 1 + i] * 4 ** (k - 1 - i) for i in range(k))
        table = np.zeros((len(codes), 4**k), np.float32)
        for column in words.T:
            table[np.arange(len(codes)), column] += 1
        if strandless:
            partners = reverse_complements(k)
            table = (table + table[:, partners])[:, np.arange(4**k) <= partners]
        features.append(table)
    return np.concatenate(features, 1)


def scores(model, features, labels):
    p = model.predict_proba(features)[:, 1]
    return {"rows": len(labels), "mcc": round(float(matthews_corrcoef(labels, p > 0.5)), 3),
            "auc": round(float(roc_auc_score(labels, p)), 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("tasks", nargs="+")
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    results = {"command": " ".join(["boosted_kmers.py", *options.tasks]), "tasks": {}}
    for task in options.tasks:
        strandless = task.startswith(STRANDLESS)
        codes, labels = read(options.folder / task / "train.csv")
        features = counts(codes, strandless)
        train, held_out = train_test_split(np.arange(len(labels)), test_size=0.1, random_state=7,
                                           stratify=labels)
        model = HistGradientBoostingClassifier(max_iter=600, learning_rate=0.05, max_leaf_nodes=31,
                                               l2_regularization=1.0, early_stopping=False,
                                               random_state=0)
        model.fit(features[train], labels[train])
        dev_codes, dev_labels = read(options.folder / task / "dev.csv")
        results["tasks"][task] = {
            "strandless": strandless,
            "held-out tenth of train.csv": scores(model, features[held_out], labels[held_out]),
            "dev.csv": scores(model, counts(dev_codes, strandless), dev_labels)}
        print(task, json.dumps(results["tasks"][task]), flush=True)
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
