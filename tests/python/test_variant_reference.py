"""Whatever the reference looks like, and however long it is, the windows are the same."""

import random

import numpy as np
import pytest

from harness import bgzip, fasta
from variant_files import Site, Variants, annotate_variants, vcf, write_reference
from variant_oracle import VariantOracle
from variant_random import random_sites

BLOCK = 1 << 16  # a stride of blocks at whose borders a cache may go wrong


def test_a_soft_masked_reference_scores_as_one_in_capitals(fixed_model, random_genome, tmp_path):
    path, genome = random_genome
    upper = {name: sequence.upper() for name, sequence in genome.items()}
    capitals = write_reference(tmp_path / "upper.fa", upper)
    sites = random_sites(10, genome, 200)
    outputs = [
        annotate_variants(fixed_model, reference, "--no-version", data=vcf(sites, genome)).stdout
        for reference in (path, capitals)
    ]
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize("kind", ["bgzip", "crlf", "one_line"])
def test_however_the_reference_is_written(kind, fixed_model, random_genome, tmp_path):
    path, genome = random_genome
    records = list(genome.items())
    other = tmp_path / ("other.fa.gz" if kind == "bgzip" else "other.fa")
    written = {
        "bgzip": lambda: bgzip(fasta(records), 700),
        "crlf": lambda: fasta(records, end="\r\n"),
        "one_line": lambda: fasta(records, width=100_000),
    }
    other.write_bytes(written[kind]())
    data = vcf(random_sites(11, genome, 200), genome)
    whole = annotate_variants(fixed_model, path, "--no-version", data=data).stdout
    assert annotate_variants(fixed_model, other, "--no-version", data=data).stdout == whole


@pytest.fixture(scope="module")
def long_genome(tmp_path_factory):
    """Many megabases, more than is held at once, without a repeat."""
    letters = np.frombuffer(b"ACGT", dtype=np.uint8)
    drawn = np.random.default_rng(14).integers(0, 4, size=9_000_000)
    text = letters[drawn].tobytes().decode()
    genome = {"first": text[:6_000_000], "second": text[6_000_000:]}
    path = tmp_path_factory.mktemp("long") / "long.fa"
    path.write_bytes(fasta(list(genome.items()), width=100))
    return path, genome


def far_sites(genome, count):
    """SNVs anywhere, every second one close to where a block may begin."""
    rng, sites = random.Random(15), []
    for number in range(count):
        name = rng.choice(list(genome))
        begin = rng.randrange(100, len(genome[name]) - 100)
        if number % 2:
            begin = begin // BLOCK * BLOCK + rng.randint(-20, 20)
        begin = max(begin, 0)
        base = genome[name][begin]
        sites.append(Site(name, begin + 1, base, rng.choice("ACGT".replace(base, ""))))
    return sites


def test_far_apart_and_in_any_order(long_genome, free_model):
    """A shuffled file reads blocks of the reference again and again; a sorted one reads each once."""
    path, genome = long_genome
    shuffled = far_sites(genome, 3000)
    in_order = sorted(shuffled, key=lambda site: (site.chrom, site.pos, site.alt))
    ways = {}
    for name, sites, options in (
        ("sorted", in_order, ["-@", 1]),
        ("shuffled", shuffled, ["-@", 4, "-b", 7]),
    ):
        run = annotate_variants(free_model, path, *options, data=vcf(sites, genome))
        assert run.stats["alleles"]["scored"] == len(sites), run.stats["alleles"]
        assert run.stats["peak_memory_bytes"] < 200_000_000
        ways[name] = Variants(run.stdout).lines
    assert sorted(ways["sorted"]) == sorted(ways["shuffled"])


def test_scores_across_the_borders_of_blocks(long_genome, free_model):
    """Windows that end, begin and lie across a border, against slices cut in Python."""
    pytest.importorskip("torch", reason="no PyTorch here to compare with")
    from variant_checks import check_record
    from variant_oracle import Scorer

    path, genome = long_genome
    near = {name: text[: 2 * BLOCK + 600] for name, text in genome.items()}
    sites = []
    for offset in range(-70, 70, 3):
        begin = BLOCK + offset
        ref = near["first"][begin : begin + 1 + offset % 7]
        sites.append(Site("first", begin + 1, ref, "A" * (1 + offset % 5)))
    run = annotate_variants(free_model, path, "--window", 64, data=vcf(sites, genome))
    oracle, scorer = VariantOracle(near.get, 64), Scorer(free_model)
    for record, site in zip(Variants(run.stdout).records, sites):
        check_record(record, oracle.expect(site), scorer)
