"""The same bytes whatever the threads, the batch, the way in and the shards."""

import gzip
import os
import random
import subprocess
import threading

import pytest

from harness import ENGINES, SECONDS, annotate, binary, body, left_in
from variant_files import (
    Site,
    Variants,
    annotate_variants,
    bcftools,
    in_order,
    needs_bcftools,
    vcf,
    write_variants,
)
from variant_random import random_sites


def spread_sites(genome):
    """SNVs, deletions and symbolic alleles that reach over wherever shards may be cut."""
    sites, sequence = [], genome["long"]
    for begin in range(1, len(sequence), 97):
        sites.append(Site("long", begin, sequence[begin - 1], "A", id="snv"))
        sites.append(Site("long", begin, sequence[begin - 1 : begin + 199], "A", id="deletion"))
        sites.append(Site("long", begin, "N", "<DEL>", id="sv", info=f"END={begin + 1000}"))
    return sites


@pytest.fixture(scope="module")
def sites(random_genome):
    _, genome = random_genome
    return in_order(random_sites(51, genome, 500) + spread_sites(genome), genome)


@pytest.fixture(scope="module")
def data(random_genome, sites):
    end = '##INFO=<ID=END,Number=1,Type=Integer,Description="End of the variant">'
    return vcf(sites, random_genome[1], [end])


@pytest.fixture(params=ENGINES)
def score(request, fixed_model, random_genome):
    def run(*options, **more):
        options = ["--no-version", "--device", "cpu", *options]
        return annotate_variants(
            fixed_model, random_genome[0], *options, engine=request.param, **more
        ).stdout

    return run


def test_threads_and_batches(score, data):
    whole = score("-@", 1, data=data)
    assert len(Variants(whole).records) > 600
    for threads in (1, 2, 4):
        assert score("-@", threads, data=data) == whole
    for batch in (1, 3, 64, 0):
        assert score("-b", batch, "-@", 2, data=data) == whole


@pytest.mark.parametrize("options", [["-O", "t"], ["--all-classes", "--strand", "both"]])
def test_tables_and_more_columns_too(options, score, data):
    whole = score(*options, "-@", 1, data=data)
    for more in (["-@", 4], ["-@", 2, "-b", 3], ["-b", 64]):
        assert score(*options, *more, data=data) == whole


@needs_bcftools
def test_ways_in_and_out(score, data, tmp_path):
    whole = score(data=data)
    for name in ("in.vcf", "in.vcf.gz", "in.bcf"):
        path = write_variants(tmp_path / name, data)
        assert score(path, "-@", 4) == whole
        assert score("-", data=path.read_bytes()) == whole
    assert score(data=gzip.compress(data)) == whole, "plain gzip is VCF too"
    folder = tmp_path / "out"
    folder.mkdir()
    assert score("-o", folder / "x.vcf", data=data) == b""
    assert (folder / "x.vcf").read_bytes() == whole and left_in(folder) == ["x.vcf"]
    score("-o", folder / "x.vcf.gz", data=data)
    assert gzip.decompress((folder / "x.vcf.gz").read_bytes()) == whole
    score("-o", folder / "x.bcf", data=data)
    assert bcftools("view", "--no-version", folder / "x.bcf") == whole


def test_a_pipe_with_a_name(score, data, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(data), daemon=True)
    writer.start()
    assert score(pipe) == score(data=data)
    writer.join(SECONDS)


def test_process_substitution(score, data, fixed_model, random_genome, tmp_path):
    source = tmp_path / "in.vcf.gz"
    source.write_bytes(gzip.compress(data))
    options = f"-q --no-version --engine reference -m '{fixed_model}' -f '{random_genome[0]}'"
    script = f"set -eo pipefail; '{binary()}' {options} <(zcat '{source}') | cat > whole"
    subprocess.run(["bash", "-c", script], cwd=tmp_path, timeout=SECONDS, check=True)
    plain = annotate_variants(fixed_model, random_genome[0], "--no-version", data=data).stdout
    assert (tmp_path / "whole").read_bytes() == plain


