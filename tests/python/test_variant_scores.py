"""Every tag of hundreds of random variants, against haplotypes cut in Python and PyTorch's scores."""

import random

import pytest

from harness import ENGINES
from variant_checks import check_all_classes, check_record, check_stats
from variant_files import Site, Variants, annotate_variants, random_bases, vcf, write_reference
from variant_oracle import Scorer, VariantOracle
from variant_random import random_sites

torch = pytest.importorskip("torch", reason="no PyTorch here to compare with")
pysam = pytest.importorskip("pysam", reason="no pysam here to read references with")
import vio_model  # noqa: E402  (needs PyTorch itself)


def contigs_of(path):
    """Whole contigs of a reference as pysam reads them."""
    reference = pysam.FastaFile(str(path))
    return lambda name: reference.fetch(name) if name in reference.references else None


def run_and_compare(model, reference, sites, window, *options, **more):
    """Annotates, checks everything about every record, and gives the output."""
    path, genome = reference
    strand = more.pop("strand", "forward")
    options = [*options, "--strand", strand]
    run = annotate_variants(model, path, *options, data=vcf(sites, genome), **more)
    output, scorer = Variants(run.stdout), Scorer(model, strand)
    oracle = VariantOracle(contigs_of(path), window, use_vcf="use-vcf" in options)
    expected = [oracle.expect(site) for site in sites]
    assert len(output.records) == len(sites)
    for record, site, one in zip(output.records, sites, expected):
        assert record.fields[:5] == [site.chrom, str(site.pos), site.id, site.ref, site.alt]
        check_record(record, one, scorer)
    if strand == "forward":
        check_stats(run.stats, expected)
    return output


def assert_telling(output):
    """Scores that hardly vary, or alleles that are hardly ever scored, prove nothing."""
    texts = [text for record in output.records for text in record.tag("DELTA") or []]
    deltas = [abs(float(text)) for text in texts if text != "."]
    assert len(deltas) > 0.5 * len(output.records) and max(deltas) > 0.05
    assert len({label for record in output.records for label in record.tag("TOP") or []}) > 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "strand,window", [("forward", 32), ("reverse", 32), ("both", 32), ("forward", 21), ("both", 27)]
)
def test_fixed_windows(engine, strand, window, fixed_model, random_genome):
    sites = random_sites(window, random_genome[1], 300, longest=window - window // 2)
    options = ["--window", window] if window != 32 else []
    output = run_and_compare(
        fixed_model, random_genome, sites, window, *options, strand=strand, engine=engine
    )
    assert_telling(output)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("strand,window", [("forward", 33), ("both", 64), ("reverse", 7)])
def test_free_windows(engine, strand, window, free_model, random_genome):
    sites = random_sites(window + 1, random_genome[1], 300, longest=window - window // 2)
    output = run_and_compare(
        free_model, random_genome, sites, window, "--window", window, strand=strand, engine=engine
    )
    assert_telling(output)


def test_two_classes_and_names_that_vcf_cannot_hold(two_class_model, random_genome):
    sites = random_sites(3, random_genome[1], 200)
    output = run_and_compare(two_class_model, random_genome, sites, 32, "--all-classes")
    classes = Scorer(two_class_model).classes
    for record in output.records:
        if record.tag("TOP"):
            check_all_classes(record, classes)
    said = {label for record in output.records for label in record.tag("TOP") or []} - {"."}
    assert said and not any(set(label) & set(" ,;=:|") for label in said)


@pytest.mark.parametrize("engine", ENGINES)
def test_all_classes_explain_every_other_tag(engine, fixed_model, random_genome):
    sites = random_sites(4, random_genome[1], 400)
    output = run_and_compare(fixed_model, random_genome, sites, 32, "--all-classes", engine=engine)
    scored = [record for record in output.records if record.tag("TOP")]
    tops = set()
    for record in scored:
        check_all_classes(record, ["alpha", "beta", "gamma"])
        tops |= set(record.tag("TOP"))
    assert len(scored) > 200 and {"alpha", "beta", "gamma"} <= tops
    assert not any(record.tag("PROBS") for record in output.records if not record.tag("TOP"))


def test_where_ref_differs_vcf_may_be_believed(free_model, random_genome):
    _, genome = random_genome
    rng = random.Random(6)
    sites = []
    for number in range(200):
        begin = rng.randrange(6000 - 4)
        ref = "".join(rng.choices("ACGT", k=rng.randint(1, 4)))
        sites.append(Site("long", begin + 1, ref, rng.choice("ACGT") + "A" * rng.randrange(3)))
    output = run_and_compare(free_model, random_genome, sites, 32, "--ref-mismatch", "use-vcf")
    assert {status for record in output.records for status in record.tag("STATUS")} == {"OK"}


@pytest.fixture(scope="module")
def long_genome(tmp_path_factory):
    """Contigs longer than every window of a test, so that no window is all of its contig."""
    rng = random.Random(7)
    genome = {"chr1": random_bases(rng, 4000), "chr2": random_bases(rng, 2500)}
    path = tmp_path_factory.mktemp("long") / "long.fa"
    return write_reference(path, genome), genome


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "kind,window,strand",
    [
        ("v1", 1000, "forward"),
        ("v1", 333, "both"),
        ("vio_s", 1000, "forward"),
        ("vio_s", 101, "both"),
    ],
)
def test_real_architectures(engine, kind, window, strand, long_genome, tmp_path):
    spec = {"v1": vio_model.v1_spec, "vio_s": vio_model.vio_s_spec}[kind](list("abcde"))
    path = tmp_path / "model.safetensors"
    vio_model.random_model(spec, 8, path)
    sites = random_sites(9, long_genome[1], 25, longest=30)
    output = run_and_compare(
        path, long_genome, sites, window, "--window", window, strand=strand, engine=engine
    )
    assert any(record.tag("DELTA") for record in output.records)


def test_no_window_counts_as_a_whole_sequence(random_genome, tmp_path):
    """A model that reads length must not see more in REF than in ALT, short contigs included."""
    path = tmp_path / "model.safetensors"
    vio_model.random_model(vio_model.vio_s_spec(list("abc")), 12, path)
    _, genome = random_genome
    short = {name: genome[name] for name in ("w31", "w32", "w33", "five", "one")}
    sites = random_sites(13, short, 40)
    output = run_and_compare(path, random_genome, sites, 100, "--window", 100)
    assert any(record.tag("DELTA") for record in output.records)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(6))
def test_any_member_of_the_family(engine, seed, long_genome, tmp_path):
    """Every block, pooling, stem and head there is, with windows down to a single position."""
    spec = vio_model.random_spec(seed) | {"alphabet": "dna"}
    path = tmp_path / "member.safetensors"
    vio_model.random_model(spec, seed, path)
    window = spec["window"]
    sites = random_sites(seed, long_genome[1], 60, longest=max(2, window - window // 2))
    output = run_and_compare(path, long_genome, sites, window, engine=engine)
    assert any(record.tag("DELTA") for record in output.records)
