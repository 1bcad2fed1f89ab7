"""Peak memory does not grow with the input: 250 Mb in one contig against a small file."""

import os
import pathlib
import random
import subprocess

import pytest

from harness import SECONDS, binary, check_accounts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("VIO_SANITIZE")), reason="sanitizers hold memory back"),
    pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs Linux's /proc"),
]

MEGABYTE = 1_000_000
LONGEST = 250


def high_water(process):
    """Peak resident bytes of a program that still runs."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


def peak_of(megabases, line_width, model, folder, *options):
    """Peak memory with everything but the end of the input read; and what the stats say of it."""
    import json

    text = "".join(random.Random(81).choices("ACGTN", k=MEGABYTE))
    if line_width:
        text = "".join(text[i : i + line_width] + "\n" for i in range(0, len(text), line_width))
    stats = folder / "stats.json"
    command = [
        binary(),
        "--engine",
        "reference",
        "-m",
        str(model),
        "-@",
        "2",
        "--stats",
        str(stats),
        "-o",
        str(folder / "x.tsv"),
        *map(str, options),
    ]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    child.stdin.write(b">chr1 of many bases\n")
    for _ in range(megabases):
        child.stdin.write(text.encode())
    child.stdin.flush()
    peak = high_water(child)
    _, messages = child.communicate(timeout=SECONDS)
    assert child.returncode == 0, messages
    said = json.loads(stats.read_text())
    check_accounts(said)
    return peak, said, (folder / "x.tsv").read_text().splitlines()[-1].split("\t")


@pytest.mark.parametrize("line_width", [0, 60], ids=["one_line", "lines_of_60"])
def test_a_long_contig_from_a_pipe(line_width, fixed_model, tmp_path):
    options = ["--stride", 100_003]
    small, *_ = peak_of(1, line_width, fixed_model, tmp_path, *options)
    large, stats, last = peak_of(LONGEST, line_width, fixed_model, tmp_path, *options)
    assert int(last[2]) > (LONGEST - 1) * MEGABYTE, "the contig was not read to its end"
    assert stats["records"]["read"] == 1
    assert stats["windows"]["read"] == -(-LONGEST * MEGABYTE // 100_003)
    assert large - small < 100 * MEGABYTE, f"{small} and {large} bytes"
    assert abs(stats["peak_memory_bytes"] - large) < 16 * MEGABYTE, "not the program's own peak"


def test_a_slow_engine_holds_reading_back(fixed_model, tmp_path):
    """Windows on every tenth base score far slower than reading: what waits must be bounded."""
    small, *_ = peak_of(1, 60, fixed_model, tmp_path, "--stride", 1000)
    large, stats, _ = peak_of(8, 60, fixed_model, tmp_path, "--stride", 50)
    assert stats["windows"]["read"] == 160_000
    assert large - small < 100 * MEGABYTE, f"{small} and {large} bytes"
