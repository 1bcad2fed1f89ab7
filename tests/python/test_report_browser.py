"""The report, and MultiQC's page of it, in headless Chromium."""

import json
import subprocess
import sys
import time

import pytest

import browser
import oracle
import tiny_models
from harness import SECONDS, annotate_bare, fasta
from html_page import check_numbers

MULTIQC = "multiqc==1.35"
LONG_CLASSES = ["BIOLOGICAL_REGION_OF_A_MITOCHONDRION", "W" * 18, "PROTEIN_CODING"]
LONG_CONTIG = "contig_" + "M" * 30

NUMBERS = """
return [...document.querySelectorAll('[data-key]')].map(
  (e) => [e.dataset.key, Number(e.dataset.value), e.namespaceURI.endsWith('svg') ? '' : e.textContent]);
"""
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
COLOURS = """
const style = (e) => getComputedStyle(e);
return [style(document.body).backgroundColor, style(document.body).color,
        style(document.querySelector('svg text')).fill, style(document.querySelector('rect.c0')).fill];
"""
UNSEEN = """
return [...document.querySelectorAll('svg rect[data-value]')].filter(
  (e) => Number(e.dataset.value) > 0 && !(e.getBBox().width > 0 && e.getBBox().height > 0)).length;
"""
CUT = """
return [...document.querySelectorAll('svg')].flatMap((svg) => [...svg.querySelectorAll('text')].filter(
  (e) => { const a = e.getBoundingClientRect(), b = svg.getBoundingClientRect();
           return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1; }
  ).map((e) => e.textContent));
"""
SHORTENED = """
return [...document.querySelectorAll('svg text title')].map((e) => [e.textContent, e.nextSibling.data]);
"""
# The bars that Plotly has drawn: [column, its samples, their numbers].
BARS = """
const plot = document.getElementById('vio_annotate_%s_plot');
plot.scrollIntoView();
return (plot.data || []).map((bar) => [bar.name, bar.y, bar.x]);
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, free_model, random_genome):
    """Reports of a run over sequences and of one over variants."""
    where = tmp_path_factory.mktemp("reports")
    records = oracle.random_records(95, [9000, 4000, 20], "contig_with_a_name_")
    (where / "seq.fa").write_bytes(fasta(records))
    path, genome = random_genome
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID={name},length={len(bases)}>" for name, bases in genome.items()]
    lines += ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    for name, bases in genome.items():
        for place in range(1, len(bases), 5):
            ref = bases[place - 1]
            alt = "C" if ref.upper() == "A" else "A"
            lines.append(f"{name}\t{place}\t.\t{ref}\t{alt},<DUP>\t.\t.\t.")
    (where / "var.vcf").write_text("\n".join(lines) + "\n")
    for name, options in (
        ("seq", ["--min-len", "24", where / "seq.fa"]),
        ("var", ["-f", path, where / "var.vcf"]),
    ):
        done = annotate_bare(
            *("-q", "--engine", "reference", "-m", free_model, "-o", where / f"{name}.out"),
            *("--stats", where / f"{name}.json", "--report", where / f"{name}.html"),
            *("--mqc", where / f"{name}_mqc.tsv", *options),
        )
        assert done.code == 0, done.stderr
    return where


@pytest.fixture(scope="module")
def names(folder):
    """A report whose classes and contig have names that are too long for a chart."""
    tiny_models.write(folder / "names.safetensors", 32, False, LONG_CLASSES)
    (sequence,) = dict(oracle.random_records(96, [4000])).values()
    (folder / "names.fa").write_bytes(fasta([(LONG_CONTIG, sequence)]))
    done = annotate_bare(
        *("-q", "--engine", "reference", "-m", folder / "names.safetensors"),
        *("-o", folder / "names.out", "--report", folder / "names.html", folder / "names.fa"),
    )
    assert done.code == 0, done.stderr
    return folder / "names.html"


@pytest.fixture(scope="module")
def chromium():
    if browser.missing():
        pytest.skip(f"not installed: {browser.missing()}")
    with browser.Browser() as session:
        yield session


def stats_of(folder, name):
    return json.loads((folder / f"{name}.json").read_text())


@pytest.mark.parametrize("name", ["seq", "var"])
def test_the_numbers_that_a_reader_sees_are_those_of_the_stats(name, folder, chromium):
    chromium.open(folder / f"{name}.html")
    seen = chromium.run(NUMBERS)
    check_numbers([(key, value) for key, value, _ in seen], stats_of(folder, name))
    whole = [(value, text) for _, value, text in seen if text and value == int(value)]
    assert len(whole) > 20
    assert all(float(text.replace(",", "")) == value for value, text in whole)


@pytest.mark.parametrize("name", ["seq", "var"])
@pytest.mark.parametrize("width", [1000, 400])
def test_the_page_fits(name, width, folder, chromium):
    chromium.resize(width)
    chromium.open(folder / f"{name}.html")
    assert chromium.run(OVERFLOW) == 0
    assert chromium.run(UNSEEN) == 0
    assert chromium.run(CUT) == []


def test_long_names_are_shortened_and_whole_in_a_tooltip(names, chromium):
    chromium.open(names)
    for width in (1000, 400):
        chromium.resize(width)
        assert chromium.run(CUT) == []
    shortened = dict(chromium.run(SHORTENED))
    assert {LONG_CLASSES[0], LONG_CLASSES[1], LONG_CONTIG} == set(shortened)
    for whole, shown in shortened.items():
        assert shown[-1] == "…" and whole.startswith(shown[:-1]) and len(shown) > 5


def test_light_and_dark(folder, chromium):
    chromium.open(folder / "seq.html")
    seen = {}
    for scheme in ("light", "dark"):
        chromium.prefer(scheme)
        seen[scheme] = chromium.run(COLOURS)
    assert seen["light"][0] == "rgb(255, 255, 255)"
    for light, dark in zip(seen["light"], seen["dark"]):
        assert light != dark
    assert seen["dark"][1] == seen["dark"][2], "letters of charts are those of the page"


def test_it_is_said_what_each_chart_is(folder, chromium):
    chromium.open(folder / "var.html")
    assert chromium.run("return document.title") == "vio-annotate: var"
    assert chromium.run("return document.documentElement.lang") == "en"
    charts = chromium.run(
        "return [...document.querySelectorAll('svg')].map((e) => [e.getAttribute('role'),"
        " e.getAttribute('aria-label'), e.querySelector('desc').textContent,"
        " e.closest('figure').querySelector('figcaption').textContent]);"
    )
    assert len(charts) >= 5
    for role, label, description, caption in charts:
        assert role == "img" and label and description and caption
    headers = chromium.run("return [...document.querySelectorAll('th')].map((e) => e.scope)")
    assert headers and set(headers) <= {"col", "row"}


@pytest.fixture(scope="module")
def multiqc(folder, tmp_path_factory):
    """MultiQC's page over both runs, and the folder of its data."""
    venv = tmp_path_factory.mktemp("venv")
    python = str(venv / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", str(venv)],
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", MULTIQC],
    ):
        done = subprocess.run(command, capture_output=True, timeout=400)
        if done.returncode != 0:
            pytest.skip(f"{MULTIQC} cannot be installed: {done.stderr.decode()[-300:]}")
    out = tmp_path_factory.mktemp("multiqc")
    done = subprocess.run(
        [str(venv / "bin" / "multiqc"), str(folder), "-o", str(out), "--no-version-check"],
        capture_output=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    return out


def plotted(multiqc, name):
    """{sample: {column: number}} of one plot, as MultiQC has read it."""
    lines = (multiqc / "multiqc_data" / f"multiqc_{name}.txt").read_text().splitlines()
    columns = lines[0].split("\t")[1:]
    cells = [line.split("\t") for line in lines[1:]]
    return {row[0]: dict(zip(columns, map(float, row[1:]))) for row in cells}


def test_multiqc_reads_our_numbers(folder, multiqc):
    for name, rows, unit in (("seq", "windows", "windows"), ("var", "alleles", "alleles")):
        stats = stats_of(folder, name)
        classes = {entry["name"]: entry["count"] for entry in stats["summary"]["classes"]}
        assert plotted(multiqc, f"vio_annotate_classes_{rows}_plot")[name] == classes
        ends = {"scored": stats[unit]["scored"], **stats[unit]["skipped"]}
        assert plotted(multiqc, f"vio_annotate_skipped_{unit}_plot")[name] == ends
        run = plotted(multiqc, "vio_annotate_run_table")[name]
        assert run["records"] == stats["records"]["read"]
        assert run["windows_scored"] == stats["windows"]["scored"]
        assert run["seconds"] == pytest.approx(stats["seconds"]["total"], abs=0.01)


def test_multiqc_shows_them(folder, multiqc, chromium):
    chromium.resize(1200)
    chromium.open(multiqc / "multiqc_report.html")
    text = chromium.run("return document.body.innerText")
    assert "vio-annotate" in text and "Classes of windows" in text
    for name in ("classes_windows", "classes_alleles", "skipped_alleles", "run"):
        found = f"return document.getElementById('vio_annotate_{name}') !== null"
        assert chromium.run(found), name
    cells = chromium.run(
        "return [...document.querySelectorAll('tr[data-table-id=vio_annotate_run_table]')].map("
        "(row) => [row.dataset.sampleGroup, Object.fromEntries([...row.querySelectorAll('td')].map("
        "(cell) => [[...cell.classList].at(-1), Number(cell.dataset.sortingVal)]))]);"
    )
    rows = dict(cells)
    for name in ("seq", "var"):
        stats = stats_of(folder, name)
        assert rows[name]["records"] == stats["records"]["read"]
        assert rows[name]["windows_scored"] == stats["windows"]["scored"]


@pytest.mark.parametrize("name, rows", [("seq", "windows"), ("var", "alleles")])
def test_multiqc_draws_them(name, rows, folder, multiqc, chromium):
    """MultiQC leaves out a bar of no length."""
    chromium.resize(1200)
    chromium.open(multiqc / "multiqc_report.html")
    stats = stats_of(folder, name)
    classes = {entry["name"]: entry["count"] for entry in stats["summary"]["classes"]}
    assert drawn(chromium, f"classes_{rows}") == above_zero(name, classes)
    ends = {"scored": stats[rows]["scored"], **stats[rows]["skipped"]}
    assert drawn(chromium, f"skipped_{rows}") == above_zero(name, ends)


def drawn(chromium, plot):
    """{(sample, column): number} of a bar plot, once its script has drawn it."""
    deadline = time.monotonic() + SECONDS
    while not (bars := chromium.run(BARS % plot)):
        assert time.monotonic() < deadline, f"{plot} was not drawn"
        time.sleep(0.1)
    return {(one, bar): n for bar, ones, numbers in bars for one, n in zip(ones, numbers) if n > 0}


def above_zero(sample, counts):
    return {(sample, column): count for column, count in counts.items() if count > 0}
