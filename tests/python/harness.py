"""Runs the real vio-annotate and reads what it says, as a user's script would.

Every run asks for --stats, and every stats file is checked: whatever a test is about, accounts that
do not balance fail it.
"""

import collections
import gzip
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass

PROGRAM = "vio-annotate"
ENGINES = os.environ.get("VIO_ENGINES", "reference,torch").split(",")
SECONDS = 120
BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def binary():
    folder = os.environ.get("VIO_BIN_DIR")
    assert folder, "set VIO_BIN_DIR to the folder of the built vio-annotate"
    return str(pathlib.Path(folder) / PROGRAM)


@dataclass(frozen=True)
class Run:
    """What one run left behind."""

    code: int
    stdout: bytes
    stderr: str
    stats: dict | None

    def table(self):
        return Table(self.stdout)


class Table:
    """A TSV with one header line that starts with '#'."""

    def __init__(self, data):
        text = data.decode("utf-8")
        assert text.endswith("\n"), "a table ends with a line end"
        lines = text[:-1].split("\n")
        assert lines[0].startswith("#"), f"no header line: {lines[0]!r}"
        self.columns = lines[0][1:].split("\t")
        self.rows = []
        for line in lines[1:]:
            fields = line.split("\t")
            assert len(fields) == len(self.columns), f"a ragged row: {line!r}"
            self.rows.append(dict(zip(self.columns, fields)))

    @property
    def classes(self):
        return [name[2:] for name in self.columns if name.startswith("p_")]

    def probabilities(self, row):
        return [float(row["p_" + name]) for name in self.classes]


def annotate(*args, data=None, check=True, **options):
    """Runs vio-annotate. `data` is its standard input; `check` demands success."""
    with tempfile.TemporaryDirectory() as folder:
        stats_file = pathlib.Path(folder) / "stats.json"
        command = [binary(), *map(str, args), "--stats", str(stats_file)]
        given = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, **given, **options)
        stats = json.loads(stats_file.read_text()) if stats_file.exists() else None
    run = Run(done.returncode, done.stdout, done.stderr.decode(errors="backslashreplace"), stats)
    if check:
        assert run.code == 0, f"{' '.join(command)} ended with {run.code}: {run.stderr}"
        assert stats is not None, "no stats file"
        check_accounts(run.stats)
    return run


def annotate_bare(*args, **options):
    """Runs vio-annotate without --stats, for what is not a scoring run."""
    done = subprocess.run(
        [binary(), *map(str, args)],
        capture_output=True,
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
        **options,
    )
    return Run(done.returncode, done.stdout, done.stderr.decode(), None)


def check_accounts(stats):
    """read = scored + skipped, at every level."""
    for level in ("records", "windows", "alleles"):
        if level == "alleles" and level not in stats:
            continue  # only variants have them
        account = stats[level]
        skipped = account["skipped"]
        assert all(count > 0 for count in skipped.values()), f"{level}: an empty reason {skipped}"
        assert account["read"] == account["scored"] + sum(skipped.values()), f"{level}: {account}"
    assert stats["input"]["records"] == stats["records"]["read"]
    if "alleles" in stats:
        check_variant_accounts(stats)
    assert (stats["positions"]["requested"] > 0) == (stats["windows"]["scored"] > 0)
    assert (stats["positions"]["computed"] > 0) == (stats["windows"]["scored"] > 0)
    assert stats["peak_memory_bytes"] > 1_000_000
    assert stats["seconds"]["total"] > 0


def check_variant_accounts(stats):
    """A record has one allele at least, and is scored if one of them is, with a window of its own
    beside REF's."""
    records, alleles, windows = stats["records"], stats["alleles"], stats["windows"]
    assert records["read"] <= alleles["read"] and records["scored"] <= alleles["scored"]
    assert set(records["skipped"]) <= set(alleles["skipped"])
    assert windows["read"] == windows["scored"] == records["scored"] + alleles["scored"]


def check_rows_against_stats(table, stats):
    """The rows of a `--by window` table are exactly the windows of the accounts."""
    ends = collections.Counter(row["status"] for row in table.rows)
    assert ends.pop("OK", 0) == stats["windows"]["scored"]
    assert dict(ends) == stats["windows"]["skipped"]
    assert len(table.rows) == stats["windows"]["read"]


def sentence_of(messages):
    """The one error among the messages of a failed run, which comes last."""
    *others, error = messages.splitlines() or [""]
    gentle = (f"{PROGRAM}: info: ", f"{PROGRAM}: warning: ")
    assert all(line.startswith(gentle) for line in others), messages
    prefix = PROGRAM + ": error: "
    assert error.startswith(prefix), messages
    return error[len(prefix) :]


def assert_refused(run, code):
    """The promised exit code, and one sentence that a user can act on."""
    assert run.code == code, f"ended with {run.code}, not {code}: {run.stderr}"
    sentence = sentence_of(run.stderr)
    assert sentence.isprintable(), f"not for a terminal: {sentence!r}"
    assert len(sentence.split()) >= 5, sentence
    for leak in ("terminate called", "std::", "what():", ".cpp", "Backtrace"):
        assert leak not in sentence, sentence
    if run.stdout:
        Table(run.stdout)  # rows written before the fault was met, each of them whole


def left_in(folder):
    """Names of everything in a folder, hidden files included."""
    return sorted(entry.name for entry in pathlib.Path(folder).iterdir())


def body(data):
    """A table without its header, as gathered shards are compared."""
    return b"".join(line for line in data.splitlines(True) if not line.startswith(b"#"))


def default_signals():
    """For preexec_fn: a shell that runs us in the background would leave SIGINT ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def limit_file_size():
    """For preexec_fn: a disk that is full after 20 kB."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def wait_until(condition):
    """Polls; nothing tells a test when another program has come so far."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


# --- writing inputs ---------------------------------------------------------------------------


def fasta(records, width=60, end="\n"):
    lines = []
    for name, sequence in records:
        lines.append(">" + name)
        lines += [sequence[i : i + width] for i in range(0, len(sequence), width)]
    return (end.join(lines) + end).encode()


def fastq(records, end="\n"):
    return "".join(
        f"@{name}{end}{sequence}{end}+{end}{'I' * len(sequence)}{end}" for name, sequence in records
    ).encode()


def bgzip(data, block=4000):
    """BGZF as the SAM specification has it, in small blocks so that there are many."""
    import struct
    import zlib

    blocks = []
    for begin in range(0, len(data), block):
        piece = data[begin : begin + block]
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(piece) + packer.flush()
        head = struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(packed) + 25)
        blocks.append(head + packed + struct.pack("<II", zlib.crc32(piece), len(piece)))
    return b"".join(blocks) + BGZF_END


def packed(data, kind):
    return {
        "plain": lambda: data,
        "gzip": lambda: gzip.compress(data),
        "bgzip": lambda: bgzip(data),
    }[kind]()
