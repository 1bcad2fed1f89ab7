"""Regions and targets: the same records as `bcftools view` with the same options."""

import collections

import pytest

from harness import annotate, assert_refused, bgzip, body
from variant_files import Site, Variants, bcftools, in_order, needs_bcftools, vcf, without_tags
from variant_files import write_variants
from variant_random import random_sites

pytestmark = needs_bcftools
MODES = {"pos": "0", "record": "1", "variant": "2"}
REGIONS = {
    "one": "long:1000-1200",
    "a_base": "long:1008-1008",
    "a_base_alone": "long:1008",
    "contig": "chr2",
    "open_end": "long:5000-",
    "several": "long:100-300,chr2:5-400,w32",
    "unordered": "chr2:700-900,long:4000-4500,chr2:100-200,long:10-50",
    "overlapping": "long:100-600,long:300-900,long:300-310,long:850-1000",
    "touching": "long:100-199,long:200-299",
    "twice": "long:2000-2100,long:2000-2100",
    "nothing_there": "five:4-5",
}


@pytest.fixture(scope="module")
def files(random_genome, tmp_path_factory):
    """Every form of one input with SNVs, indels and long alleles that end after their POS."""
    _, genome = random_genome
    sequence, sites = genome["long"], []
    for begin in range(1, 5800, 53):
        sites.append(Site("long", begin, sequence[begin - 1 : begin + 99], "A", id="deletion"))
        sites.append(Site("long", begin, "N", "<DEL>", id="sv", info=f"END={begin + 300}"))
        sites.append(Site("long", begin, sequence[begin - 1], sequence[begin - 1] + "ACG"))
    sites = [s for s in random_sites(61, genome, 400) if s.chrom != "five"] + sites
    end = '##INFO=<ID=END,Number=1,Type=Integer,Description="End of the variant">'
    data = vcf(in_order(sites, genome), genome, [end])
    folder = tmp_path_factory.mktemp("regions")
    forms = [("tbi.vcf.gz", "tbi"), ("csi.vcf.gz", "csi"), ("x.bcf", "csi"), ("x.vcf", None)]
    return {name: write_variants(folder / name, data, index) for name, index in forms}


@pytest.fixture
def score(fixed_model, random_genome):
    def run(*options, **more):
        return annotate(
            *("--engine", "reference", "-m", fixed_model, "-f", random_genome[0], "--no-version"),
            *options,
            **more,
        )

    return run


def assert_records_of(run, *bcftools_options):
    """The same records, each as often; which comes first is each program's own affair."""
    ours = collections.Counter(without_tags(line) for line in Variants(run.stdout).lines)
    theirs = collections.Counter(bcftools("view", "-H", *bcftools_options).decode().splitlines())
    assert ours == theirs
    return sum(theirs.values())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("regions", REGIONS)
def test_regions_by_index(regions, mode, files, score):
    text = REGIONS[regions]
    run = score("-r", text, "--regions-overlap", mode, files["tbi.vcf.gz"])
    count = assert_records_of(
        run, "-r", text, "--regions-overlap", MODES[mode], files["tbi.vcf.gz"]
    )
    assert (count == 0) == (regions == "nothing_there")
    assert run.stats["records"]["read"] == count
    for name in ("csi.vcf.gz", "x.bcf"):
        other = score("-r", text, "--regions-overlap", mode, files[name])
        assert body(other.stdout) == body(run.stdout), name


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("regions", REGIONS)
def test_targets_by_streaming(regions, mode, files, score):
    text, source = REGIONS[regions], files["x.vcf"]
    run = score("-t", text, "--regions-overlap", mode, source)
    options = ["-t", text, "--targets-overlap", MODES[mode]]
    assert_records_of(run, *options, source)
    lines = [without_tags(line) for line in Variants(run.stdout).lines]
    assert lines == in_file_order(lines, source), "streaming keeps the order of the file"
    piped = score("-t", text, "--regions-overlap", mode, data=files["tbi.vcf.gz"].read_bytes())
    assert piped.stdout == run.stdout


def in_file_order(lines, source):
    left = collections.Counter(lines)
    kept = []
    for line in bcftools("view", "-H", source).decode().splitlines():
        if left[line] > 0:
            kept.append(line)
            left[line] -= 1
    return kept


def test_the_defaults_are_bcftools_own(files, score):
    text, source = "long:1000-1200", files["tbi.vcf.gz"]
    by_index = assert_records_of(score("-r", text, source), "-r", text, source)
    streamed = assert_records_of(score("-t", text, source), "-t", text, source)
    assert by_index > streamed > 0


