"""What goes wrong on a cluster: killed shards, killed engines, full devices, malformed input."""

import os
import signal
import time

import pytest

import inputs
from conftest import plain

# Slow enough to be caught at work.
SLOW = "--engine reference"


@pytest.fixture
def slow_sheet(given):
    """Two samples: one whose shards take seconds, and one that is done at once."""
    rows = [
        {"sample": "slow", "input": given.slow.name},
        {"sample": "variants", "input": given.variants.name, "reference": given.genome.name},
    ]
    return inputs.write_sheet(given.folder / "slow.csv", rows)


def check_slow_results(engine, given, single):
    results = engine.folder / "results"
    options = SLOW.split()
    assert plain(results / "slow.tsv.gz") == single(given.slow, "tsv.gz", *options)
    whole = single(given.variants, "vcf.gz", "-f", given.genome, "--no-version", *options)
    assert plain(results / "variants.vcf.gz") == whole
    assert not [file for file in results.rglob("*") if file.name.endswith(".tmp")], "half a file"


def test_killed_shards_are_retried(cluster_engine, cluster, given, slow_sheet, single):
    engine = cluster_engine
    arguments = engine.annotate(slow_sheet, shards=2, extra=SLOW)
    running = engine.start(*arguments)

    ends = {
        "--shard 1/2": lambda pid: cluster.client("scancel", job_of(pid)),
        "--shard 2/2": lambda pid: os.kill(pid, signal.SIGKILL),
    }
    while ends:  # in whatever order they come to work
        shard, pid = engine.wait_for(lambda: next(
            ((shard, pid) for shard in ends for pid in engine.processes("slow.fa", shard)), None))
        ends.pop(shard)(pid)

    done = engine.finish(running)
    check_slow_results(engine, given, single)
    assert engine.attempts("--shard") == 6, done.log
    assert engine.attempts("--batch-size 128") == 2, "a retry halves the batch"

    again = engine.run(*arguments, *engine.resume)
    assert engine.did_nothing(again), again.log
    assert engine.attempts("--shard") == 6


def job_of(pid):
    with open(f"/proc/{pid}/environ") as file:
        pairs = (entry.partition("=") for entry in file.read().split("\0"))
        return next(value for name, _, value in pairs if name == "SLURM_JOB_ID")


MALFORMED = "holds '7' at byte"
NO_CONTIG = "no contig"


def test_malformed_input_ends_the_workflow_at_once(cluster_engine, source_folder, given):
    """On the cluster: exit code 3, our sentence in the engine's log, and no shard tried twice."""
    bad = {"sample": "bad", "input": str(source_folder / "test-data/malformed.fa")}
    sheet = inputs.write_sheet(given.folder / "malformed.csv", [bad])
    done = cluster_engine.run(*cluster_engine.annotate(sheet, shards=2), code=None)
    check_refused(cluster_engine, done, MALFORMED, shards=2)


def test_wrong_contigs_end_the_workflow_at_once(engine, given):
    """Exit code 2: the variants' contigs are not those of the reference."""
    other = given.folder / "other.fa"
    inputs.write_genome(other, {"scaffold_9": 3000})
    bad = {"sample": "bad", "input": given.variants.name, "reference": other.name}
    sheet = inputs.write_sheet(given.folder / "contigs.csv", [bad])
    done = engine.run(*engine.annotate(sheet, shards=2), code=None)
    check_refused(engine, done, NO_CONTIG, shards=2)


def check_refused(engine, done, sentence, shards):
    assert done.code != 0, done.log
    assert sentence in done.log, done.log
    assert "vio-annotate: error: " in done.log
    for i in range(1, shards + 1):
        assert engine.attempts(f"--shard {i}/{shards}") <= 1, "a retry that can't help"
    assert engine.attempts("--shard") >= 1
    assert not list((engine.folder / "results").glob("bad.*")), "no result of a failed sample"


FULL_DEVICE = """#!/bin/sh
case "$*" in *--version* | *--merge-stats*) exec {program} "$@" ;; esac
echo "$*" >> {journal}
size=$(echo "$*" | sed -n 's/.*--batch-size \\([0-9]*\\).*/\\1/p')
if [ "${{size:-1000}}" -gt 100 ]; then
  echo "vio-annotate: error: the device is full" >&2
  exit 104
fi
exec {program} "$@"
"""


def test_a_full_device_is_retried_with_smaller_batches(engine, given, single, program):
    """The device is played by a script in vio-annotate's place: it has no room for 100 windows."""
    played = engine.folder / "bin/vio-annotate"
    played.write_text(FULL_DEVICE.format(program=program, journal=engine.journal))
    sheet = inputs.write_sheet(given.folder / "full.csv", [{"sample": "windows", "input": given.genome.name}])
    done = engine.run(*engine.annotate(sheet, shards=1, batch_size=300))
    sizes = [engine.attempts(f"--batch-size {size} ") for size in (300, 150, 75)]
    assert sizes == [1, 1, 1], done.log
    assert plain(engine.folder / "results/windows.tsv.gz") == single(given.genome, "tsv.gz")


def test_a_killed_engine_goes_on_where_it_was(engine, given, slow_sheet, single):
    """The engine and all it started are killed outright while the slow sample is at work."""
    arguments = engine.annotate(slow_sheet, shards=3, extra=SLOW)
    running = engine.start(*arguments)
    finished = engine.wait_for(lambda: engine.processes("slow.fa") and engine.finished("slow"))
    time.sleep(2)  # until the engine has also written down what it has seen
    for pid in engine.processes():
        os.kill(pid, signal.SIGKILL)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    engine.wait_for(lambda: not engine.processes())

    engine.unlock(*arguments)
    done = engine.run(*arguments, *engine.resume)
    check_slow_results(engine, given, single)
    for shard in finished:
        assert engine.attempts("slow.fa", f"--shard {shard}/3") == 1, done.log
