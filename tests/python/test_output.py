"""An output appears under its name only when it is whole, and never at the cost of another file."""

import os
import signal
import stat
import subprocess
import time

import pytest

import oracle
from harness import (
    SECONDS,
    annotate,
    assert_refused,
    binary,
    default_signals,
    fasta,
    left_in,
    limit_file_size,
    sentence_of,
    wait_until,
)

BIG = fasta(oracle.random_records(61, [400_000]))


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def common(fixed_model):
    return ["--engine", "reference", "-m", fixed_model]


def test_the_old_output_stays_until_the_new_one_is_whole(common, folder):
    out = folder / "x.tsv"
    out.write_text("old\n")
    assert_refused(annotate(*common, "-o", out, data=BIG + b"<oops>\n", check=False), 3)
    assert out.read_text() == "old\n" and left_in(folder) == ["x.tsv"]
    annotate(*common, "-o", out, data=b">a\nACGT\n")
    assert out.read_text().startswith("#seq_id") and left_in(folder) == ["x.tsv"]


def test_permissions_of_an_output_are_those_of_any_new_file(common, folder):
    annotate(
        *common, "-o", folder / "x.tsv", data=b">a\nACGT\n", preexec_fn=lambda: os.umask(0o022)
    )
    assert stat.S_IMODE((folder / "x.tsv").stat().st_mode) == 0o644


@pytest.mark.parametrize("form", ["v", "z"])
def test_full_device_as_output(form, common, full_device):
    for data in (b">a\nACGT\n", BIG):
        run = annotate(
            *common, "-O", "t" if form == "v" else form, "-o", full_device, data=data, check=False
        )
        assert_refused(run, 1)
        assert stat.S_ISCHR(os.stat(full_device).st_mode), "the device was replaced by a file"


@pytest.mark.parametrize("data", [b">a\nACGT\n", BIG], ids=["small", "big"])
def test_full_device_as_standard_output(data, common, full_device):
    with open(full_device, "wb") as full:
        done = subprocess.run(
            [binary(), *map(str, common)],
            input=data,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
        )
    assert done.returncode == 1
    assert "standard output" in sentence_of(done.stderr.decode())


@pytest.mark.parametrize("name", ["x.tsv", "x.tsv.gz"])
def test_a_disk_that_fills_up_midway(name, common, folder):
    run = annotate(*common, "-o", folder / name, data=BIG, check=False, preexec_fn=limit_file_size)
    assert_refused(run, 1)
    assert left_in(folder) == []


@pytest.mark.parametrize("option", ["-o", "--stats", "--skipped"])
@pytest.mark.parametrize("place", ["/proc/x.tsv", "{absent}/x.tsv", "{folder}"])
def test_a_place_that_cannot_be_written(option, place, common, folder):
    target = place.format(absent=folder / "absent", folder=folder)
    done = subprocess.run(
        [binary(), *map(str, common), option, target],
        input=b">a\nACGT\n",
        capture_output=True,
        timeout=SECONDS,
    )
    assert done.returncode in (1, 2)
    assert target in sentence_of(done.stderr.decode())
    assert left_in(folder) == []


def test_the_input_is_never_its_own_output(common, folder):
    path = folder / "in.fa"
    path.write_bytes(b">a\nACGT\n")
    run = annotate(*common, "-o", path, path, check=False)
    assert_refused(run, 2)
    assert path.read_bytes() == b">a\nACGT\n"


def test_head_ends_quietly(common, tmp_path):
    source = tmp_path / "in.fa"
    source.write_bytes(BIG)
    pipe = f"set -o pipefail; '{binary()}' {' '.join(map(str, common))} -q '{source}' | head -1"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, timeout=SECONDS)
    assert done.returncode == 0 and done.stderr == b""
    assert done.stdout.startswith(b"#seq_id") and done.stdout.count(b"\n") == 1


def test_a_closed_standard_output_harms_no_file(common, tmp_path):
    source = tmp_path / "in.fa"
    source.write_bytes(BIG)
    command = f"'{binary()}' {' '.join(map(str, common))} '{source}' >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=SECONDS)
    assert done.returncode == 1 and b"vio-annotate: error: " in done.stderr
    assert source.read_bytes() == BIG


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
@pytest.mark.parametrize("name", ["x.tsv", "x.tsv.gz"])
def test_a_signal_while_the_pipe_is_open(number, name, common, folder, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [binary(), *map(str, common), "-o", str(folder / name)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=default_signals,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    child.stdin.write(BIG)
    child.stdin.flush()
    wait_until(lambda: left_in(folder))
    time.sleep(0.2)  # by now it waits for more input
    child.send_signal(number)
    code = child.wait(timeout=20)
    output, messages = child.stdout.read(), child.stderr.read().decode()
    child.stdin.close()
    assert code in (128 + number, -number), "a shell must see 128 + n"
    assert output == b""
    if messages:
        sentence_of(messages)
    assert left_in(folder) == [] and left_in(scratch) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_a_signal_while_scoring(number, common, folder, tmp_path):
    source = tmp_path / "in.fa"
    source.write_bytes(BIG * 50)
    command = [
        binary(),
        *map(str, common),
        "--stride",
        "1",
        "-o",
        str(folder / "x.tsv"),
        str(source),
    ]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=default_signals)
    wait_until(lambda: left_in(folder))
    time.sleep(0.2)
    child.send_signal(number)
    begun = time.monotonic()
    code = child.wait(timeout=20)
    assert code in (128 + number, -number) and time.monotonic() - begun < 5
    assert left_in(folder) == []