@pytest.mark.parametrize("option", ["-R", "-T"])
@pytest.mark.parametrize("kind", ["bed", "txt", "bed.gz"])
def test_region_files(option, kind, files, score, tmp_path):
    rows = [("long", 4000, 4500), ("chr2", 10, 300), ("long", 100, 350), ("long", 300, 600)]
    first = 1 if kind == "txt" else 0
    text = "".join(f"{name}\t{begin + first}\t{end}\n" for name, begin, end in rows).encode()
    listed, source = tmp_path / f"x.{kind}", files["csi.vcf.gz"]
    listed.write_bytes(bgzip(text) if kind.endswith("gz") else text)
    run = score(option, listed, source)
    strings = ",".join(f"{name}:{begin + 1}-{end}" for name, begin, end in rows)
    assert_records_of(run, option.lower(), strings, source)
    again = score(option.lower(), strings, source)
    assert sorted(body(again.stdout).splitlines()) == sorted(body(run.stdout).splitlines())


@pytest.mark.parametrize("option", ["-r", "-t"])
def test_scores_do_not_depend_on_the_region(option, files, score):
    whole = set(body(score(files["x.bcf"]).stdout).splitlines())
    part = body(score(option, "long:500-2500", files["x.bcf"]).stdout).splitlines()
    assert len(part) > 50 and set(part) <= whole


def test_sorted_regions_can_be_indexed(files, score, tmp_path):
    out = tmp_path / "x.vcf.gz"
    score("-r", "long:100-300,long:250-700,chr2", "-W", "-o", out, files["tbi.vcf.gz"])
    assert int(bcftools("index", "-n", out)) == bcftools("view", "-H", out).count(b"\n") > 50


@pytest.mark.parametrize("name", ["tbi.vcf.gz", "x.bcf"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", [3, 7])
def test_gathered_shards_of_regions(name, mode, count, files, score):
    text = "long:100-600,long:300-900,long:2000-2600,chr2:1-800"
    options = ["-r", text, "--regions-overlap", mode, files[name]]
    whole = score(*options).stdout
    shards = [score("--shard", f"{i}/{count}", *options).stdout for i in range(1, count + 1)]
    assert b"".join(map(body, shards)) == body(whole)


@pytest.mark.parametrize("other", [["--shard", "1/2"], ["-r", "long"]])
def test_targets_alone(other, files, score):
    """What cannot be combined is refused, not ignored."""
    run = score("-t", "long:100-900", *other, files["tbi.vcf.gz"], check=False)
    assert_refused(run, 2)
    assert run.stdout == b""


@pytest.mark.parametrize("option", ["-r", "-t"])
def test_a_region_under_the_other_convention(option, fixed_model, random_genome, tmp_path):
    """Regions are in the reference's words or in the VCF's."""
    path, genome = random_genome
    sites = [Site("2", pos, "N", "A") for pos in range(1, 1500, 10)]
    source = write_variants(tmp_path / "x.vcf.gz", vcf(sites, {"2": genome["chr2"]}), "tbi")
    common = ["--engine", "reference", "-m", fixed_model, "-f", path]
    named, other = [annotate(*common, option, f"{c}:100-700", source) for c in ("2", "chr2")]
    assert body(named.stdout) == body(other.stdout) and named.stats["records"]["read"] == 60


@pytest.mark.parametrize("option", ["-r", "-t"])
def test_a_contig_that_nobody_knows(option, files, score):
    run = score(option, "nowhere:1-5", files["tbi.vcf.gz"], check=False)
    assert_refused(run, 2)
    assert "nowhere" in run.stderr


@pytest.mark.parametrize("options", [["-r", "long:1-100"], ["-R", "{bed}"]])
@pytest.mark.parametrize("name", ["x.vcf.gz", "x.bcf", "x.vcf"])
def test_seeking_needs_an_index(options, name, files, score, tmp_path):
    source, bed = tmp_path / name, tmp_path / "x.bed"
    twin = {"x.vcf.gz": "tbi.vcf.gz"}.get(name, name)
    source.write_bytes(files[twin].read_bytes())
    bed.write_text("long\t0\t100\n")
    run = score(*[option.format(bed=bed) for option in options], source, check=False)
    assert_refused(run, 2)
    assert name in run.stderr and "index" in run.stderr


@pytest.mark.parametrize("options", [["-r", "long:1-100"], ["--shard", "1/2"]])
def test_standard_input_cannot_be_sought(options, files, score):
    run = score(*options, data=files["tbi.vcf.gz"].read_bytes(), check=False)
    assert_refused(run, 2)
