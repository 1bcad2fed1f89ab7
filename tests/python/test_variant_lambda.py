"""Phage lambda, mutated at every base: 100,000 records and more."""

import gzip
import os
import random

import pytest

from harness import bgzip, fasta
from variant_files import Variants, annotate_variants, bcftools, needs_bcftools, vcf
from variant_lambda import LAMBDA, mutations, read_lambda
from variant_oracle import VariantOracle

pytestmark = pytest.mark.skipif(not LAMBDA.exists(), reason="install bowtie2-examples")
WINDOW = 32


@pytest.fixture(scope="module")
def genome():
    return dict([read_lambda()])


@pytest.fixture(scope="module")
def reference(genome, tmp_path_factory):
    path = tmp_path_factory.mktemp("lambda") / "lambda.fa.gz"
    path.write_bytes(bgzip(fasta(list(genome.items()))))
    return path


def check_sample(records, sites, genome, model, size):
    """Scores of some records, chosen by a fixed seed, against PyTorch."""
    pytest.importorskip("torch", reason="no PyTorch here to compare with")
    from variant_checks import check_record
    from variant_oracle import Scorer

    oracle, scorer = VariantOracle(genome.get, WINDOW), Scorer(model)
    for number in random.Random(81).sample(range(len(sites)), size):
        check_record(records[number], oracle.expect(sites[number]), scorer)


@pytest.fixture(scope="module")
def sites(genome):
    [(name, sequence)] = genome.items()
    every = list(mutations(name, sequence, 84))
    assert len(every) > 150_000
    return every


def annotate_file(model, reference, sites, genome, folder, *options):
    source, out = folder / "in.vcf.gz", folder / "out.vcf.gz"
    source.write_bytes(bgzip(vcf(sites, genome), 60_000))
    run = annotate_variants(model, reference, "-@", 2, *options, "-W", "-o", out, source)
    return run, out


@needs_bcftools
def test_every_mutation(genome, sites, reference, fixed_model, tmp_path):
    run, out = annotate_file(fixed_model, reference, sites, genome, tmp_path)
    records = Variants(gzip.decompress(out.read_bytes())).records
    assert [record.id for record in records] == [site.id for site in sites]
    assert {record.info["VIO_STATUS"] for record in records} == {"OK"}
    for level in ("records", "alleles"):
        assert run.stats[level] == {"read": len(sites), "scored": len(sites), "skipped": {}}
    assert run.stats["windows"]["scored"] == 2 * len(sites)
    edges = [int(r.pos) for r in records if "EDGE" in r.info.get("VIO_FLAGS", "")]
    assert {pos for pos in edges if pos < 40_000} == set(range(1, 17))
    check_sample(records, sites, genome, fixed_model, 500)
    assert int(bcftools("index", "-n", out)) == len(sites)


def test_memory_does_not_grow_with_the_file(genome, sites, reference, fixed_model, tmp_path):
    if os.environ.get("VIO_SANITIZE"):
        pytest.skip("sanitizers hold memory back")
    peaks = []
    for some in (sites[:2000], sites):
        run, _ = annotate_file(fixed_model, reference, some, genome, tmp_path)
        peaks.append(run.stats["peak_memory_bytes"])
    assert peaks[1] - peaks[0] < 50_000_000, peaks
