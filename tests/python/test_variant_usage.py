"""Options that variants do not take, or not with these values: refused with 2, nothing written."""

import pytest

from harness import annotate, assert_refused, left_in
from variant_files import annotate_variants, vcf
from variant_random import random_sites

WRONG = [
    ["--stride", "10"],
    ["--min-len", "5"],
    ["--by", "sequence"],
    ["--ref-mismatch", "ignore"],
    ["--regions-overlap", "some"],
    ["--regions-overlap", "3"],
    ["--window", "0"],
    ["--window", "33"],
    ["-O", "s"],
    ["-O", "B"],
    ["-O", "vz"],
    ["--shard", "0/2"],
    ["--shard", "3/2"],
    ["--max-skipped-frac", "1.1"],
    ["-r", "long:5-2"],
    ["-R", "absent.bed"],
    ["-T", "absent.bed"],
    ["--contig-map", "absent.txt"],
    ["-f", "absent.fa"],
]


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_wrong_options(options, fixed_model, random_genome, tmp_path):
    path, genome = random_genome
    source, folder = tmp_path / "in.vcf", tmp_path / "out"
    folder.mkdir()
    source.write_bytes(vcf(random_sites(1, genome, 5), genome))
    common = ["--engine", "reference", "-m", fixed_model, "-o", folder / "x.vcf"]
    reference = [] if options[0] == "-f" else ["-f", path]
    run = annotate(*common, *reference, *options, source, check=False)
    assert_refused(run, 2)
    assert left_in(folder) == []


@pytest.mark.parametrize(
    "options",
    [
        ["--ref-mismatch", "fail"],
        ["--all-classes"],
        ["--tag", "X"],
        ["--contig-map", "x"],
        ["--regions-overlap", "pos"],
        ["-O", "v"],
        ["-O", "b"],
    ],
    ids=" ".join,
)
def test_options_that_only_variants_take(options, fixed_model, tmp_path):
    """On FASTA they would be ignored in silence."""
    (tmp_path / "x").write_text("a\tb\n")
    common = ["--engine", "reference", "-m", fixed_model]
    run = annotate(*common, *options, data=b">a\nACGT\n", check=False, cwd=tmp_path)
    assert_refused(run, 2)
    assert run.stdout == b""


@pytest.mark.parametrize(
    "options,name,first",
    [
        ([], "x.vcf", b"##fileformat=VCF"),
        ([], "x.tsv", b"#chrom\tpos"),
        ([], "x.txt", b"##fileformat=VCF"),
        (["-O", "t"], "x.vcf", b"#chrom\tpos"),
        (["-O", "v"], "x.bcf", b"##fileformat=VCF"),
        ([], "x.vcf.gz", b"\x1f\x8b"),
        ([], "x.vcf.bgz", b"\x1f\x8b"),
        ([], "x.bcf", b"\x1f\x8b"),
        ([], "x.tsv.gz", b"\x1f\x8b"),
        (["-O", "z"], "x", b"\x1f\x8b"),
        (["-O", "u"], "x.vcf", b"\x1f\x8b"),
    ],
)
def test_the_letter_or_else_the_suffix_decides(
    options, name, first, fixed_model, random_genome, tmp_path
):
    path, genome = random_genome
    out = tmp_path / name
    data = vcf(random_sites(2, genome, 20), genome)
    annotate_variants(fixed_model, path, *options, "-o", out, data=data)
    assert out.read_bytes().startswith(first)
