"""VCF and BCF that are not what they seem: the promised code, one sentence, nothing left behind."""

import gzip
import os
import pathlib
import re
import shutil
import tempfile
from dataclasses import replace

import pytest

from harness import BGZF_END, assert_refused, bgzip, left_in
from variant_files import Site, annotate_variants, bcftools, in_order, vcf, write_variants
from variant_files import needs_bcftools, write_genome
from variant_random import random_sites

FOLDER = tempfile.TemporaryDirectory()
REFERENCE, GENOME = write_genome(pathlib.Path(FOLDER.name) / "ref.fa")
SITES = in_order(random_sites(91, GENOME, 200), GENOME)
HEADER = vcf([], GENOME)
GT = '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">'
CALLED = vcf(
    [Site(s.chrom, s.pos, s.ref, s.alt, samples=("GT", "0/1", "1/1")) for s in SITES],
    GENOME,
    [GT],
    ["a", "b"],
)
TEXT = vcf(SITES, GENOME)
GOOD = b"long\t7\t.\tA\tC\t.\t.\t.\n"
COLUMNS = HEADER[HEADER.index(b"#CHROM") :]

MALFORMED = {
    "empty.vcf": b"",
    "empty.vcf.gz": BGZF_END,
    "no_columns_line.vcf": TEXT.replace(COLUMNS, b""),
    "only_meta_lines.vcf": HEADER[: -len(COLUMNS)],
    "cut_in_the_columns_line.vcf": HEADER[:-9],
    "pos_negative.vcf": HEADER + GOOD + GOOD.replace(b"7", b"-7"),
    "pos_text.vcf": HEADER + GOOD + GOOD.replace(b"7", b"seven"),
    "pos_fraction.vcf": HEADER + GOOD + GOOD.replace(b"7", b"7.5"),
    "pos_missing.vcf": HEADER + GOOD + GOOD.replace(b"\t7\t", b"\t.\t"),
    "pos_huge.vcf": HEADER + GOOD + GOOD.replace(b"7", b"7" * 30),
    "two_columns.vcf": HEADER + GOOD + b"long\t9\n",
    "four_columns.vcf": HEADER + GOOD + b"long\t9\t.\tA\n",
    "blanks_for_tabs.vcf": HEADER + GOOD.replace(b"\t", b" "),
    "html_after_records.vcf": TEXT + b"<html>gateway timeout</html>\n",
    "fasta_after_records.vcf": TEXT + b">seq\n",
    "samples_missing.vcf": CALLED + b"long\t9\t.\tA\tC\t.\t.\t.\tGT\t0/1\n",
    "cut_in_samples.vcf": CALLED + b"long\t9\t.\tA\tC\t.\t.\t.\tGT\t0/1",
    "cut_in_a_record.vcf": TEXT + b"long\t9\t.",
    "nul.vcf": HEADER + GOOD + b"long\t9\t.\tA\0\tC\t.\t.\t.\n" + GOOD,
}


