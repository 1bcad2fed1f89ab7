"""Files that others wrote: the examples of Bowtie 2 and the tests of HTSlib and SAMtools."""

import gzip
import pathlib

import pytest

import oracle
from harness import annotate, check_rows_against_stats

FOLDERS = [
    "/usr/share/doc/bowtie2/examples",
    "/usr/share/htslib-test/test",
    "/usr/share/samtools/test",
]
SUFFIXES = (".fa", ".fasta", ".fq", ".fastq")

# `samtools dict` is tested on a contig full of control bytes. In a file of sequences they are
# damage, and silently dropping them would shift coordinates (docs/decisions.md).
REFUSED = {"dict.fa": "holds byte 0x02"}


def found():
    files = (
        path for folder in FOLDERS for path in pathlib.Path(folder).rglob("*") if path.is_file()
    )
    return sorted(
        path
        for path in files
        if path.name.removesuffix(".gz").endswith(SUFFIXES) and path.stat().st_size
    )


def text_of(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def records_of(path):
    data = text_of(path)
    return oracle.read_fasta(data) if data.lstrip()[:1] == b">" else oracle.read_fastq(data)


def test_there_are_some():
    if not found():
        pytest.skip("install bowtie2-examples, htslib-test and samtools-test to try real files")


@pytest.mark.parametrize(
    "path", [path for path in found() if path.name not in REFUSED], ids=lambda path: path.name
)
def test_every_record_and_window_is_there(path, fixed_model):
    records = records_of(path)
    options = ["--stride", 200] if path.stat().st_size > 100_000 else []
    run = annotate("--engine", "reference", "-m", fixed_model, *options, path)
    assert run.stats["records"]["read"] == len(records) == count_by_pysam(path, len(records))
    expected = oracle.expected_windows(records, 32, 200 if options else 32)
    oracle.check_window_rows(run.table(), expected)
    check_rows_against_stats(run.table(), run.stats)
    piped = annotate("--engine", "reference", "-m", fixed_model, *options, data=path.read_bytes())
    assert piped.stdout == run.stdout


@pytest.mark.parametrize(
    "path", [path for path in found() if path.name in REFUSED], ids=lambda path: path.name
)
def test_control_bytes_are_refused(path, fixed_model):
    run = annotate("--engine", "reference", "-m", fixed_model, path, check=False)
    assert run.code == 3
    assert REFUSED[path.name] in run.stderr


def count_by_pysam(path, fallback):
    try:
        import pysam
    except ImportError:
        return fallback
    with pysam.FastxFile(str(path)) as records:
        return sum(1 for _ in records)
