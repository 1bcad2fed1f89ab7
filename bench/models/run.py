#!/usr/bin/env python3
"""Measures VIO beside its rivals, one process a measurement, into bench/results/rivals.json.

  pace    how fast every network trains
  tune    the learning rate of every network, on a part of the training rows
  train   every network with its rate, on all training rows
  growth  time and memory of scoring windows of growing length; needs a quiet machine

tune and train take as many epochs as --seconds hold at the pace that was measured, so that their
results do not depend on what else the machine does. Each keeps what the others have written, and
replaces only the networks, seeds and lengths that it measures.
"""

import argparse
import json
import os
import pathlib
import platform
import shlex
import subprocess

NETWORKS = ["vio", "transformer", "cnn", "bilstm"]
GROWTH_NETWORKS = ["vio-fused", *NETWORKS]
LENGTHS = [64, 256, 1024, 4096, 16384]
BATCH_POSITIONS = [16384, 65536]  # memory is compared in the first; time in the faster one
# The sequential rival gains most from larger batches, and loses least.
BATCH_SIZES = {"bilstm": 64}
DEFAULT_BATCH_SIZE = 32
VALIDATION_FRACTION = 0.2
ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results" / "rivals.json"
SPEC = "bench/models/vio.spec.json"


def comma_separated(kind):
    return lambda text: [kind(part) for part in text.split(",")]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/bench/bin/vio-bench-models")
    parser.add_argument("--output", type=pathlib.Path, default=RESULTS)
    parser.add_argument("--networks", type=comma_separated(str))
    parser.add_argument("--options", default="", help="passed on to vio-bench-models")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, seconds in (("pace", None), ("tune", 24), ("train", 120)):
        sub = verbs.add_parser(verb)
        sub.add_argument("data", help="the table of labelled sequences")
        if seconds:
            sub.add_argument("--seconds", type=float, default=seconds,
                             help="of a training, on a quiet machine")
    verbs.choices["train"].add_argument("--seeds", type=comma_separated(int), default=[0])
    growth = verbs.add_parser("growth")
    growth.add_argument("--lengths", type=comma_separated(int), default=LENGTHS)
    return parser.parse_args()


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor()


def machine():
    return {"processor": processor(), "cores": os.cpu_count(), "system": platform.system(),
            "openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", "")}


def measure(arguments, verb, options, data=None):
    """Runs the program; returns what it says and the command as others would give it."""
    options = [verb, "--spec", SPEC, *map(str, options), *shlex.split(arguments.options)]
    path = [pathlib.Path(data).resolve()] if data else []
    shown = shlex.join(["vio-bench-models", *options, *(file.name for file in path)])
    print(shown, flush=True)
    run = subprocess.run([pathlib.Path(arguments.program).resolve(), *options, *path], cwd=ROOT,
                         check=True, stdout=subprocess.PIPE)
    return {"command": shown, **json.loads(run.stdout)}


def training_options(network):
    return ["--network", network, "--batch-size", BATCH_SIZES.get(network, DEFAULT_BATCH_SIZE)]


def epochs_within(seconds, pace, part=1):
    """As many as the time holds; part: of the rows that the pace was measured on."""
    return max(1, int(seconds * pace["rows_a_second"] / (part * pace["data"]["train_rows"])))


def pace(arguments, results):
    """Places in the results, and what to put there; one measurement at a time."""
    for network in arguments.networks or NETWORKS:
        yield ("pace", network), measure(arguments, "pace", training_options(network),
                                         arguments.data)


def tune(arguments, results):
    for network in arguments.networks or NETWORKS:
        epochs = epochs_within(arguments.seconds, results["pace"][network], 1 - VALIDATION_FRACTION)
        options = ["--epochs", epochs, "--validation-fraction", VALIDATION_FRACTION]
        yield ("tune", network), measure(arguments, "tune", training_options(network) + options,
                                         arguments.data)


def train(arguments, results):
    for network in arguments.networks or NETWORKS:
        epochs = epochs_within(arguments.seconds, results["pace"][network])
        for seed in arguments.seeds:
            options = ["--epochs", epochs, "--seed", seed,
                       "--learning-rate", results["tune"][network]["learning_rate"]]
            yield ("train", network, str(seed)), measure(
                arguments, "train", training_options(network) + options, arguments.data)


def growth(arguments, results):
    for network in arguments.networks or GROWTH_NETWORKS:
        for length in arguments.lengths:
            yield ("growth", network, str(length)), [
                measure(arguments, "growth", ["--network", network, "--length", length,
                                              "--positions", positions])
                for positions in BATCH_POSITIONS]


def put(results, place, value):
    *folders, last = place
    for folder in folders:
        results = results.setdefault(folder, {})
    results[last] = value


def main():
    arguments = parse_arguments()
    results = {}
    if arguments.output.exists():
        results = json.loads(arguments.output.read_text(encoding="utf-8"))
    results["machine"] = machine()
    verb = {"pace": pace, "tune": tune, "train": train, "growth": growth}[arguments.verb]
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    for place, value in verb(arguments, results):
        put(results, place, value)
        arguments.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
