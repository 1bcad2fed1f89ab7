"""Files that others wrote: HTSlib's, pysam's, PyVCF's and vcfanno's examples, as bcftools sees them."""

import pathlib
import random
import re
import zlib

import pytest

from harness import assert_refused, body, fasta
from variant_files import (
    Site,
    Variants,
    annotate_variants,
    bcftools,
    needs_bcftools,
    without_tags,
)
from variant_oracle import VariantOracle

pytestmark = needs_bcftools
FOLDERS = [
    "/usr/share/htslib-test/test",
    "/usr/share/samtools/test",
    "/usr/share/doc/python-pysam/tests",
    "/usr/share/doc/python3-vcf/test",
    "/usr/share/doc/vcfanno-examples",
]
PACKAGES = "htslib-test python-pysam-tests python-pyvcf-examples vcfanno-examples"
SUFFIXES = (".vcf", ".vcf.gz", ".vcf.bgz", ".bcf", ".vcf40")
LONGEST = 2_000_000  # bases of a reference that is made for a file


def found():
    files = (path for folder in FOLDERS for path in pathlib.Path(folder).rglob("*"))
    return sorted(path for path in files if path.is_file() and path.name.endswith(SUFFIXES))


def name_of(path):
    return "-".join(path.parts[-2:])


def text_of(path):
    """What can be read of a file that may be damaged."""
    data = path.read_bytes()
    text = b""
    while data[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(31)
        try:
            text += unpacker.decompress(data)
        except zlib.error:
            break
        data = unpacker.unused_data
    return (text or data).decode("utf-8", "replace")


def columns_of(path):
    """(contig, POS, REF) of every record that can be told."""
    listed = bcftools("view", "-H", path, check=False)
    lines = (listed.decode("utf-8", "replace") if listed else text_of(path)).split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], int(row[1]), row[3]) for row in rows if len(row) > 4 and row[1].isdigit()]


def made_reference(path, folder):
    """A reference on which the file's records lie as far as they fit, so that most can be scored."""
    columns = columns_of(path)[:20_000] or [("1", 1, "A")]
    rng, genome = random.Random(71), {}
    for contig in list(dict.fromkeys(name for name, *_ in columns))[:20]:
        places = [(pos, ref) for name, pos, ref in columns if name == contig]
        length = max((pos + len(ref) for pos, ref in places if pos < LONGEST), default=0) + 50
        bases = bytearray("".join(rng.choices("ACGT", k=1000)).encode() * (length // 1000 + 1))
        for pos, ref in places:
            if 0 < pos < LONGEST and ref.isalpha():
                bases[pos - 1 : pos - 1 + len(ref)] = ref.encode()
        genome[contig] = bases.decode("ascii", "replace")
    reference = folder / "made.fa"
    reference.write_bytes(fasta(list(genome.items()), width=1000))
    return reference, genome


def test_there_are_some():
    if len(found()) < 20:
        pytest.skip(f"install {PACKAGES} to try real files")


@pytest.mark.parametrize("path", found(), ids=name_of)
def test_ends_as_bcftools_view_does(path, fixed_model, tmp_path):
    reference, genome = made_reference(path, tmp_path)
    theirs = bcftools("view", "--no-version", path, check=False)
    run = annotate_variants(fixed_model, reference, "--no-version", path, check=theirs is not None)
    if theirs is None:
        assert run.code in (2, 3), f"bcftools refuses it, we end with {run.code}"
        return
    output, expected = Variants(run.stdout), Variants(theirs)
    assert [without_tags(line) for line in output.lines] == expected.lines
    assert run.stats["records"]["read"] == len(expected.lines)
    assert set(expected.header) <= set(output.header)
    check_statuses(output, genome)
    piped = annotate_variants(fixed_model, reference, "--no-version", data=path.read_bytes())
    # HTSlib takes contigs that a header lacks from the index beside the file, which a pipe has not.
    same = body if path.with_name(path.name + ".tbi").exists() else bytes
    assert same(piped.stdout) == same(run.stdout)


def check_statuses(output, genome):
    oracle = VariantOracle(genome.get, 32)
    for record in output.records:
        site = Site(record.chrom, int(record.pos), record.ref, record.alt)
        contig = genome.get(site.chrom)
        wanted = [oracle.status(contig, site.pos - 1, site.ref, alt) for alt in site.alts]
        assert record.tag("STATUS") == (wanted or ["NO_ALT"]), record.fields[:5]


@pytest.mark.parametrize("path", found(), ids=name_of)
def test_bcf_holds_the_same_or_is_refused(path, fixed_model, tmp_path):
    """BCF needs declarations that VCF does without; contigs are declared from the reference."""
    if bcftools("view", path, check=False) is None:
        return
    reference, _ = made_reference(path, tmp_path)
    out = tmp_path / "out.bcf"
    options = ["--no-version", "-o", out, path]
    run = annotate_variants(fixed_model, reference, *options, check=False)
    if run.code == 3:
        assert_refused(run, 3)
        assert re.search("BCF can(not)? hold", run.stderr) and not out.exists()
        assert bcftools("view", "-Ob", path, check=False) is None, "bcftools can write it as BCF"
        return
    text = Variants(annotate_variants(fixed_model, reference, "--no-version", path).stdout)
    assert Variants(bcftools("view", "--no-version", out)).lines == text.lines
