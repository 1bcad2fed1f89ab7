#!/usr/bin/env python3
"""Writes the lists that split_test.cpp compares with, from scikit-learn itself.

Usage: make_split_lists.py [GENES.csv] (from this folder; needs scikit-learn)
  split_cases.txt           several sizes: `rows classes fraction seed : test rows`
  fold_cases.txt            several sizes: `rows classes folds seed : fold of every row`
  helix_test_indices.txt    only with GENES.csv: test rows of the origin notebook's split
"""
import csv
import sys
from collections import Counter

from sklearn.model_selection import StratifiedKFold, train_test_split

CASES = [(20, 2, 0.2, 42), (37, 3, 0.2, 42), (100, 7, 0.25, 0), (101, 9, 0.2, 42), (64, 8, 0.5, 7),
         (250, 5, 0.1, 123456789), (333, 4, 0.33, 1), (500, 13, 0.2, 4294967295)]
FOLD_CASES = [(20, 2, 5, 42), (37, 3, 2, 0), (101, 9, 5, 42), (64, 8, 8, 7), (250, 5, 10, 4294967295)]


def label_of(row, classes):
    """Uneven classes, the same arithmetic as in split_test.cpp."""
    return row * row % (classes * classes) % classes if row >= 2 * classes else row % classes


def test_rows(labels, fraction, seed):
    rows = range(len(labels))
    return train_test_split(rows, test_size=fraction, random_state=seed, stratify=labels)[1]


def write_cases():
    with open("split_cases.txt", "w", encoding="ascii") as out:
        for rows, classes, fraction, seed in CASES:
            labels = [label_of(row, classes) for row in range(rows)]
            test = " ".join(map(str, test_rows(labels, fraction, seed)))
            out.write(f"{rows} {classes} {fraction} {seed} : {test}\n")


def write_fold_cases():
    with open("fold_cases.txt", "w", encoding="ascii") as out:
        for rows, classes, folds, seed in FOLD_CASES:
            labels = [label_of(row, classes) for row in range(rows)]
            fold_of = [0] * rows
            splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
            for fold, (_, test) in enumerate(splitter.split(labels, labels)):
                for row in test:
                    fold_of[row] = fold
            out.write(f"{rows} {classes} {folds} {seed} : {' '.join(map(str, fold_of))}\n")


def write_genes(path):
    with open(path, newline="", encoding="utf-8") as table:
        labels = [row["GeneType"] for row in csv.DictReader(table)]
    counts = Counter(labels)
    labels = [label for label in labels if counts[label] >= 2]
    with open("helix_test_indices.txt", "w", encoding="ascii") as out:
        out.write("\n".join(map(str, test_rows(labels, 0.2, 42))) + "\n")


if __name__ == "__main__":
    write_cases()
    write_fold_cases()
    if len(sys.argv) > 1:
        write_genes(sys.argv[1])
