"""What becomes of every kind of allele: in VIO_STATUS, in the table, in --skipped and in --stats."""

import collections

import pytest

from harness import Table
from variant_files import Site, Variants, annotate_variants, annotated, vcf, write_reference
from variant_oracle import VariantOracle

#       0         1         2         3         4         5
#       0123456789012345678901234567890123456789012345678901234567890123
DNA = "ACGTTGCAAGCTTACGGATCCTAGCATGCATTCGAAGCTTGGCACTGGCCGTCGTTTTACAACG"
GENOME = {
    "chr1": DNA,
    "HLA-A*01:01:01:01": DNA,
    "iupac": "ACGTRYKMSWBDHVNacgtrn" + "ACGT" * 10,
    "chrM": DNA[::-1],
}
WINDOW = 32

# (contig, POS, REF, ALT, statuses): the reason is the first that applies.
CASES = [
    ("chr1", 1, "A", "C", "OK"),
    ("chr1", 1, "a", "c", "OK"),
    ("chr1", 64, "G", "GTT", "OK"),
    ("chr1", 5, "TGCA", "GG", "OK"),
    ("chr1", 5, "T", "G,C,*", "OK,OK,STAR"),
    ("chr1", 5, "T", "T", "OK"),
    ("chr1", 5, "T", "N", "OK"),
    ("chr1", 5, "T", "R", "OK"),
    ("HLA-A*01:01:01:01", 3, "G", "A", "OK"),
    ("chr1", 5, "T", ".", "NO_ALT"),
    ("chr1", 5, "T", "*", "STAR"),
    ("chr1", 5, "T", "<DEL>", "SYMBOLIC"),
    ("chr1", 5, "T", "<NON_REF>", "SYMBOLIC"),
    ("chr1", 5, "T", "G,<NON_REF>", "OK,SYMBOLIC"),
    ("chr1", 5, "T", "<*>", "SYMBOLIC"),
    ("chr1", 5, "T", "<DUP:TANDEM>", "SYMBOLIC"),
    ("chr1", 5, "T", "T<contig7>", "SYMBOLIC"),
    ("chr1", 5, "T", "G]chr1:20]", "BREAKEND"),
    ("chr1", 5, "T", "]chr1:20]T", "BREAKEND"),
    ("chr1", 5, "T", "T[iupac:2[", "BREAKEND"),
    ("chr1", 5, "T", "[iupac:2[T", "BREAKEND"),
    ("chr1", 5, "T", ".T", "BREAKEND"),
    ("chr1", 5, "T", "T.,A", "BREAKEND,OK"),
    ("absent", 5, "T", "G", "NO_CONTIG"),
    ("absent", 5, "T", "G,*,<DEL>", "NO_CONTIG,STAR,SYMBOLIC"),
    ("absent", 5, "T", ".", "NO_ALT"),
    ("chr1", 0, "N", "A", "OUT_OF_RANGE"),
    ("chr1", 65, "T", "G", "OUT_OF_RANGE"),
    ("chr1", 64, "GA", "G", "OUT_OF_RANGE"),
    ("chr1", 1_000_000, "T", "G", "OUT_OF_RANGE"),
    ("chr1", 3_000_000_000, "T", "G", "OUT_OF_RANGE"),
    ("chr1", 5, "G", "T", "REF_MISMATCH"),
    ("chr1", 5, "TGA", "T", "REF_MISMATCH"),
    ("chr1", 5, "G", "T,*,<DEL>,A" + "A" * 16, "REF_MISMATCH,STAR,SYMBOLIC,REF_MISMATCH"),
    ("chr1", 20, DNA[19:35], "T", "OK"),
    ("chr1", 20, DNA[19:36], "T,C", "TOO_LONG,TOO_LONG"),
    ("chr1", 20, "C", "A" * 16, "OK"),
    ("chr1", 20, "C", "A" * 17 + ",G", "TOO_LONG,OK"),
    ("chr1", 60, DNA[59:] + "A" * 20, "T", "OUT_OF_RANGE"),
    ("iupac", 5, "A", "C", "OK"),
    ("iupac", 5, "G", "C", "OK"),
    ("iupac", 5, "C", "A", "REF_MISMATCH"),
    ("iupac", 6, "C", "A", "OK"),
    ("iupac", 6, "R", "A", "REF_MISMATCH"),
    ("iupac", 15, "A", "C", "OK"),
    ("iupac", 15, "N", "C", "OK"),
    ("iupac", 16, "A", "C", "OK"),
    ("iupac", 1, "N", "C", "OK"),
    ("iupac", 20, "AT", "C", "OK"),
]
SITES = [
    Site(chrom, pos, ref, alt, id=f"id{number}")
    for number, (chrom, pos, ref, alt, _) in enumerate(CASES)
]
STATUSES = [statuses.split(",") for *_, statuses in CASES]
CONTIGS = GENOME | {"absent": 1000}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("status") / "ref.fa", GENOME)


@pytest.fixture(scope="module")
def run(fixed_model, reference, tmp_path_factory):
    """Every case in the order above, which no index would accept, and all of them twice."""
    skipped = tmp_path_factory.mktemp("skipped") / "skipped.tsv"
    done = annotate_variants(
        fixed_model, reference, "--skipped", skipped, data=vcf(SITES * 2, CONTIGS)
    )
    return Variants(done.stdout), done.stats, Table(skipped.read_bytes())


