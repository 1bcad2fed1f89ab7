"""Writes genomes, VCF and BCF, and reads VCF text without any library's help."""

import pathlib
import random
import shutil
import subprocess
from dataclasses import dataclass

import pytest

import oracle
from harness import SECONDS, annotate, bgzip, fasta

TAGS = ("TOP", "CLASS", "PREF", "PALT", "DELTA", "STATUS", "FLAGS", "PROBS")
needs_bcftools = pytest.mark.skipif(not shutil.which("bcftools"), reason="no bcftools here")


def bcftools(*args, data=None, check=True):
    """Standard output of Debian's bcftools, or None where it fails and `check` is off."""
    command = ["bcftools", *map(str, args)]
    given = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, **given)
    if check:
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.decode()}"
    return done.stdout if done.returncode == 0 else None


# --- genomes ----------------------------------------------------------------------------------


def random_bases(rng, length):
    """Soft-masked runs, runs of N, IUPAC codes, the odd U: what a reference holds, all letters."""
    return oracle.random_sequence(rng, length).replace("-", "N").replace("*", "n")


def write_genome(path, seed=5):
    """(path, {name: sequence}): contigs of awkward lengths around windows of 32, and longer ones."""
    rng = random.Random(seed)
    lengths = {"long": 6000, "chr2": 1500, "w31": 31, "w32": 32, "w33": 33, "five": 5, "one": 1}
    genome = {name: random_bases(rng, length) for name, length in lengths.items()}
    genome["gap"] = "N" * 60 + random_bases(rng, 100) + "n" * 40
    return write_reference(path, genome), genome


def write_reference(path, genome):
    path.write_bytes(fasta(list(genome.items())))
    return path


# --- variants ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """A record as the file has it: `pos` 1-based, `alt` with its commas."""

    chrom: str
    pos: int
    ref: str
    alt: str
    id: str = "."
    qual: str = "."
    filter: str = "."
    info: str = "."
    samples: tuple = ()

    @property
    def alts(self):
        return [] if self.alt == "." else self.alt.split(",")

    def line(self):
        fields = [self.chrom, self.pos, self.id, self.ref, self.alt, self.qual, self.filter]
        return "\t".join([*map(str, fields), self.info, *self.samples]) + "\n"


def vcf(sites, contigs=None, lines=(), samples=()):
    """Bytes of a VCF; `contigs` {name: sequence or length}, None for a header without contig lines."""
    text = "##fileformat=VCFv4.2\n"
    for name, length in (contigs or {}).items():
        text += (
            f"##contig=<ID={name},length={length if isinstance(length, int) else len(length)}>\n"
        )
    text += "".join(line + "\n" for line in lines)
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    text += "\t".join(columns + (["FORMAT", *samples] if samples else [])) + "\n"
    return (text + "".join(site.line() for site in sites)).encode()


def write_variants(path, data, index=None):
    """Writes VCF bytes as the name says (.vcf, .vcf.gz, .bcf); `index` is "tbi" or "csi"."""
    path = pathlib.Path(path)
    if path.name.endswith(".bcf"):
        bcftools("view", "--no-version", "-Ob", "-o", path, data=data)
    else:
        path.write_bytes(bgzip(data, 1500) if path.name.endswith(".gz") else data)
    if index:
        bcftools("index", "-f", {"tbi": "-t", "csi": "-c"}[index], path)
    return path


def in_order(sites, contigs):
    """Sorted as a file with an index must be."""
    ranks = {name: rank for rank, name in enumerate(contigs)}
    return sorted(sites, key=lambda site: (ranks[site.chrom], site.pos))


# --- what comes out ---------------------------------------------------------------------------


class Variants:
    """VCF text in parts: `header` lines, `lines` of records, `records` with their INFO in a dict."""

    def __init__(self, data):
        text = data.decode("utf-8")
        assert text.endswith("\n"), "a VCF ends with a line end"
        every = text[:-1].split("\n")
        self.header = [line for line in every if line.startswith("#")]
        self.lines = every[len(self.header) :]
        assert self.header[0].startswith("##fileformat=VCF"), self.header[0]
        assert self.header[-1].startswith("#CHROM\t")
        assert not any(line.startswith("#") or not line for line in self.lines)
        self.records = [Record(line.split("\t")) for line in self.lines]


class Record:
    def __init__(self, fields):
        self.fields = fields
        self.chrom, self.pos, self.id, self.ref, self.alt = fields[:5]
        given = [] if fields[7] == "." else fields[7].split(";")
        self.info = {}
        for item in given:
            key, _, value = item.partition("=")
            assert key not in self.info, f"INFO has {key} twice: {fields}"
            self.info[key] = value

    def tag(self, name, prefix="VIO"):
        """Values of one of our tags, None where the record does not have it."""
        text = self.info.get(f"{prefix}_{name}")
        return None if text is None else text.split(",")

    def tags(self, prefix="VIO"):
        return {key for key in self.info if key.startswith(prefix + "_")}


def without_tags(line, prefix="VIO"):
    """A record's line as it was before our tags."""
    fields = line.split("\t")
    kept = [item for item in fields[7].split(";") if not item.startswith(prefix + "_")]
    fields[7] = ";".join(kept) or "."
    return "\t".join(fields)


def is_ours(line, prefix="VIO"):
    """Whether a line of the header is one that annotation adds, contigs apart."""
    tags = tuple(f"##INFO=<ID={prefix}_{tag}," for tag in TAGS)
    return line.startswith(("##vio-annotate", *tags))


def annotate_variants(model, reference, *options, engine="reference", **more):
    """Runs vio-annotate on variants."""
    return annotate("--engine", engine, "-m", model, "-f", reference, *options, **more)


def annotated(model, reference, *options, **more):
    """The VCF text that a run writes to standard output, in parts."""
    return Variants(annotate_variants(model, reference, *options, **more).stdout)


def read_variants(path):
    """Any output file, by way of bcftools where it is not text."""
    path = pathlib.Path(path)
    if path.name.endswith(".vcf"):
        return Variants(path.read_bytes())
    return Variants(bcftools("view", "--no-version", path))
