"""What bcftools and tabix make of the output; everything but our tags is as bcftools writes it."""

import gzip
import hashlib
import shutil
import subprocess

import pytest

from harness import BGZF_END, SECONDS, left_in
from variant_files import (
    Site,
    Variants,
    annotate_variants,
    bcftools,
    in_order,
    is_ours,
    needs_bcftools,
    read_variants,
    vcf,
    without_tags,
    write_variants,
)
from variant_random import random_sites

pytestmark = [
    needs_bcftools,
    pytest.mark.skipif(not shutil.which("tabix"), reason="no tabix here"),
]
HEADER = [
    '##FILTER=<ID=LowQual,Description="Low quality">',
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count">',
    '##INFO=<ID=DB,Number=0,Type=Flag,Description="In dbSNP, \\"known\\"">',
    '##INFO=<ID=NOTE,Number=.,Type=String,Description="Anything">',
    '##INFO=<ID=VIOLET,Number=1,Type=Float,Description="Not one of our tags">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    "##reference=file:///somewhere/else.fa",
    "##source=a caller; with <odd> text",
]
INFOS = [".", "DB", "AC=3", "NOTE=a|b%3Bc;DB", "VIOLET=1.5e-05;NOTE=x,y", "AC=1;VIOLET=0.1"]
SAMPLES = ("mother", "father 2", "child")
CALLS = [("0/1:12", "1|1:.", "./.:."), ("0|0:3", "0/1:7", ".:5"), ("1/1:0", "0/0", "0/1:1")]


def dressed(sites, samples):
    """The sites with everything that a record may hold besides its alleles."""
    quals, filters = [".", "30", "3.14159", "1e-07"], [".", "PASS", "LowQual"]
    return [
        Site(
            *(site.chrom, site.pos, site.ref, site.alt, f"rs{n};x{n}" if n % 3 else "."),
            *(quals[n % 4], filters[n % 3], INFOS[n % len(INFOS)].replace("AC=3", "NOTE=3")),
            ("GT:DP", *CALLS[n % 3]) if samples else (),
        )
        for n, site in enumerate(sites)
    ]


@pytest.fixture(scope="module", params=["sites_only", "samples"])
def data(request, random_genome):
    _, genome = random_genome
    samples = SAMPLES if request.param == "samples" else ()
    sites = dressed(in_order(random_sites(31, genome, 300), genome), samples)
    sites = [site for site in sites if site.alt.count(",") == 0 or "AC=" not in site.info]
    return vcf(sites, genome, HEADER, samples)


@pytest.fixture
def score(fixed_model, random_genome):
    def run(*options, **more):
        return annotate_variants(fixed_model, random_genome[0], *options, **more)

    return run


def assert_same_but_for_tags(output, source):
    """Header and records are those of `bcftools view --no-version`, byte for byte."""
    theirs = Variants(bcftools("view", "--no-version", source))
    assert [line for line in output.header if not is_ours(line)] == theirs.header
    assert [without_tags(line) for line in output.lines] == theirs.lines
    assert all(record.tag("STATUS") for record in output.records)


@pytest.mark.parametrize("given", ["in.vcf", "in.vcf.gz", "in.bcf"])
@pytest.mark.parametrize("way", ["file", "pipe"])
def test_all_but_our_tags_is_as_bcftools_writes_it(given, way, data, score, tmp_path):
    source = write_variants(tmp_path / given, data)
    more = {"data": source.read_bytes()} if way == "pipe" else {}
    run = score(*([] if way == "pipe" else [source]), **more)
    assert_same_but_for_tags(Variants(run.stdout), source)


@pytest.mark.parametrize(
    "letter,name", [("v", "x.vcf"), ("z", "x.vcf.gz"), ("b", "x.bcf"), ("u", "x.ubcf")]
)
def test_every_format_holds_the_same(letter, name, data, score, tmp_path):
    source = write_variants(tmp_path / "in.vcf", data)
    plain = score("--no-version", source).stdout
    by_letter = score("--no-version", "-O", letter, source).stdout
    assert bcftools("view", "--no-version", data=by_letter) == plain
    if name != "x.ubcf":
        score("--no-version", "-o", tmp_path / name, source)
        assert (tmp_path / name).read_bytes() == by_letter, "the suffix decides"
    assert (b"##fileformat=" in by_letter) == (letter in "vu"), "what is not compressed can be read"
    if letter in "zb":
        assert by_letter[12:16] == b"BC\x02\x00" and by_letter.endswith(BGZF_END)


