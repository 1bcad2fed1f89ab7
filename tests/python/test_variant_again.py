"""Annotating what is annotated already: our tags are replaced, other prefixes are left alone."""

import pytest

from harness import assert_refused
from variant_files import Site, Variants, annotate_variants, bcftools, is_ours, needs_bcftools
from variant_files import vcf, without_tags
from variant_random import random_sites


@pytest.fixture(scope="module")
def data(random_genome):
    _, genome = random_genome
    lines = ['##INFO=<ID=AC,Number=.,Type=Integer,Description="Count">']
    sites = random_sites(41, genome, 150)
    counted = [Site(s.chrom, s.pos, s.ref, s.alt, s.id, info="AC=7") for s in sites]
    return vcf(counted, genome, lines)


@pytest.fixture
def score(fixed_model, random_genome):
    def run(*options, model=fixed_model, **more):
        options = ["--no-version", *options]
        return annotate_variants(model, random_genome[0], *options, **more).stdout

    return run


@pytest.mark.parametrize("options", [[], ["--all-classes"], ["--tag", "MINE"]])
def test_twice_is_once(options, score, data):
    once = score(*options, data=data)
    assert score(*options, data=once) == once


@needs_bcftools
def test_twice_is_once_in_bcf_too(score, data):
    once = score("-O", "u", data=data)
    again = score("-O", "u", data=once)
    assert bcftools("view", "--no-version", data=again) == score(data=data)


def test_nothing_of_an_earlier_model_stays(score, data, fixed_model, free_model, two_class_model):
    """Not even the tags that the second run does not write."""
    once = score("--all-classes", "--window", 25, model=free_model, data=data)
    assert b"VIO_PROBS" in once
    for model in (fixed_model, two_class_model):
        again = Variants(score(model=model, data=once))
        fresh = Variants(score(model=model, data=data))
        assert again.header == fresh.header
        for one, other in zip(again.records, fresh.records):
            assert one.info == other.info, "in whatever order"
            assert without_tags("\t".join(one.fields)) == without_tags("\t".join(other.fields))


def test_tags_that_another_program_declared_otherwise(score, data):
    declared = b'##INFO=<ID=VIO_DELTA,Number=1,Type=String,Description="?">\n#CHROM\t'
    foreign = data.replace(b"#CHROM\t", declared).replace(b"AC=7", b"VIO_DELTA=large;AC=7;VIO_X=1")
    output = Variants(score(data=foreign))
    assert sum("<ID=VIO_DELTA," in line for line in output.header) == 1
    for record, plain in zip(output.records, Variants(score(data=data)).records):
        assert record.tag("DELTA") == plain.tag("DELTA")
        assert record.info["VIO_X"] == "1", "only the tags that we write are ours"


def test_two_models_in_one_file(score, data, fixed_model, two_class_model):
    first = score("--tag", "TINY", data=data)
    both = Variants(score("--tag", "TWO", model=two_class_model, data=first))
    alone = [
        Variants(first),
        Variants(score("--tag", "TWO", model=two_class_model, data=data)),
    ]
    for record, tiny, two in zip(both.records, *[output.records for output in alone]):
        assert list(record.info.items()) == [*tiny.info.items(), *list(two.info.items())[1:]]
    for prefix, output in zip(("TINY", "TWO"), alone):
        ours = [line for line in output.header if is_ours(line, prefix)]
        assert len([line for line in ours if prefix in line]) == 8
        assert set(ours) <= set(both.header), "each model has its line and its tags"


def test_one_of_two_models_anew(score, data, two_class_model):
    first = score("--tag", "TINY", data=data)
    both = score("--tag", "TWO", model=two_class_model, data=first)
    again = Variants(score("--tag", "TINY", "--all-classes", data=both))
    for before, after in zip(Variants(both).lines, again.lines):
        assert without_tags(before, "TINY") == without_tags(after, "TINY")
        assert "TINY_STATUS=" in after and "TWO_STATUS=" in after


@pytest.mark.parametrize("tag", ["", "two words", "1A", "A;B", "A=B", "A,B", "Ä"])
def test_a_prefix_that_no_tag_may_have(tag, fixed_model, random_genome, data):
    options = ["--tag", tag]
    run = annotate_variants(fixed_model, random_genome[0], *options, data=data, check=False)
    assert_refused(run, 2)
    assert run.stdout == b""
