"""Contigs under other names: chr1 and 1, M and chrMT, and what --contig-map says."""

import pytest

from harness import assert_refused
from variant_files import Site, Variants, annotate_variants, annotated, vcf, write_reference

ONE = "ACGTTGCAAGCTTACGGATCCTAGCATGCATTCGAAGCTTGGCACTGGCCGTCG"
TWO, MITOCHONDRION = ONE[::-1], ONE[20:] + ONE[:20]
SEQUENCES = {"1": ONE, "2": TWO, "M": MITOCHONDRION}


def sites(names):
    """SNVs on three contigs, which only match the contig that is meant."""
    return [
        Site(name, pos, sequence[pos - 1], "ACGT".replace(sequence[pos - 1], "")[pos % 3])
        for name, sequence in zip(names, SEQUENCES.values())
        for pos in range(15, 35)
    ]


def named(names):
    return dict(zip(names, SEQUENCES.values()))


def bare(output):
    """Records without the contig's name."""
    return [line.split("\t", 1)[1] for line in output.lines]


def contig_names(output):
    lines = [line for line in output.header if line.startswith("##contig=")]
    return [line.partition("ID=")[2].partition(",")[0].rstrip(">") for line in lines]


@pytest.fixture
def plain(fixed_model, tmp_path):
    """The records where both sides use the same names."""
    reference = write_reference(tmp_path / "plain.fa", named("12M"))
    output = annotated(fixed_model, reference, data=vcf(sites("12M"), named("12M")))
    assert all(record.tag("STATUS") == ["OK"] for record in output.records)
    return bare(output)


@pytest.mark.parametrize("m", ["M", "MT", "chrM", "chrMT"])
@pytest.mark.parametrize("theirs", ["M", "MT", "chrM", "chrMT"])
@pytest.mark.parametrize("prefix", ["", "chr"])
def test_either_convention_on_either_side(m, theirs, prefix, plain, fixed_model, tmp_path):
    names = [prefix + "1", prefix + "2", m]
    other = "" if prefix else "chr"
    reference = write_reference(tmp_path / "ref.fa", named([other + "1", prefix + "2", theirs]))
    output = annotated(fixed_model, reference, data=vcf(sites(names), named(names)))
    assert bare(output) == plain
    assert contig_names(output) == names, "a contig of the header is not added under another name"


def test_the_same_name_comes_before_another(fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", {"chr1": TWO, "1": ONE, "M": TWO, "MT": ONE})
    for name, sequence in (("1", ONE), ("chr1", TWO), ("MT", ONE), ("M", TWO)):
        site = Site(name, 21, sequence[20], "N")
        assert sequence[20] != (TWO if sequence == ONE else ONE)[20]
        [record] = annotated(fixed_model, reference, data=vcf([site], {name: ONE})).records
        assert record.tag("STATUS") == ["OK"]


def test_a_contig_map(plain, fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", named(["NC_1.1", "NC_2.1", "NC_3.1"]))
    listed = tmp_path / "map.txt"
    listed.write_text("# VCF reference\nchr1\tNC_1.1\nchr2 NC_2.1\n\nchrM\tNC_3.1\n")
    names = ["chr1", "chr2", "chrM"]
    data = vcf(sites(names), named(names))
    output = annotated(fixed_model, reference, "--contig-map", listed, data=data)
    assert bare(output) == plain
    assert contig_names(output) == names


def test_the_map_comes_before_the_name(fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", {"chr1": ONE, "other": TWO})
    listed = tmp_path / "map.txt"
    listed.write_text("chr1\tother\n")
    assert ONE[20] != TWO[20]
    data = vcf([Site("chr1", 21, TWO[20], "N")], {"chr1": ONE})
    [record] = annotated(fixed_model, reference, "--contig-map", listed, data=data).records
    assert record.tag("STATUS") == ["OK"]


@pytest.mark.parametrize(
    "text,code,word",
    [
        ("chr1\tnowhere\n", 2, "nowhere"),
        ("chr1\n", 3, "map.txt"),
        ("chr1\t1\nchr1\t2\n", 3, "chr1"),
        (None, 2, "map.txt"),
    ],
)
def test_a_bad_map(text, code, word, fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", named("12M"))
    listed, out = tmp_path / "map.txt", tmp_path / "x.vcf"
    if text:
        listed.write_text(text)
    options = ["--contig-map", listed, "-o", out]
    data = vcf(sites("12M"), named("12M"))
    run = annotate_variants(fixed_model, reference, *options, data=data, check=False)
    assert_refused(run, code)
    assert word in run.stderr and not out.exists()


def test_missing_contigs_are_added_to_the_header(fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", named(["chr1", "chr2", "chrM"]))
    output = annotated(fixed_model, reference, data=vcf(sites("2"), {"2": len(TWO)}))
    names = contig_names(output)
    assert "2" in names, "what is declared stays"
    assert sorted(name.removeprefix("chr").rstrip("T") for name in names) == ["1", "2", "M"]
    lines = [line for line in output.header if line.startswith("##contig=")]
    assert all(f"length={len(ONE)}" in line for line in lines)


@pytest.mark.parametrize("prefix", ["", "chr"])
def test_without_contig_lines_they_are_named_as_the_records_are(prefix, fixed_model, tmp_path):
    other = "" if prefix else "chr"
    reference = write_reference(tmp_path / "ref.fa", named([other + name for name in "12M"]))
    names = [prefix + name for name in "12M"]
    run = annotate_variants(fixed_model, reference, data=vcf(sites(names)))
    output = Variants(run.stdout)
    assert {tuple(record.tag("STATUS")) for record in output.records} == {("OK",)}
    assert contig_names(output)[:2] == names[:2] and len(contig_names(output)) == 3


def test_no_contig_in_common(fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", {"scaffold_9": ONE})
    out = tmp_path / "x.vcf"
    data = vcf(sites("12M"), named("12M"))
    run = annotate_variants(fixed_model, reference, "-o", out, data=data, check=False)
    assert_refused(run, 2)
    assert "contig" in run.stderr and not out.exists()


def test_a_contig_that_the_header_does_not_declare(fixed_model, tmp_path):
    """One contig is declared, the others appear with their records: VCF text may do that."""
    reference = write_reference(tmp_path / "ref.fa", named("12M"))
    data = vcf(sites("12M"), {"1": len(ONE)})
    output = annotated(fixed_model, reference, data=data)
    assert {tuple(record.tag("STATUS")) for record in output.records} == {("OK",)}
    assert sorted(contig_names(output)) == ["1", "2", "M"]


@pytest.mark.parametrize("length,warned", [(len(ONE), False), (len(ONE) + 1, True)])
def test_a_contig_of_another_length_earns_a_warning(length, warned, fixed_model, tmp_path):
    reference = write_reference(tmp_path / "ref.fa", named("12M"))
    run = annotate_variants(fixed_model, reference, data=vcf(sites("1"), {"1": length}))
    assert ("warning" in run.stderr and str(length) in run.stderr) == warned
    assert "warning" not in run.stderr or warned
