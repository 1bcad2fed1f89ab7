"""Writes reads as SAM text, turns them into BAM, CRAM and FASTQ, and reads what comes out."""

import os
import pathlib
import random
import shutil
import subprocess
from dataclasses import dataclass

import pytest

import oracle
from harness import SECONDS, annotate

needs_samtools = pytest.mark.skipif(not shutil.which("samtools"), reason="no samtools here")
# Without it HTSlib would ask a server for the references of CRAM.
OFFLINE = {**os.environ, "REF_PATH": "/nonexistent", "REF_CACHE": "/nonexistent/%s"}
TAGS = ("vl:Z:", "vs:f:", "vp:B:f")
REVERSE, UNMAPPED, SECONDARY, SUPPLEMENTARY = 0x10, 0x4, 0x100, 0x800


def samtools_run(*args, data=None):
    given = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    command = ["samtools", *map(str, args)]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, env=OFFLINE, **given)


def samtools(*args, data=None):
    """Standard output of samtools, which must succeed."""
    done = samtools_run(*args, data=data)
    assert done.returncode == 0, f"samtools {args}: {done.stderr.decode(errors='replace')}"
    return done.stdout


@dataclass(frozen=True)
class Read:
    """A read as the file has it: on the forward strand of the reference, `pos` 1-based."""

    name: str
    flag: int
    chrom: str
    pos: int
    mapq: int
    sequence: str  # "" is SEQ *
    tags: tuple = ()

    @property
    def original(self):
        """As the instrument read it."""
        turned = self.flag & REVERSE
        return oracle.reverse_complement(self.sequence) if turned else self.sequence

    def line(self):
        # Without a CIGAR HTSlib makes a read an unmapped one.
        cigar = "*" if self.chrom == "*" else f"{len(self.sequence) or 1}M"
        quality = "".join(chr(33 + (7 * n) % 41) for n in range(len(self.sequence))) or "*"
        fields = [self.name, self.flag, self.chrom, self.pos, self.mapq, cigar, "*", 0, 0]
        return "\t".join([*map(str, fields), self.sequence or "*", quality, *self.tags]) + "\n"


def sam(reads, contigs, order="coordinate", lines=()):
    """Bytes of a SAM; `contigs` {name: sequence or length}."""
    text = f"@HD\tVN:1.6\tSO:{order}\n"
    for name, what in contigs.items():
        text += f"@SQ\tSN:{name}\tLN:{what if isinstance(what, int) else len(what)}\n"
    text += "".join(line + "\n" for line in lines)
    return (text + "".join(read.line() for read in reads)).encode()


def in_order(reads, contigs):
    """Sorted as a file with an index must be, unplaced reads last."""
    ranks = {name: rank for rank, name in enumerate(contigs)} | {"*": len(contigs)}
    return sorted(reads, key=lambda read: (ranks[read.chrom], read.pos))


def write_reads(path, data, reference=None, index=False):
    """Writes SAM bytes as the name says (.sam, .bam, .cram)."""
    path = pathlib.Path(path)
    if path.suffix == ".sam":
        path.write_bytes(data)
    else:
        kind = {".bam": "-b", ".cram": "-C"}[path.suffix]
        given = ["-T", reference] if reference else []
        samtools("view", "--no-PG", kind, *given, "-o", path, "-", data=data)
    if index:
        samtools("index", path)
    return path


def random_genome(seed=61):
    rng = random.Random(seed)
    lengths = {"c1": 5000, "c2": 1200, "c3": 40, "empty": 900}
    return {name: "".join(rng.choices("ACGT", k=size)) for name, size in lengths.items()}


def random_reads(seed, genome, count):
    """Single reads of every flag, quality and length that matter, some with errors and Ns, some
    unplaced, some without SEQ, in the order of coordinates."""
    rng = random.Random(seed)
    names = [name for name in genome if name != "empty"]
    reads = []
    for number in range(count):
        chrom = rng.choice(names)
        begin = rng.randrange(len(genome[chrom]))
        piece = genome[chrom][begin : begin + rng.choice((1, 5, 15, 16, 17, 31, 40, 150, 700))]
        piece = "".join(rng.choice("ACGTNRY") if rng.random() < 0.03 else b for b in piece)
        flag = rng.choice((0, 0, 0, REVERSE, REVERSE))
        kind = rng.randrange(12)
        if kind == 0:
            flag |= rng.choice((SECONDARY, SUPPLEMENTARY, SECONDARY | SUPPLEMENTARY))
        elif kind == 1:
            piece = ""
        elif kind == 2:
            flag |= rng.choice((0x200, 0x400))
        place = (chrom, begin + 1, rng.choice((0, 3, 19, 20, 21, 60)))
        if kind == 3:
            flag, place = UNMAPPED, ("*", 0, 0)
        reads.append(Read(f"read{number}", flag, *place, piece, ("RG:Z:g1", f"XN:i:{number}")))
    return in_order(reads, genome)


def primary(reads, exclude=SECONDARY | SUPPLEMENTARY):
    return [read for read in reads if not read.flag & exclude]


def annotate_reads(model, *options, engine="reference", **more):
    """Runs vio-annotate on reads, with small windows so that most of them have several."""
    more.setdefault("env", OFFLINE)
    window = [] if "--window" in options else ["--window", 16]
    return annotate("--engine", engine, "--device", "cpu", "-m", model, *window, *options, **more)


class Alignments:
    """SAM text in parts: `header` lines and `records`, each a list of fields."""

    def __init__(self, data):
        text = data.decode()
        assert text.endswith("\n") or not text
        every = text.splitlines()
        self.header = [line for line in every if line.startswith("@")]
        self.lines = every[len(self.header) :]
        self.records = [line.split("\t") for line in self.lines]


def tags_of(fields):
    """{name: value} of a record's tags; none may come twice."""
    tags = {}
    for item in fields[11:]:
        name, _, value = item.split(":", 2)
        assert name not in tags, fields
        tags[name] = value
    return tags


def without_tags(line):
    return "\t".join(item for item in line.split("\t") if not item.startswith(TAGS))


def read_alignments(path, reference=None):
    """Any output file, by way of samtools."""
    given = ["-T", reference] if reference else []
    return Alignments(samtools("view", "-h", "--no-PG", *given, path))
