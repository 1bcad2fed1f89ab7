#!/usr/bin/env python3
"""Writes the tables of docs/rivals.md from bench/results/rivals.json, between their markers.

A document may have some of the tables only. With --check nothing is written; it fails where the document does not say what the file says.
"""

import argparse
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = {"vio-fused": "VIO, fused engine", "vio": "VIO", "transformer": "transformer",
         "cnn": "CNN", "bilstm": "BiLSTM"}
SPEED_LENGTH = "1024"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def with_interval(score):
    low, high = score["interval_95"]
    return f"{score['value']:.3f} [{low:.3f}, {high:.3f}]"


def two_digits(value):
    """As many digits as such a measurement is good for."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"


def windows_a_second(batches):
    """In the faster of the batches."""
    return max(batch["windows_a_second"] for batch in batches)


def training_seconds(run, pace):
    return run["training"]["epochs"] * run["data"]["train_rows"] / pace["rows_a_second"]


def accuracy_table(results):
    rows = []
    for network, seeds in results["train"].items():
        for seed, run in seeds.items():
            rows.append([NAMES[network], seed, with_interval(run["test"]["accuracy"]),
                         with_interval(run["test"]["macro_f1"]), f"{run['parameters']:,}",
                         f"{training_seconds(run, results['pace'][network]):.0f}",
                         run["training"]["epochs"],
                         f"{run['peak_resident_mib']:.0f}",
                         two_digits(windows_a_second(results["growth"][network][SPEED_LENGTH]))])
    return table(["network", "seed", "accuracy", "macro-F1", "parameters", "training, s", "epochs",
                  "memory of training, MiB", f"windows of {int(SPEED_LENGTH):,} a second"], rows)


def tune_table(results):
    rates = [trial["learning_rate"] for trial in next(iter(results["tune"].values()))["trials"]]
    rows = []
    for network, run in results["tune"].items():
        cells = [f"{trial['validation_log_loss']:.3f}, {trial['validation_accuracy']:.3f}"
                 for trial in run["trials"]]
        rows.append([NAMES[network], run["batch_size"], run["epochs"], *cells,
                     f"{run['learning_rate']:g}"])
    return table(["network", "batch", "epochs of a trial", *[f"rate {rate:g}" for rate in rates],
                  "chosen"], rows)


def pace_table(results):
    def seconds(pace):
        return pace["data"]["train_rows"] / pace["rows_a_second"]
    rows = [[NAMES[network], f"{pace['rows_a_second']:.0f}", f"{seconds(pace):.1f}",
             f"{pace['median_rows_a_second'] / pace['rows_a_second']:.2f}"]
            for network, pace in results["pace"].items()]
    return table(["network", "rows a second", "an epoch, s", "median step against fastest"], rows)


def growth_table(results, cell, last):
    networks = results["growth"]
    lengths = list(next(iter(networks.values())))
    rows = [[f"{int(length):,}", *[cell(of[length]) for of in networks.values()]]
            for length in lengths]
    name, summary = last
    rows.append([name, *[summary(of[lengths[0]], of[lengths[-1]]) for of in networks.values()]])
    return table(["positions a window", *[NAMES[network] for network in networks]], rows)


def speed_table(results):
    def slower(shortest, longest):
        rates = [windows_a_second(batches) * batches[0]["length"]
                 for batches in (shortest, longest)]
        return f"{rates[0] / rates[1]:.1f}"
    return growth_table(results, lambda batches: two_digits(windows_a_second(batches)),
                        ("time of a position, last against first", slower))


def memory_table(results):
    def growth(shortest, longest):
        return f"{longest[0]['memory_mib'] / shortest[0]['memory_mib']:.1f}"
    return growth_table(results, lambda batches: two_digits(batches[0]["memory_mib"]),
                        ("last against first", growth))


TABLES = {"accuracy": accuracy_table, "pace": pace_table, "rates": tune_table, "speed": speed_table,
          "memory": memory_table}


def filled(text, results):
    found = 0
    for name, make in TABLES.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
        before, begins, rest = text.partition(begin)
        _, ends, after = rest.partition(end)
        if begins and not ends:
            sys.exit(f"the document has no end of the table '{name}'")
        if begins:
            text = before + begin + make(results) + end + after
            found += 1
    if found == 0:
        sys.exit("the document has no place for a table")
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "bench/results/rivals.json")
    parser.add_argument("--document", type=pathlib.Path, default=ROOT / "docs/rivals.md")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    text = arguments.document.read_text(encoding="utf-8")
    new = filled(text, json.loads(arguments.results.read_text(encoding="utf-8")))
    if arguments.check and new != text:
        sys.exit(f"{arguments.document} does not say what {arguments.results} says; "
                 "bench/models/make_tables.py writes it again")
    if not arguments.check:
        arguments.document.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
