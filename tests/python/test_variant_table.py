"""The table says what the tags say, allele by allele."""

import gzip
from urllib.parse import unquote

import pytest

from harness import ENGINES, Table
from variant_files import Variants, annotate_variants, vcf
from variant_random import random_sites

COLUMNS = [
    *("chrom", "pos", "id", "ref", "alt", "ref_label", "alt_label", "class"),
    *("p_ref", "p_alt", "delta", "flags", "status"),
]


@pytest.fixture(scope="module")
def data(random_genome):
    _, genome = random_genome
    return vcf(random_sites(101, genome, 300), genome)


def rows_of(record):
    """Rows that a record owes the table, from its tags; numbers in millionths."""
    alts = record.alt.split(",")
    tags = {name: record.tag(name) or ["."] * len(alts) for name in ("CLASS", "FLAGS", "STATUS")}
    tops = record.tag("TOP") or ["."] * (1 + len(alts))
    numbers = [record.tag(name) or ["."] * len(alts) for name in ("PREF", "PALT", "DELTA")]
    for index, alt in enumerate(alts):
        status = tags["STATUS"][index]
        labels = [tops[0] if status == "OK" else ".", tops[1 + index], tags["CLASS"][index]]
        yield [
            *(record.chrom, record.pos, record.id, record.ref, alt, *map(unquote, labels)),
            *(millionths(column[index]) for column in numbers),
            *(tags["FLAGS"][index], status),
        ]


def millionths(text):
    return text if text == "." else round(float(text) * 1_000_000)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("strand", ["forward", "both"])
def test_the_table_says_what_the_tags_say(engine, strand, data, fixed_model, random_genome):
    options = ["--strand", strand]
    runs = [
        annotate_variants(fixed_model, random_genome[0], *options, *form, engine=engine, data=data)
        for form in ([], ["-O", "t"])
    ]
    table = runs[1].table()
    expected = [row for record in Variants(runs[0].stdout).records for row in rows_of(record)]
    assert table.columns == COLUMNS
    said = [list(row.values()) for row in table.rows]
    assert [row[:8] + [*map(millionths, row[8:11])] + row[11:] for row in said] == expected
    for level in ("records", "alleles", "windows"):
        assert runs[0].stats[level] == runs[1].stats[level]


def test_numbers_have_six_decimals_and_no_negative_zero(data, fixed_model, random_genome):
    options = ["-O", "t", "--all-classes"]
    table = annotate_variants(fixed_model, random_genome[0], *options, data=data).table()
    numbers = [name for name in table.columns if name.startswith("p_") or name == "delta"]
    assert len(numbers) == 3 + 2 * 3
    for row in table.rows:
        for name in numbers:
            if row["status"] != "OK":
                assert row[name] == "."
            else:
                assert len(row[name].lstrip("-").partition(".")[2]) == 6, row
                assert row[name] != "-0.000000"


def test_all_classes_come_last(data, two_class_model, random_genome):
    classes = ["no enhancer; 100%25", "enhancer=yes,strong:α"]
    options = ["-O", "t", "--all-classes"]
    table = annotate_variants(two_class_model, random_genome[0], *options, data=data).table()
    more = [f"p_{side}_{name}" for side in ("ref", "alt") for name in classes]
    assert table.columns == COLUMNS + more
    scored = [row for row in table.rows if row["status"] == "OK"]
    for row in scored:
        values = [round(float(row[name]) * 1_000_000) for name in more]
        assert abs(sum(values[:2]) - 1_000_000) <= 1 and abs(sum(values[2:]) - 1_000_000) <= 1
        assert row["class"] == classes[1]
        told = [round(float(row[name]) * 1_000_000) for name in ("p_ref", "p_alt", "delta")]
        assert told == [values[1], values[3], values[3] - values[1]]
        assert row["alt_label"] == classes[int(values[3] > values[2])]
    assert len(scored) > 100


@pytest.mark.parametrize("name", ["x.tsv", "x.tsv.gz"])
def test_the_suffix_asks_for_a_table(name, data, fixed_model, random_genome, tmp_path):
    plain = annotate_variants(fixed_model, random_genome[0], "-O", "t", data=data).stdout
    out = tmp_path / name
    annotate_variants(fixed_model, random_genome[0], "-o", out, data=data)
    content = out.read_bytes()
    assert (gzip.decompress(content) if name.endswith("gz") else content) == plain
    assert Table(plain).rows


def test_stats_say_what_ran(data, fixed_model, random_genome):
    run = annotate_variants(fixed_model, random_genome[0], "-@", 2, data=data)
    assert run.stats["input"] == {"path": "-", "format": "vcf", "records": 300}
    assert run.stats["model"]["name"] == "tiny" and len(run.stats["model"]["sha256"]) == 64
    assert run.stats["engine"] == "reference" and run.stats["threads"] == 2
    assert "vio-annotate" in run.stats["command"] and run.stats["version"]
    assert set(run.stats["seconds"]) == {"total", "reading", "scoring", "writing"}
