#!/usr/bin/env python3
"""The tables of a model's card, from its metrics file: make-card.py NAME.metrics.json [CUT.json]"""

import json
import sys

NAMES = {"accuracy": "accuracy", "balanced_accuracy": "balanced accuracy", "macro_f1": "macro F1",
         "mcc": "Matthews correlation", "auc": "AUC, one against the rest",
         "expected_calibration_error": "expected calibration error"}


def score(entry):
    low, high = entry["interval_95"]
    return f"{entry['value']:.3f} [{low:.3f}, {high:.3f}]".replace("0.", ".")


def main():
    record = json.load(open(sys.argv[1]))
    test = record.get("test") or record["cross_validation"]["pooled"]
    cut = json.load(open(sys.argv[2]))["test"] if len(sys.argv) > 2 else None
    print("| |" + (" whole sequences | as if cut |" if cut else " |"))
    print("| --- | --- |" + (" --- |" if cut else ""))
    for key, name in NAMES.items():
        print(f"| {name} | {score(test[key])} |" + (f" {score(cut[key])} |" if cut else ""))
    print("\n| on the same rows | accuracy | macro F1 | MCC | model's MCC minus it | |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in test["baselines"]:
        difference = score(row["model_minus_baseline"]["mcc"])
        print(f"| {row['name']} | {score(row['accuracy'])} | {score(row['macro_f1'])} "
              f"| {score(row['mcc'])} | {difference} | {row['verdict']} |")
    overlap = test["overlap"]
    print(f"\nOf the {test['rows']:,} test rows {overlap['identical']} have an identical training "
          f"row, {overlap['jaccard_of_11_mers_at_least_0.9']} one with a Jaccard similarity of "
          f"11-mers of at least .9, {overlap['jaccard_of_11_mers_at_least_0.5']} of at least .5.")


if __name__ == "__main__":
    main()
