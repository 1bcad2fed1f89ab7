#!/usr/bin/env python3
"""vio-annotate beside the PyTorch script that a user would write: same weights, windows, threads.

    bench/annotate/compare.py --model M.safetensors [--model N.safetensors] --json OUT.json

The script (rival.py) runs as people write it (the best of several batch sizes) and, on a CPU, tuned
(glibc's malloc thresholds, OpenBLAS's core type). Runs are interleaved; a rate is windows over the
median of whole-process wall time less start-up (a run on 1 kb). The answers are compared first.
Needs PyTorch, pysam, samtools, and vio-annotate on the PATH or in VIO_ANNOTATE; the machine to
itself. `--device cuda --scale 50` compares on a GPU, where smaller inputs are over too soon, and
with vio-annotate on the CPU.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import inputs

HERE = Path(__file__).parent
WINDOW = 1000
TUNED = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TRIM_THRESHOLD_": str(1 << 30)}
CORE_TYPES = ("", "Haswell", "SkylakeX")
# Of a probability. Untold, PyTorch lets cuDNN round a convolution's inputs to TF32.
TOLERANCE = {"cpu": 1e-4, "cuda": 1e-3}


class Scenario:
    """One kind of input, large for vio-annotate and small for the script."""

    def __init__(self, name, folder, genome, windows, options=(), rival_options=()):
        self.name, self.folder, self.genome = name, folder, genome
        self.windows = windows  # {"large": n, "small": n}
        self.options, self.rival_options = list(options), list(rival_options)
        self.kind = "variants" if name.startswith("snv") else "sequences"

    def path(self, size, kind):
        return str(self.folder / (f"one.{kind}" if size == "one" else f"{self.name}.{size}.{kind}"))

    def inputs(self, size):
        """Arguments of vio-annotate and of the script; `one` window or variant is start-up."""
        if self.name == "reads" and size != "one":
            return [self.path(size, "bam")], [self.path(size, "bam")]
        if self.kind == "variants":
            fasta = str(self.folder / "genome.fa")
            vcf = self.path(size, "vcf")
            return ["-f", fasta, "-O", "t", vcf], [fasta, "--vcf", vcf]
        return [self.path(size, "fa")], [self.path(size, "fa")]


def make_scenarios(folder, scale):
    genome = inputs.genome(8_000_000 * scale)
    inputs.write_fasta(folder / "genome.fa", genome)
    inputs.write_fasta(folder / "one.fa", genome[:WINDOW])
    inputs.write_snvs(folder / "one.vcf", genome, 1, 1, 1)
    scenarios = []

    def add(name, make, large, small, windows_each=1, options=(), rival_options=()):
        large, small = large * scale, small * scale
        scenario = Scenario(name, folder, genome,
                            {"large": large * windows_each, "small": small * windows_each},
                            options, rival_options)
        for size, count in (("large", large), ("small", small)):
            make(scenario, size, count)
        scenarios.append(scenario)

    def tiles(stride):
        return lambda scenario, size, count: inputs.write_fasta(
            scenario.path(size, "fa"), genome[: (count - 1) * stride + WINDOW])

    def snvs(step, alts):
        return lambda scenario, size, count: inputs.write_snvs(
            scenario.path(size, "vcf"), genome, step, alts, count)

    add("stride 1000", tiles(1000), 8000, 600)
    overlap = ("--stride", "100")
    add("stride 100", tiles(100), 60000, 600, options=overlap, rival_options=overlap)
    add("snv every 1000", snvs(1000, 1), 7900, 300, 2)
    add("snv every 10", snvs(10, 1), 100000, 300, 2)
    add("snv every base, 3 ALTs", snvs(1, 3), 60000, 150, 4)
    add("reads", lambda s, size, n: inputs.write_reads(s.path(size, "bam"), genome, n), 60000, 600)
    return scenarios


def ours(arguments, options, model, device=None):
    program = os.environ.get("VIO_ANNOTATE", "vio-annotate")
    return [program, "-q", "-m", model, "-@", str(options.threads), "--device",
            device or options.device, *arguments]


def rival(arguments, options, model, batch):
    return [sys.executable, str(HERE / "rival.py"), "--model", model, "--threads",
            str(options.threads), "--device", options.device, "--batch", str(batch), *arguments]


def seconds(command, env=None):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, **(env or {})})
    return time.perf_counter() - began


def start_up(command, runs, env=None):
    """Of runs after the first, which reads libraries and a GPU's driver from the disk."""
    seconds(command, env)
    return statistics.median(seconds(command, env) for _ in range(runs))