def middles_of_blocks(data):
    """A place inside each of the first blocks of BGZF, and of the last that holds anything."""
    begins = [match.start() for match in re.finditer(re.escape(BGZF_END[:4]), data)]
    middles = [(begin + end) // 2 for begin, end in zip(begins, begins[1:])]
    return [*middles[:3], *middles[3:][-1:]]


def damaged():
    """Compressed files cut at every kind of place, and with a byte changed in several."""
    packed = {"vcf.gz": bgzip(TEXT, 1000)}
    plain = gzip.compress(TEXT)
    for name, size in (("half", len(plain) // 2), ("crc", len(plain) - 6), ("end", len(plain) - 1)):
        yield f"gzip_{name}.vcf.gz", plain[:size]
    if shutil.which("bcftools"):
        packed["bcf"] = bcftools("view", "--no-version", "-Ob", data=TEXT)
        yield "uncompressed.bcf", bcftools("view", "--no-version", "-Ou", data=TEXT)[:-400]
    for suffix, data in packed.items():
        for share in range(1, 16):
            yield f"bgzf_{share}_16.{suffix}", data[: len(data) * share // 16]
        yield f"bgzf_last_byte.{suffix}", data[:-1]
        yield f"bgzf_no_end_marker.{suffix}", data[: -len(BGZF_END)]
        for number, at in enumerate(middles_of_blocks(data)):
            flipped = bytes([data[at] ^ 0x55])
            yield f"bgzf_flipped_{number}.{suffix}", data[:at] + flipped + data[at + 1 :]
        yield f"bgzf_rubbish_after.{suffix}", data + b"rubbish after the end"
    blocks = packed["vcf.gz"]
    for name, begin in (("first", 100), ("later", len(blocks) // 2)):
        yield f"bgzf_at_a_{name}_block.vcf.gz", blocks[: blocks.index(BGZF_END[:4], begin)]


ALL = MALFORMED | dict(damaged())


@pytest.mark.parametrize("way", ["file", "pipe"])
@pytest.mark.parametrize("name", ALL)
def test_refused_with_a_sentence(name, way, fixed_model, tmp_path):
    folder, path = tmp_path / "out", tmp_path / name
    folder.mkdir()
    path.write_bytes(ALL[name])
    given = {"data": ALL[name]} if way == "pipe" else {}
    source = [] if way == "pipe" else [path]
    out = folder / "x.vcf.gz"
    options = ["-@", 2, "-o", out, *source]
    run = annotate_variants(fixed_model, REFERENCE, *options, check=False, **given)
    assert_refused(run, 3)
    assert run.stdout == b"" and left_in(folder) == []
    assert (name if way == "file" else "standard input") in run.stderr


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("form", ["t", "v", "b"])
def test_truncation_is_seen_whatever_is_written(form, threads, fixed_model, tmp_path):
    path = tmp_path / "cut.vcf.gz"
    path.write_bytes(bgzip(TEXT, 1000)[: -len(BGZF_END)])
    options = ["-@", threads, "-O", form, "-o", tmp_path / "out"]
    assert_refused(annotate_variants(fixed_model, REFERENCE, *options, path, check=False), 3)
    assert left_in(tmp_path) == ["cut.vcf.gz"]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.replace(b"\n", b"\r\n"),
        TEXT[:-1],
        gzip.compress(TEXT[:3000]) + gzip.compress(TEXT[3000:]),
        bgzip(TEXT[:3000]) + bgzip(TEXT[3000:]),
    ],
    ids=["crlf", "no_last_line_end", "gzip_members", "joined_bgzf"],
)
def test_odd_but_legal_files(data, fixed_model):
    """None of them may be refused, or read otherwise."""
    plain = annotate_variants(fixed_model, REFERENCE, "--no-version", data=TEXT).stdout
    assert annotate_variants(fixed_model, REFERENCE, "--no-version", data=data).stdout == plain


def test_the_sentence_names_the_record(fixed_model):
    data = HEADER + GOOD * 2 + GOOD.replace(b"7", b"seven")
    run = annotate_variants(fixed_model, REFERENCE, data=data, check=False)
    assert_refused_with_rows(run, 3)
    assert "3" in run.stderr or "long:7" in run.stderr, "the number of the record, or its place"


def assert_refused_with_rows(run, code):
    """Standard output may hold whole records from before the fault."""
    assert run.stdout == b"" or run.stdout.endswith(b"\n")
    assert_refused(replace(run, stdout=b""), code)


@pytest.mark.parametrize(
    "line,word",
    [
        ("long\t9\t.\t{ref}\tN\t.\tODD\t.\n", "long:9"),
        ("long\t9\t.\t{ref}\tN\t.\t.\tODD=1\n", "long:9"),
        ("undeclared\t9\t.\tA\tN\t.\t.\t.\n", "undeclared:9"),
    ],
)
@pytest.mark.parametrize("form", ["b", "u"])
def test_what_bcf_cannot_hold(line, word, form, fixed_model, tmp_path):
    data = HEADER + GOOD + line.format(ref=GENOME["long"][8].upper()).encode()
    options = ["-O", form, "-o", tmp_path / "x.bcf"]
    run = annotate_variants(fixed_model, REFERENCE, *options, data=data, check=False)
    assert_refused(run, 3)
    assert left_in(tmp_path) == [] and word in run.stderr
    annotate_variants(fixed_model, REFERENCE, data=data)


@needs_bcftools
@pytest.mark.parametrize("name", ["x.vcf.gz", "x.bcf", "x.tsv.gz"])
@pytest.mark.parametrize("kind", ["position", "contig_again"])
def test_unsorted_records_cannot_be_indexed(kind, name, fixed_model, tmp_path):
    order = {
        "position": [("long", 500), ("long", 400)],
        "contig_again": [("long", 5), ("chr2", 5), ("long", 9)],
    }[kind]
    sites = [Site(contig, pos, GENOME[contig][pos - 1], "N") for contig, pos in order]
    options = ["-W", "-o", tmp_path / name]
    data = vcf(sites, GENOME)
    run = annotate_variants(fixed_model, REFERENCE, *options, data=data, check=False)
    assert_refused(run, 3)
    assert left_in(tmp_path) == []


@needs_bcftools
@pytest.mark.parametrize("damage", ["cut", "no_end_marker", "flipped"])
@pytest.mark.parametrize("name,index", [("x.vcf.gz", "tbi"), ("x.vcf.gz", "csi"), ("x.bcf", "csi")])
def test_a_damaged_file_under_its_index(name, index, damage, fixed_model, tmp_path):
    sites = in_order(random_sites(92, GENOME, 8000), GENOME)
    source = write_variants(tmp_path / name, vcf(sites, GENOME), index)
    data = source.read_bytes()
    at = middles_of_blocks(data)[-1]
    damaged = {
        "cut": data[:at],
        "no_end_marker": data[: -len(BGZF_END)],
        "flipped": data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :],
    }
    source.write_bytes(damaged[damage])
    os.utime(f"{source}.{index}", (2**31, 2**31))
    for options in (["-r", "gap"], ["-r", "chr2,gap"], ["--shard", "7/7"], []):
        options = [*options, "-o", tmp_path / "out.vcf"]
        run = annotate_variants(fixed_model, REFERENCE, *options, source, check=False)
        assert_refused(run, 3)
        assert left_in(tmp_path) == sorted([name, f"{name}.{index}"])
