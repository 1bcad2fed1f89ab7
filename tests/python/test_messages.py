"""What the program says on standard error and in its reports, and what it says when asked."""

import gzip
import hashlib
import os
import pty
import re
import subprocess

import pytest

import oracle
from harness import SECONDS, annotate, annotate_bare, assert_refused, binary, fasta


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.fa"
    path.write_text(">c\nACGTACGT\n")
    return path


def read_terminal(primary):
    """All that a program wrote to its terminal."""
    written = b""
    while True:
        try:
            piece = os.read(primary, 4096)
        except OSError:  # how Linux says that the other side was closed
            return written.decode()
        if not piece:
            return written.decode()
        written += piece


def test_a_progress_bar_on_a_terminal_only(fixed_model, tmp_path):
    path = tmp_path / "in.fa"
    path.write_bytes(fasta(oracle.random_records(101, [100_000])))
    command = [
        binary(),
        "--engine",
        "reference",
        "-m",
        str(fixed_model),
        "--stride",
        "1",
        str(path),
    ]
    try:
        primary, secondary = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be made here: {error}")
    with open(tmp_path / "out.tsv", "wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=secondary, stdin=subprocess.DEVNULL)
        os.close(secondary)
        written = read_terminal(primary)
        assert child.wait(timeout=SECONDS) == 0
    os.close(primary)
    assert "\r" in written and "%" in written, written
    summary = written.split("\r")[-2]
    assert "windows" in summary and "scored" in summary
    assert (tmp_path / "out.tsv").read_bytes() == annotate(*command[1:]).stdout


@pytest.mark.parametrize("name", [b"\x1b[31mred", b"\xff\xfe", b"\x07bell"])
def test_names_cannot_write_to_the_terminal(name, fixed_model):
    """An error that quotes its input stays one printable line."""
    command = ["--engine", "reference", "-m", fixed_model]
    run = annotate(*command, data=b">" + name + b"\nAC7T\n", check=False)
    assert_refused(run, 3)


def test_help_and_version():
    version = annotate_bare("--version").stdout.decode()
    assert re.match(r"vio-annotate \d+\.\d+\.\d+\n", version) and "HTSlib" in version
    described = annotate_bare("--help")
    assert described.code == 0 and described.stderr == ""
    for option in (
        "--model",
        "--window",
        "--stride",
        "--min-len",
        "--by",
        "--strand",
        "--threads",
        "--engine",
        "--device",
        "--batch-size",
        "--shard",
        "--regions",
        "--output",
        "--write-index",
        "--stats",
        "--skipped",
        "--max-skipped-frac",
    ):
        assert option in described.stdout.decode(), option


def test_models_are_listed_and_described(fixed_model):
    listed = annotate_bare("--list-models")
    lines = [line.split("\t") for line in listed.stdout.decode().splitlines()]
    assert listed.code == 0 and len(lines[0]) == 7
    rows = {line[0]: dict(zip(lines[0], line)) for line in lines[1:]}
    assert rows["vio-v1"]["window"] == "1000" and rows["vio-v1"]["classes"] == "9"
    assert rows["vio-v1"]["score"].startswith("accuracy 0.611 [")
    assert rows["vio-v1"]["measured_on"] == "1665 test rows"
    described = annotate_bare("--describe-model", "-m", fixed_model)
    assert described.code == 0
    for text in ("alpha", "beta", "gamma", "32"):
        assert text in described.stdout.decode()


def test_quiet_means_quiet(source, fixed_model):
    run = annotate("-q", "-m", fixed_model, "--engine", "reference", source)
    assert run.stderr == ""
    wrong = annotate("-q", "-m", fixed_model, "--engine", "reference", "absent.fa", check=False)
    assert_refused(wrong, 2)


def test_the_summary_says_what_was_done(fixed_model):
    data = b">a\n" + b"ACGT" * 20 + b"\n>b\n\n>c\nA\n"
    run = annotate("-m", fixed_model, "--engine", "reference", "--min-len", 2, data=data)
    summary = run.stderr.splitlines()[-1]
    for text in ("3", "EMPTY", "TOO_SHORT", "reference", "cpu"):
        assert text in summary, summary
    assert "\r" not in run.stderr and "\x1b" not in run.stderr, "a progress bar is for terminals"


def test_auto_says_what_it_chose(source, fixed_model):
    run = annotate("-m", fixed_model, source)
    chosen = run.stderr.splitlines()[0]
    assert run.stats["engine"] in chosen and run.stats["device"] in chosen
    assert run.stats["engine"] != "auto" and run.stats["device"] != "auto"


def test_skipped_table_and_limit(fixed_model, tmp_path):
    data = b">a\n" + b"ACGT" * 9 + b"\n>b\n\n>c\nA\n"
    skipped = tmp_path / "skipped.tsv"
    common = ["-m", fixed_model, "--engine", "reference", "--min-len", 5, "--skipped", skipped]
    run = annotate(*common, data=data)
    lines = [line.split("\t") for line in skipped.read_text().splitlines()]
    assert lines[0] == ["#seq_id", "start", "end", "status", "reason"]
    missed = [
        [row[key] for key in ("seq_id", "start", "end", "status")]
        for row in run.table().rows
        if row["status"] != "OK"
    ]
    assert [line[:4] for line in lines[1:]] == missed and len(missed) == 3
    assert all(len(line) == 5 and line[4] for line in lines)
    over = annotate(*common, "--max-skipped-frac", 0.5, data=data, check=False)
    assert_refused(over, 4)
    annotate(*common, "--max-skipped-frac", 0.8, data=data)


def test_stats_say_what_ran(fixed_model, tmp_path):
    source = tmp_path / "in.fa.gz"

    source.write_bytes(gzip.compress(b">a\nACGT\n"))
    stats = annotate("-m", fixed_model, "--engine", "reference", "-@", 3, source).stats
    assert stats["model"]["sha256"] == hashlib.sha256(fixed_model.read_bytes()).hexdigest()
    assert (stats["engine"], stats["device"], stats["threads"]) == ("reference", "cpu", 3)
    assert "--engine reference" in stats["command"] and re.match(r"\d+\.\d+", stats["version"])
    assert stats["input"] == {"path": str(source), "format": "fasta", "records": 1}
    assert set(stats["seconds"]) == {"total", "reading", "scoring", "writing"}