FORMS = [("in.vcf", None), ("in.vcf.gz", "tbi"), ("in.vcf.gz", "csi"), ("in.bcf", "csi")]


@needs_bcftools
@pytest.mark.parametrize("name,index", FORMS)
@pytest.mark.parametrize("count", [1, 3, 7])
def test_gathered_shards_are_the_whole(
    name, index, count, data, fixed_model, random_genome, tmp_path
):
    source = write_variants(tmp_path / name, data, index)
    common = ["--engine", "reference", "-m", fixed_model, "-f", random_genome[0], "--no-version"]
    whole = annotate(*common, source)
    shards = [annotate(*common, "--shard", f"{i}/{count}", source) for i in range(1, count + 1)]
    assert b"".join(body(shard.stdout) for shard in shards) == body(whole.stdout)
    headers = {shard.stdout[: -len(body(shard.stdout)) or None] for shard in shards}
    assert headers == {whole.stdout[: -len(body(whole.stdout))]}
    for level in ("records", "alleles", "windows"):
        parts = [shard.stats[level] for shard in shards]
        assert sum(part["read"] for part in parts) == whole.stats[level]["read"]
        assert sum(part["scored"] for part in parts) == whole.stats[level]["scored"]
    if count == 3:
        assert all(shard.stats["records"]["read"] > 50 for shard in shards)


@needs_bcftools
@pytest.mark.parametrize("form", ["t", "b"])
def test_gathered_shards_in_other_formats(form, data, fixed_model, random_genome, tmp_path):
    source = write_variants(tmp_path / "in.vcf.gz", data, "tbi")
    common = ["--engine", "reference", "-m", fixed_model, "-f", random_genome[0], "-O", form]
    parts = [[], *[["--shard", f"{i}/3"] for i in (1, 2, 3)]]
    runs = [annotate(*common, *part, source).stdout for part in parts]
    if form == "b":
        runs = [bcftools("view", "--no-version", data=run) for run in runs]
    whole, *shards = map(body, runs)
    assert b"".join(shards) == whole


@needs_bcftools
def test_more_shards_than_records(fixed_model, random_genome, tmp_path):
    _, genome = random_genome
    data = vcf([Site("five", 1, genome["five"][0], "N"), Site("one", 1, "N", "A")], genome)
    source = write_variants(tmp_path / "in.vcf.gz", data, "csi")
    common = ["--engine", "reference", "-m", fixed_model, "-f", random_genome[0]]
    whole = annotate(*common, source).stdout
    shards = [annotate(*common, "--shard", f"{i}/40", source).stdout for i in range(1, 41)]
    assert b"".join(map(body, shards)) == body(whole)
    assert sum(1 for shard in shards if body(shard)) <= 2


@needs_bcftools
@pytest.mark.parametrize("count", [2, 5])
def test_shards_where_the_reference_lacks_contigs(count, fixed_model, random_genome, tmp_path):
    """Records of contigs that only the VCF knows, and past a contig's end, are in one shard each."""
    path, genome = random_genome
    contigs = genome | {"absent": 500, "other": 100}
    sites = [Site("absent", pos, "A", "C") for pos in range(1, 600, 50)]
    sites += [Site("other", 1, "A", "C"), Site("one", 0, "N", "A"), Site("one", 999, "A", "C")]
    sites = in_order(random_sites(52, genome, 50) + sites, contigs)
    common = ["--engine", "reference", "-m", fixed_model, "-f", path]
    for name, index in FORMS:
        source = write_variants(tmp_path / name, vcf(sites, contigs), index)
        whole = annotate(*common, source).stdout
        shards = [annotate(*common, "--shard", f"{i}/{count}", source) for i in range(1, count + 1)]
        assert b"".join(body(shard.stdout) for shard in shards) == body(whole), name


def test_shuffled_input_stays_shuffled(score, random_genome, sites):
    shuffled = random.Random(53).sample(sites, len(sites))
    output = Variants(score("-@", 4, "-b", 7, data=vcf(shuffled, random_genome[1])))
    assert [record.fields[:5] for record in output.records] == [
        [site.chrom, str(site.pos), site.id, site.ref, site.alt] for site in shuffled
    ]
