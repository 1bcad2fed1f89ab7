"""Input that is not what it seems: the promised code, one sentence, nothing left behind."""

import gzip
import os
import subprocess

import pytest

import oracle
from harness import (
    BGZF_END,
    SECONDS,
    annotate,
    assert_refused,
    bgzip,
    binary,
    fasta,
    fastq,
    left_in,
)
from harness import packed, sentence_of

RECORDS = oracle.random_records(51, [300, 500, 0, 4000, 40])
FASTA, FASTQ = fasta(RECORDS), fastq(RECORDS)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256))

MALFORMED = {
    "empty.fa": b"",
    "blank.fa": b"\n\n  \n",
    "empty.fa.gz": gzip.compress(b""),
    "empty.fa.bgz": BGZF_END,
    "page.fa": b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n",
    "page.fa.gz": gzip.compress(b"<html><head></head></html>\n"),
    "picture.fa": PNG,
    "text.fa": b"once upon a time\nthere was a sequence\n",
    "json.fa": b'{"seq": "ACGT"}\n',
    "html_after_records.fa": b">a\nACGT\n<html>gateway timeout</html>\n",
    "digits.fa": b">a\nACGT\nAC7T\n",
    "nul.fa": b">a\nAC\0GT\n",
    "late_nul.fa": FASTA + b">z\n" + b"ACGT" * 50_000 + b"\0\n",
    "no_header.fa": b"ACGT\nACGT\n",
    "no_plus.fq": b"@a\nACGT\nIIII\n@b\nAC\n+\nII\n",
    "short_quality.fq": b"@a\nACGT\n+\nIII\n@b\nAC\n+\nII\n",
    "long_quality.fq": b"@a\nACGT\n+\nIIIII\n@b\nAC\n+\nII\n",
    "cut_after_name.fq": FASTQ + b"@last\n",
    "cut_in_sequence.fq": FASTQ + b"@last\nACG",
    "cut_after_plus.fq": FASTQ + b"@last\nACGT\n+\n",
    "cut_in_quality.fq": FASTQ + b"@last\nACGT\n+\nII",
    "fasta_in_fastq.fq": FASTQ + b">last\nACGT\n",
}