def all_commands(mine, theirs, options, model, settings):
    """(command, environment) of all that is compared; on a GPU also of vio-annotate on the CPU."""
    commands = {"vio-annotate": (ours(mine, options, model), {})}
    if options.device != "cpu":
        commands["cpu"] = (ours(mine, options, model, "cpu"), {})
    for name, (batch, env) in settings.items():
        commands[name] = (rival(theirs, options, model, batch), env)
    return commands


def start_ups(scenario, options, model, settings):
    commands = all_commands(*scenario.inputs("one"), options, model, settings)
    return {name: start_up(command, options.runs, env) for name, (command, env) in commands.items()}


def output(command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def check_answers(scenario, options, model, classes):
    """The largest difference of a probability between the two on the small input."""
    mine, theirs = scenario.inputs("small")
    rows = output(ours([*mine, *scenario.options], options, model)).splitlines()
    expected = output(rival([*theirs, *scenario.rival_options], options, model, 32))
    expected = [[float(p) for p in line.split("\t")[2:]] for line in expected.splitlines()]
    header = rows[0].split("\t")
    worst = 0.0
    if "p_ref" not in header:
        first = next(i for i, name in enumerate(header) if name.startswith("p_"))
        for row, probabilities in zip(rows[1:], expected, strict=True):
            cells = row.split("\t")[first : first + len(classes)]
            worst = max(worst, *(abs(float(a) - b) for a, b in zip(cells, probabilities)))
        return worst
    columns = {name: header.index(name) for name in ("pos", "class", "p_ref", "p_alt")}
    at, ref, position = 0, None, None
    for row in rows[1:]:
        cells = row.split("\t")
        if cells[columns["pos"]] != position:
            position, ref, at = cells[columns["pos"]], expected[at], at + 1
        k, alt, at = classes.index(cells[columns["class"]]), expected[at], at + 1
        worst = max(worst, abs(float(cells[columns["p_ref"]]) - ref[k]),
                    abs(float(cells[columns["p_alt"]]) - alt[k]))
    return worst


def best_settings(scenario, options, model):
    """Batch size of the script as written; batch size and environment of the tuned one."""
    arguments = [*scenario.inputs("small")[1], *scenario.rival_options]
    on_cpu = options.device == "cpu"
    sizes = (8, 32, 128, 256) if on_cpu else (32, 128, 512, 2048)
    # Reads what later runs find in memory.
    seconds(rival(scenario.inputs("one")[1], options, model, 1))
    batches = {b: seconds(rival(arguments, options, model, b)) for b in sizes}
    written = {"written": (min(batches, key=batches.get), {})}
    if not on_cpu:
        return written
    tuned = {}
    for core in CORE_TYPES:
        env = {**TUNED, **({"OPENBLAS_CORETYPE": core} if core else {})}
        for batch in (8, 16):
            command = rival(arguments, options, model, batch)
            tuned[batch, core] = (seconds(command, env), env)
    batch, core = min(tuned, key=lambda key: tuned[key][0])
    return {**written, "tuned": (batch, tuned[batch, core][1])}


def measure(scenario, options, model, settings, startup):
    mine, theirs = scenario.inputs("large")[0], scenario.inputs("small")[1]
    mine = [*mine, *scenario.options]
    theirs = [*theirs, *scenario.rival_options]
    commands = all_commands(mine, theirs, options, model, settings)
    times = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, (command, env) in commands.items():
            times[name].append(seconds(command, env))
    row = {"scenario": scenario.name, "windows": scenario.windows, "runs": options.runs,
           "settings": {n: {"batch": b, "env": e} for n, (b, e) in settings.items()}, "rates": {}}
    for name, values in times.items():
        size = "small" if name in settings else "large"
        spent = statistics.median(values) - startup[name]
        assert spent > 0.2 * startup[name], f"{scenario.name}: over too soon, raise --scale"
        row["rates"][name] = round(scenario.windows[size] / spent, 1)
    for name in list(commands)[1:]:
        row[f"ratio to {name}"] = round(row["rates"]["vio-annotate"] / row["rates"][name], 2)
    with tempfile.NamedTemporaryFile(suffix=".json") as stats:
        command = ours([*mine, "--stats", stats.name], options, model)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        run = json.load(open(stats.name))
    positions = run["positions"]
    row["reuse"] = round(positions["requested"] / positions["computed"], 3)
    row["peak_memory_mb"] = round(run["peak_memory_bytes"] / 1e6, 1)
    return row


def processor(device):
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo")
             if line.startswith("model name")]
    gpu = subprocess.run(["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"],
                         capture_output=True, check=True).stdout.decode() if device != "cpu" else ""
    return ", ".join([f"{len(names)} x {names[0]}", *gpu.splitlines()])


