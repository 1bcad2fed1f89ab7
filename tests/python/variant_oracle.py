"""What vio-annotate ought to say of variants, worked out from its documentation and nothing else.

Windows are cut from whole haplotypes: the contig with an allele in the place of REF is written out,
and the window is a slice of it.
"""

import itertools
from dataclasses import dataclass, field

import numpy as np

import oracle

IUPAC = {
    "A": "A", "C": "C", "G": "G", "T": "T", "U": "T", "R": "AG", "Y": "CT", "S": "CG", "W": "AT",
    "K": "GT", "M": "AC", "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG", "N": "ACGT",
}  # fmt: skip


def bases_match(ref, reference):
    """Whether VCF's REF may be what the reference says."""
    pairs = list(itertools.zip_longest(ref.upper(), reference.upper(), fillvalue="?"))
    return all(set(IUPAC.get(one, "")) & set(IUPAC.get(other, "")) for one, other in pairs)


def is_sequence(text):
    return bool(text) and all(letter in IUPAC for letter in text.upper())


def alt_kind(alt):
    """The reason for which an ALT's text alone rules it out, or OK."""
    if alt in (".", ""):
        return "NO_ALT"
    if alt == "*":
        return "STAR"
    if "<" in alt:
        return "SYMBOLIC"
    if "[" in alt or "]" in alt or alt.startswith(".") or alt.endswith("."):
        return "BREAKEND"
    return "OK" if is_sequence(alt) else "SYMBOLIC"


@dataclass
class Expected:
    """Of one record: statuses and flags an ALT; windows as text, None where there is none."""

    statuses: list
    flags: list = field(default_factory=list)
    ref_window: str | None = None
    alt_windows: list = field(default_factory=list)

    @property
    def scored(self):
        return "OK" in self.statuses


class VariantOracle:
    """`fetch(contig)` gives a contig's whole sequence, None where the reference lacks it."""

    def __init__(self, fetch, window, use_vcf=False):
        self.fetch, self.window, self.use_vcf = fetch, window, use_vcf

    def place_status(self, contig, begin, ref):
        if contig is None:
            return "NO_CONTIG"
        if begin < 0 or begin + len(ref) > len(contig):
            return "OUT_OF_RANGE"
        matches = bases_match(ref, contig[begin : begin + len(ref)])
        if not matches and not (self.use_vcf and is_sequence(ref)):
            return "REF_MISMATCH"
        return "OK"

    def status(self, contig, begin, ref, alt):
        kind = alt_kind(alt)
        if kind != "OK":
            return kind
        place = self.place_status(contig, begin, ref)
        if place != "OK":
            return place
        longest = max(len(ref), len(alt))
        return "TOO_LONG" if self.window // 2 + longest > self.window else "OK"

    def slice(self, haplotype, begin):
        """(window, clipped) that puts position `begin` of the haplotype at floor(window / 2)."""
        start = begin - self.window // 2
        end = start + self.window
        return haplotype[max(start, 0) : end], start < 0 or end > len(haplotype)

    def expect(self, site):
        contig, begin = self.fetch(site.chrom), site.pos - 1
        statuses = [self.status(contig, begin, site.ref, alt) for alt in site.alts] or ["NO_ALT"]
        expected = Expected(statuses)
        if not expected.scored:
            return expected
        left, right = contig[:begin], contig[begin + len(site.ref) :]
        there = contig[begin : begin + len(site.ref)]
        ref = there if bases_match(site.ref, there) else site.ref
        expected.ref_window, ref_clipped = self.slice(left + ref + right, begin)
        for alt, status in zip(site.alts, statuses):
            piece, clipped = self.slice(left + alt + right, begin)
            unknown = any(oracle.known_bases(w) < len(w) for w in (expected.ref_window, piece))
            flags = ["EDGE"] * (clipped or ref_clipped) + ["N"] * unknown
            expected.alt_windows.append(piece if status == "OK" else None)
            expected.flags.append("&".join(flags) if flags and status == "OK" else ".")
        return expected


# --- scores -----------------------------------------------------------------------------------


class Scorer:
    """Probabilities [n_classes] of a window's text by the independent PyTorch model."""

    def __init__(self, path, strand="forward", whole=lambda text: False):
        import vio_model

        self.model = vio_model.VioModel(*vio_model.load_model(path))
        self.encode, self.strand, self.whole = vio_model.encode, strand, whole
        self.classes = self.model.spec["classes"]
        self.known = {}

    def __call__(self, text):
        if text not in self.known:
            turned = oracle.reverse_complement(text)
            views = {"forward": [text], "reverse": [turned], "both": [text, turned]}[self.strand]
            self.known[text] = np.mean([self.score(view, self.whole(text)) for view in views], 0)
        return self.known[text]

    def score(self, text, whole):
        codes = self.encode(self.model.spec, text)
        return self.model(codes[None, :], [len(codes)], [whole])[0]