def truncated():
    """Compressed files cut at every kind of place."""
    plain, blocks = gzip.compress(FASTA), bgzip(FASTA, 1000)
    half = len(plain) // 2
    for name, size in (
        ("header", 5),
        ("half", half),
        ("data_end", len(plain) - 9),
        ("crc", len(plain) - 6),
        ("length", len(plain) - 1),
    ):
        yield f"gzip_{name}.fa.gz", plain[:size]
    second = gzip.compress(FASTQ)
    yield "second_member.fq.gz", second + second[: len(second) - 20]
    for name, size in (
        ("half", len(blocks) // 2),
        ("last_byte", len(blocks) - 1),
        ("no_end_marker", len(blocks) - len(BGZF_END)),
    ):
        yield f"bgzf_{name}.fa.gz", blocks[:size]
    block_end = blocks.index(b"\x1f\x8b\x08\x04", 100)
    yield "bgzf_at_a_block.fa.gz", blocks[:block_end]
    for name, data in (("gzip", plain), ("bgzf", blocks)):
        yield f"{name}_flipped.fa.gz", data[:half] + bytes([data[half] ^ 0x55]) + data[half + 1 :]
    yield "gzip_rubbish_after.fa.gz", plain + b"rubbish after the end of the stream"


ALL = MALFORMED | dict(truncated())


@pytest.mark.parametrize("way", ["file", "pipe"])
@pytest.mark.parametrize("name", ALL)
def test_refused_with_a_sentence(name, way, fixed_model, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    path = tmp_path / name
    path.write_bytes(ALL[name])
    given = {"data": ALL[name]} if way == "pipe" else {}
    source = [] if way == "pipe" else [path]
    common = ["--engine", "reference", "-m", fixed_model]
    to_file = annotate(*common, "-o", folder / "x.tsv", *source, check=False, **given)
    assert_refused(to_file, 3)
    assert to_file.stdout == b"" and left_in(folder) == []
    assert (name if way == "file" else "standard input") in to_file.stderr
    assert_refused(annotate(*common, *source, check=False, **given), 3)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_truncation_is_seen_by_every_number_of_threads(threads, fixed_model, tmp_path):
    path = tmp_path / "cut.fa.gz"
    path.write_bytes(bgzip(FASTA * 20, 1000)[: -len(BGZF_END)])
    run = annotate("--engine", "reference", "-m", fixed_model, "-@", threads, path, check=False)
    assert_refused(run, 3)


@pytest.mark.parametrize(
    "data,record,line",
    [
        (b">a\nACGT\n>bad one\nACGT\nAC7T\n", "bad", "5"),
        (b"@a\nAC\n+\nII\n@bad\nACGT\n+\nIIIII\n", "bad", "8"),
    ],
)
def test_the_sentence_names_record_and_line(data, record, line, fixed_model):
    run = annotate("--engine", "reference", "-m", fixed_model, data=data, check=False)
    assert_refused(run, 3)
    assert record in run.stderr and line in run.stderr


@pytest.mark.parametrize("kind", ["plain", "gzip", "bgzip"])
def test_several_members_and_odd_but_legal_files(kind, fixed_model):
    """Joined gzip members, a BOM, CRLF, blank lines, a header at the end: none may be refused."""
    data = b"\xef\xbb\xbf\r\n>a\r\nAC\r\n\r\nGT\r\n>b x\r\n"
    run = annotate("--engine", "reference", "-m", fixed_model, data=packed(data, kind))
    assert [(r["seq_id"], r["length"], r["status"]) for r in run.table().rows] == [
        ("a", "4", "OK"),
        ("b", "0", "EMPTY"),
    ]
    joined = packed(b">a\nACGT\n", kind) + packed(b">b\nACG\n", kind)
    run = annotate("--engine", "reference", "-m", fixed_model, data=joined)
    assert [r["length"] for r in run.table().rows] == ["4", "3"]


def test_variants_without_their_reference_are_named(fixed_model):
    vcf = b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    run = annotate("--engine", "reference", "-m", fixed_model, data=vcf, check=False)
    assert_refused(run, 2)
    assert "VCF" in run.stderr and "-f" in run.stderr


def test_missing_and_unreadable_input(fixed_model, tmp_path):
    common = ["--engine", "reference", "-m", fixed_model]
    run = annotate(*common, tmp_path / "absent.fa", check=False)
    assert_refused(run, 2)
    assert "absent.fa" in run.stderr
    assert_refused(annotate(*common, tmp_path, check=False), 2)


def test_an_index_older_than_its_file(fixed_model, tmp_path):
    path = tmp_path / "ref.fa"
    path.write_bytes(FASTA)
    index = tmp_path / "ref.fa.fai"
    index.write_text("rec0\t999999\t6\t60\t61\n")
    os.utime(index, (1, 1))
    run = annotate("--engine", "reference", "-m", fixed_model, "-r", "rec0", path, check=False)
    assert_refused(run, 3)
    assert "ref.fa" in run.stderr


def test_a_gzipped_reference_is_refused_with_the_remedy(fixed_model, tmp_path):
    path = tmp_path / "ref.fa.gz"
    path.write_bytes(gzip.compress(FASTA))
    run = annotate("--engine", "reference", "-m", fixed_model, "-r", "rec0", path, check=False)
    assert run.code in (2, 3)
    assert_refused(run, run.code)
    assert "bgzip" in run.stderr


def test_a_closed_standard_input(fixed_model):
    command = f"'{binary()}' --engine reference -m '{fixed_model}' <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=SECONDS)
    assert done.returncode in (2, 3)
    assert "standard input" in sentence_of(done.stderr.decode())