@pytest.mark.parametrize("name,index", [("x.vcf.gz", "tbi"), ("x.bcf", "csi"), ("x.tsv.gz", "tbi")])
def test_the_index_finds_every_record(name, index, data, score, random_genome, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / name
    score("-o", out, "-W", data=data)
    assert left_in(folder) == [name, f"{name}.{index}"]
    for region in ("long:100-3000", "chr2", "gap:60-200", "long:5990-6000"):
        if name.endswith("tsv.gz"):
            lines = subprocess.run(
                ["tabix", out, region], capture_output=True, check=True, timeout=SECONDS
            ).stdout.splitlines()
            expected = rows_in(gzip.decompress(out.read_bytes()), region)
        else:
            lines = bcftools("view", "-H", "-r", region, out).splitlines()
            expected = bcftools("view", "-H", "-t", region, "--targets-overlap", "1", out)
            expected = expected.splitlines()
        assert lines == expected and expected


def rows_in(table, region):
    """Rows of the table that tabix ought to find: by POS and the length of REF."""
    contig, _, interval = region.partition(":")
    begin, end = map(int, interval.split("-")) if interval else (1, 2**31)
    rows = [line for line in table.splitlines() if not line.startswith(b"#")]
    parts = [(line, line.decode().split("\t")) for line in rows]
    return [line for line, p in parts if p[0] == contig and begin <= int(p[1]) <= end]


def test_bcftools_and_tabix_take_the_output(data, score, tmp_path):
    out = tmp_path / "x.vcf.gz"
    score("-o", out, "-W", data=data)
    records = read_variants(out).records
    kept = Variants(bcftools("view", "-i", "VIO_DELTA>0.1", out)).records
    large = [r for r in records if any(float(d) > 0.1 for d in r.tag("DELTA") or [] if d != ".")]
    assert [r.fields for r in kept] == [r.fields for r in large] and large
    queried = bcftools("query", "-f", "%VIO_TOP\t%VIO_STATUS\t%VIO_PREF\n", out).decode()
    tags = [[r.info.get(f"VIO_{name}", ".") for name in ("TOP", "STATUS", "PREF")] for r in records]
    assert [line.split("\t") for line in queried.splitlines()] == tags
    ok = Variants(bcftools("view", "-i", 'VIO_STATUS="OK" && VIO_CLASS="alpha"', out)).records
    alpha = [r for r in records if "alpha" in (r.tag("CLASS") or [])]
    assert [r.fields for r in ok] == [r.fields for r in alpha] and alpha
    stripped = bcftools("annotate", "-x", "INFO/VIO_TOP,INFO/VIO_STATUS", out)
    assert not any(r.tag("STATUS") for r in Variants(stripped).records)
    tabix = ["tabix", str(out), "long:1-6000"]
    found = subprocess.run(tabix, capture_output=True, check=True, timeout=SECONDS).stdout
    assert found.splitlines() == bcftools("view", "-H", "-r", "long", out).splitlines()


@pytest.mark.parametrize("suffix", ["vcf.gz", "bcf"])
def test_shards_are_joined_by_concat_naive(suffix, data, score, tmp_path):
    source = write_variants(tmp_path / "in.vcf.gz", data, index="csi")
    parts = [tmp_path / f"{number}.{suffix}" for number in (1, 2)]
    for number, part in zip((1, 2), parts):
        score("--no-version", "--shard", f"{number}/2", "-o", part, source)
    joined = tmp_path / f"joined.{suffix}"
    bcftools("concat", "-n", "-o", joined, *parts)
    assert read_variants(joined).lines == Variants(score(source).stdout).lines


def test_declarations(score, data, fixed_model):
    output = Variants(score("--all-classes", data=data).stdout)
    declared = {}
    for line in output.header:
        if line.startswith("##INFO=<ID=VIO_"):
            fields = dict(item.split("=", 1) for item in line[8:-1].split(",", 3))
            declared[fields["ID"][4:]] = (fields["Number"], fields["Type"])
            assert len(fields["Description"]) > 10
    assert declared == {
        "TOP": ("R", "String"),
        "CLASS": ("A", "String"),
        "PREF": ("A", "Float"),
        "PALT": ("A", "Float"),
        "DELTA": ("A", "Float"),
        "STATUS": (".", "String"),
        "FLAGS": (".", "String"),
        "PROBS": ("R", "String"),
    }
    [probs] = [line for line in output.header if line.startswith("##INFO=<ID=VIO_PROBS,")]
    places = [probs.index(name) for name in ("alpha", "beta", "gamma")]
    assert places == sorted(places), "VIO_PROBS says what the order of its classes is"


def test_version_command_and_model(score, data, fixed_model):
    digest = hashlib.sha256(fixed_model.read_bytes()).hexdigest()
    with_version = Variants(score(data=data).stdout).header
    without = Variants(score("--no-version", data=data).stdout).header
    for header, wanted in ((with_version, 1), (without, 0)):
        for key in ("##vio-annotateVersion=", "##vio-annotateCommand="):
            assert sum(line.startswith(key) for line in header) == wanted
        [model] = [line for line in header if line.startswith("##vio-annotateModel=")]
        assert model.startswith("##vio-annotateModel=<ID=VIO,") and digest in model
    assert [line for line in with_version if "Version=" not in line and "Command=" not in line] == [
        line for line in without if "Version=" not in line and "Command=" not in line
    ]


def test_a_header_without_records(score, random_genome):
    run = score(data=vcf([], random_genome[1], HEADER))
    output = Variants(run.stdout)
    assert output.lines == [] and any(is_ours(line) for line in output.header)
    assert run.stats["records"]["read"] == run.stats["alleles"]["read"] == 0
