"""The oracle of the variant tests itself, against windows that were cut by hand."""

import pytest

from variant_files import Record, Site, without_tags
from variant_oracle import VariantOracle, alt_kind, bases_match

#          0         1         2         3
#          0123456789012345678901234567890123456789
CONTIG = "AACCGGTTACGTTGCAATGCNACGTACCGGTTAACCGGTT"
CASES = {
    "snv": (11, "G", "T", 10, "GTTACGTTGC", ["GTTACTTTGC"], ["."]),
    "odd_window": (11, "G", "T", 11, "GTTACGTTGCA", ["GTTACTTTGCA"], ["."]),
    "mnv": (11, "GT", "CA", 10, "GTTACGTTGC", ["GTTACCATGC"], ["."]),
    "insertion": (11, "G", "GAA", 10, "GTTACGTTGC", ["GTTACGAATT"], ["."]),
    "deletion": (11, "GTTG", "G", 10, "GTTACGTTGC", ["GTTACGCAAT"], ["."]),
    "delins": (11, "GTTG", "CC", 10, "GTTACGTTGC", ["GTTACCCCAA"], ["."]),
    "deletion_reaches_n": (11, "GTTGC", "G", 14, "CGGTTACGTTGCAA", ["CGGTTACGAATGCN"], ["N"]),
    "left_end": (2, "A", "G,AC", 10, "AACCGG", ["AGCCGG", "AACCCG"], ["EDGE", "EDGE"]),
    "last_window_that_fits": (36, "C", "A", 10, "TTAACCGGTT", ["TTAACAGGTT"], ["."]),
    "right_end": (36, "CG", "C,CTTG", 10, "TTAACCGGTT", ["TTAACCGTT", "TTAACCTTGG"], ["EDGE", "."]),
    "right_edge": (37, "G", "A", 10, "TAACCGGTT", ["TAACCAGTT"], ["EDGE"]),
    "both": (19, "G", "A", 40, CONTIG[:38], [CONTIG[:18] + "A" + CONTIG[19:38]], ["EDGE&N"]),
    "beside_unscored": (11, "G", "*,T", 10, "GTTACGTTGC", [None, "GTTACTTTGC"], [".", "."]),
}


@pytest.mark.parametrize("name", CASES)
def test_windows_and_flags(name):
    pos, ref, alt, window, ref_window, alt_windows, flags = CASES[name]
    expected = VariantOracle({"c": CONTIG}.get, window).expect(Site("c", pos, ref, alt))
    assert expected.ref_window == ref_window
    assert expected.alt_windows == alt_windows
    assert expected.flags == flags


@pytest.mark.parametrize(
    "chrom,pos,ref,alt,status",
    [
        ("c", 11, "G", "TACGT", "OK"),
        ("c", 11, "G", "TACGTA", "TOO_LONG"),
        ("c", 11, "GTTGCA", "G", "TOO_LONG"),
        ("c", 11, "A", "TACGTA", "REF_MISMATCH"),
        ("c", 40, "TT", "T", "OUT_OF_RANGE"),
        ("c", 41, "T", "A", "OUT_OF_RANGE"),
        ("c", 0, "N", "A", "OUT_OF_RANGE"),
        ("d", 1, "A", "C", "NO_CONTIG"),
        ("d", 1, "A", "*", "STAR"),
    ],
)
def test_statuses(chrom, pos, ref, alt, status):
    expected = VariantOracle({"c": CONTIG}.get, 10).expect(Site(chrom, pos, ref, alt))
    assert expected.statuses == [status]
    assert (expected.ref_window is None) == (status != "OK")


def test_use_vcf_puts_ref_into_both_windows():
    oracle = VariantOracle({"c": CONTIG}.get, 10, use_vcf=True)
    expected = oracle.expect(Site("c", 11, "AA", "C"))
    assert (expected.ref_window, expected.alt_windows) == ("GTTACAATGC", ["GTTACCTGCA"])


def test_kinds_of_alleles():
    kinds = {
        "OK": ["A", "acgt", "N", "RYK"],
        "NO_ALT": ["."],
        "STAR": ["*"],
        "SYMBOLIC": ["<DEL>", "<*>", "<NON_REF>", "C<ctg1>", "A-C", "A*"],
        "BREAKEND": ["G]17:198982]", "]13:123456]T", "C[2:321682[", "[17:1[A", ".A", "A."],
    }
    for kind, alts in kinds.items():
        assert {alt_kind(alt) for alt in alts} == {kind}


def test_references_match():
    for ref, reference in (("a", "A"), ("A", "n"), ("N", "g"), ("A", "R"), ("T", "U"), ("Y", "W")):
        assert bases_match(ref, reference)
    for ref, reference in (("A", "C"), ("A", "Y"), ("A", "-"), ("AC", "A"), ("*", "A"), ("R", "Y")):
        assert not bases_match(ref, reference)


def test_taking_tags_away():
    line = "c\t1\t.\tA\tC\t.\t.\tAC=1;VIO_TOP=a,b;VIOLET=2;VIO_STATUS=OK"
    assert without_tags(line).endswith("\tAC=1;VIOLET=2")
    assert without_tags("c\t1\t.\tA\tC\t.\t.\tVIO_STATUS=OK").endswith("\t.")
    assert Record(line.split("\t")).tag("TOP") == ["a", "b"]