def header(options):
    return {"command": shlex.join(["bench/annotate/compare.py", *sys.argv[1:]]),
            "processor": processor(options.device), "threads": options.threads,
            "device": options.device, "scale": options.scale}


def earlier_models(options, now):
    """Rows of an earlier run, of which --only measures some again."""
    if not options.only or not Path(options.json).exists():
        return []
    results = json.loads(Path(options.json).read_text())
    for name, old in (("processor", None), ("threads", None), ("device", "cpu"), ("scale", 1)):
        assert results.get(name, old) == now[name], f"{options.json} has another {name}"
    return results["models"]


def compare_model(model, scenarios, options, results):
    with open(model, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        spec = json.loads(json.loads(file.read(size))["__metadata__"]["spec"])
    settings = best_settings(scenarios[0], options, model)
    kinds = {scenario.kind: scenario for scenario in scenarios}
    startups = {kind: start_ups(s, options, model, settings) for kind, s in kinds.items()}
    entry = {"model": Path(model).name, "startup_seconds": {
        kind: {name: round(value, 4) for name, value in startup.items()}
        for kind, startup in startups.items()}, "rows": []}
    for old in [m for m in results["models"] if m["model"] == entry["model"]]:
        entry["rows"] = [r for r in old["rows"] if r["scenario"] not in (options.only or ())]
        results["models"].remove(old)
    results["models"].append(entry)
    for scenario in scenarios:
        if options.only and scenario.name not in options.only:
            continue
        worst = check_answers(scenario, options, model, spec["classes"])
        assert worst < TOLERANCE[options.device], f"{scenario.name}: answers differ by {worst}"
        row = measure(scenario, options, model, settings, startups[scenario.kind])
        row["largest_difference"] = round(worst, 7)
        entry["rows"].append(row)
        print(Path(model).name, json.dumps(row), file=sys.stderr, flush=True)
        Path(options.json).write_text(json.dumps(results, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--device", choices=TOLERANCE, default="cpu")
    parser.add_argument("--scale", type=int, default=1, help="times as many windows")
    parser.add_argument("--only", action="append", help="a scenario's name")
    parser.add_argument("--json", required=True)
    options = parser.parse_args()
    results = header(options)
    results["models"] = earlier_models(options, results)
    with tempfile.TemporaryDirectory() as folder:
        scenarios = make_scenarios(Path(folder), options.scale)
        for model in options.model:
            compare_model(model, scenarios, options, results)


if __name__ == "__main__":
    main()