def test_the_oracle_agrees():
    expect = VariantOracle(GENOME.get, WINDOW).expect
    assert [expect(site).statuses for site in SITES] == STATUSES


def test_every_record_stays_with_its_status(run):
    output, *_ = run
    assert [record.id for record in output.records] == [site.id for site in SITES] * 2
    for record, statuses, site in zip(output.records, STATUSES * 2, SITES * 2):
        assert (record.ref, record.alt) == (site.ref, site.alt), "alleles stay as they were"
        assert record.tag("STATUS") == statuses, record.fields
        if "OK" not in statuses:
            assert record.tags() == {"VIO_STATUS"}, record.fields


def test_duplicates_say_the_same(run):
    lines = run[0].lines
    assert lines[: len(SITES)] == lines[len(SITES) :]


def test_stats_count_every_reason(run):
    _, stats, _ = run
    alleles = collections.Counter(status for statuses in STATUSES for status in statuses)
    firsts = collections.Counter("OK" if "OK" in s else s[0] for s in STATUSES)
    for level, counts in (("alleles", alleles), ("records", firsts)):
        assert stats[level]["read"] == 2 * sum(counts.values())
        assert stats[level]["scored"] == 2 * counts.pop("OK")
        assert stats[level]["skipped"] == {name: 2 * count for name, count in counts.items()}


def test_skipped_lists_each_allele(run):
    *_, skipped = run
    assert skipped.columns == ["chrom", "pos", "id", "ref", "alt", "status", "reason"]
    expected = [
        (site.chrom, str(site.pos), site.id, site.ref, alt, status)
        for site, statuses in zip(SITES * 2, STATUSES * 2)
        for alt, status in zip(site.alts or ["."], statuses)
        if status != "OK"
    ]
    assert [tuple(row.values())[:6] for row in skipped.rows] == expected
    reasons = {row["status"]: row["reason"] for row in skipped.rows}
    assert all(len(reason) > 8 for reason in reasons.values())
    assert all(row["reason"] == reasons[row["status"]] for row in skipped.rows)


def test_the_table_has_a_row_for_each_allele(fixed_model, reference):
    data = vcf(SITES * 2, CONTIGS)
    table = annotate_variants(fixed_model, reference, "-O", "t", data=data).table()
    expected = [
        (site.chrom, str(site.pos), site.id, site.ref, alt, status)
        for site, statuses in zip(SITES * 2, STATUSES * 2)
        for alt, status in zip(site.alts or ["."], statuses)
    ]
    places = ("chrom", "pos", "id", "ref", "alt", "status")
    assert [tuple(row[name] for name in places) for row in table.rows] == expected
    scores = ("alt_label", "class", "p_ref", "p_alt", "delta")
    for row in table.rows:
        assert {row[name] == "." for name in scores} == {row["status"] != "OK"}, row


@pytest.mark.parametrize(
    "pos,size,alt,flags",
    [
        (17, 3, "CC", None),
        (16, 1, "A", ["EDGE"]),
        (17, 1, "A", None),
        (49, 1, "A", None),
        (50, 1, "A", ["EDGE"]),
        (49, 2, "C,GGG", ["EDGE", "."]),
        (49, 1, "CAA,G", None),
        (49, 1, "N,G", ["N", "."]),
        (1, 1, "N", ["EDGE&N"]),
        (17, 1, "R,*", ["N", "."]),
    ],
)
def test_flags(pos, size, alt, flags, fixed_model, reference):
    site = Site("chr1", pos, DNA[pos - 1 : pos - 1 + size], alt)
    [record] = annotated(fixed_model, reference, data=vcf([site], GENOME)).records
    assert set(record.tag("STATUS")) <= {"OK", "STAR"}, "a mistake of this test"
    assert record.tag("FLAGS") == flags


def test_without_contig_lines(fixed_model, reference):
    output = annotated(fixed_model, reference, data=vcf(SITES))
    assert [record.tag("STATUS") for record in output.records] == STATUSES
    assert [record.fields[:5] for record in output.records] == [
        [site.chrom, str(site.pos), site.id, site.ref, site.alt] for site in SITES
    ]


@pytest.mark.parametrize("policy", ["skip", "use-vcf", "fail"])
def test_ref_mismatch(policy, fixed_model, reference):
    sites = [Site("chr1", 5, "T", "G"), Site("chr1", 6, "A", "G,*"), Site("chr1", 7, "C", "G")]
    options = ["--ref-mismatch", policy]
    data = vcf(sites, GENOME)
    run = annotate_variants(fixed_model, reference, *options, data=data, check=policy != "fail")
    if policy == "fail":
        assert run.code == 3 and "chr1" in run.stderr and "6" in run.stderr
        return
    middle = Variants(run.stdout).records[1].tag("STATUS")
    assert middle == (["OK", "STAR"] if policy == "use-vcf" else ["REF_MISMATCH", "STAR"])


@pytest.mark.parametrize("share,code", [("0.5", 0), ("0.49", 4)])
def test_more_skipped_than_allowed(share, code, fixed_model, reference, tmp_path):
    """Counted in alleles, two of four here; the output stays."""
    sites = [Site("chr1", 5, "T", "G,*,<DEL>"), Site("chr1", 7, "C", "A")]
    out, options = tmp_path / "x.vcf", ["--max-skipped-frac", share]
    data = vcf(sites, GENOME)
    run = annotate_variants(fixed_model, reference, *options, "-o", out, data=data, check=code == 0)
    assert run.code == code
    assert len(Variants(out.read_bytes()).records) == 2
