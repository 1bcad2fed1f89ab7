"""--report, --mqc and the stats' summary: their numbers against the rows of the output."""

import collections
import json
import pathlib
import re
import subprocess

import pytest

import oracle
import reads_files
import variant_files
from harness import SECONDS, annotate, annotate_bare, assert_refused, binary, fasta, left_in
from html_page import check_page

TIMES = {"command", "threads", "seconds", "peak_memory_bytes", "positions", "parts", "shard"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory, random_genome):
    """Files of every kind, and the options that each needs."""
    folder = tmp_path_factory.mktemp("inputs")
    records = oracle.random_records(93, [5000, 700, 20, 64, 3000], "chr<1>&")
    (folder / "seq.fa").write_bytes(fasta(records) + b">empty\n")
    sites = []
    path, genome = random_genome
    for name, sequence in genome.items():
        for place in range(1, len(sequence), 7):
            alt = "A" if sequence[place - 1].upper() != "A" else "C"
            alts = [alt, "<DEL>"] if place % 3 == 0 else [alt]
            sites.append((name, place, sequence[place - 1], alts))
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID={name},length={len(bases)}>" for name, bases in genome.items()]
    lines += ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    lines += [f"{c}\t{p}\t.\t{r}\t{','.join(a)}\t.\t.\t." for c, p, r, a in sites]
    (folder / "var.vcf").write_text("\n".join(lines) + "\n")
    contigs = reads_files.random_genome()
    reads = reads_files.random_reads(94, contigs, 200)
    reads_files.write_reads(folder / "reads.bam", reads_files.sam(reads, contigs), index=True)
    rows = "".join(f"{name},{bases}\n" for name, bases in records if bases)
    (folder / "rows.csv").write_text("name,sequence\n" + rows)
    return {
        "windows": ["--min-len", "24", folder / "seq.fa"],
        "sequences": ["--by", "sequence", "--min-len", "24", folder / "seq.fa"],
        "alleles": ["-O", "t", "-f", path, folder / "var.vcf"],
        "reads": [folder / "reads.bam"],
        "rows": [folder / "rows.csv"],
    }


def run(model, folder, name, *options, code=0):
    """One run with all its reports: (its table, its stats)."""
    folder.mkdir(exist_ok=True)
    command = [binary(), "-q", "--engine", "reference", "-m", model, "-o", folder / f"{name}.tsv"]
    command += ["--stats", folder / f"{name}.json", "--report", folder / f"{name}.html"]
    command += ["--mqc", folder / f"{name}_mqc.tsv", *options]
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=SECONDS)
    assert done.returncode == code, done.stderr.decode()
    stats = json.loads((folder / f"{name}.json").read_text())
    lines = (folder / f"{name}.tsv").read_text().splitlines()
    separator = "\t" if lines[0].startswith("#") else ","
    columns = lines[0].lstrip("#").split(separator)
    return [dict(zip(columns, line.split(separator))) for line in lines[1:]], stats


def label_columns(kind):
    return ("alt_label", "p_alt_{}") if kind == "alleles" else ("label", "p_{}")


@pytest.mark.parametrize("kind", ["windows", "sequences", "alleles", "reads", "rows"])
def test_the_summary_counts_the_rows(kind, inputs, free_model, tmp_path):
    extra = ["--all-classes"] if kind == "alleles" else []
    table, stats = run(free_model, tmp_path, "x", *extra, *inputs[kind])
    summary = stats["summary"]
    scored = [row for row in table if row["status"] == "OK"]
    assert summary["rows"] == kind and len(scored) > 3
    label, probability = label_columns(kind)
    counts = {entry["name"]: entry["count"] for entry in summary["classes"]}
    assert {k: n for k, n in counts.items() if n} == collections.Counter(r[label] for r in scored)
    millionths = [round(float(row[probability.format(row[label])]) * 1e6) for row in scored]
    bins = collections.Counter(min(49, value // 20000) for value in millionths)
    assert summary["scores"]["counts"] == [bins[i] for i in range(50)]
    assert summary["scores"]["sum"] == sum(millionths)
    assert summary["scores"]["minimum"] == min(millionths)
    assert summary["scores"]["maximum"] == max(millionths)
    assert stats["sample"] == pathlib.Path(inputs[kind][-1]).stem
    page = check_page(tmp_path / "x.html", tmp_path / "x.json")
    assert ("Changes from REF to ALT" in page.headings) == (kind == "alleles")
    assert page.headings[-1] == "The run" and len(page.charts) >= 2


def track_oracle(places):
    """{contig: (width, {bin: [count, sum, maximum]})} of (contig, begin, value)."""
    tracks = {}
    for contig in {place[0] for place in places}:
        mine = [place[1:] for place in places if place[0] == contig]
        width = 1
        while max(begin for begin, _ in mine) // width >= 128:
            width *= 2
        bins = collections.defaultdict(lambda: [0, 0, 0])
        for begin, value in mine:
            at = bins[begin // width]
            at[:] = [at[0] + 1, at[1] + value, max(at[2], value)]
        tracks[contig] = (width, dict(bins))
    return tracks


def test_tracks_and_changes_of_variants(inputs, free_model, tmp_path):
    table, stats = run(free_model, tmp_path, "x", *inputs["alleles"])
    scored = [row for row in table if row["status"] == "OK"]
    deltas = [round(float(row["delta"]) * 1e6) for row in scored]
    summary = stats["summary"]
    bins = collections.Counter((delta + 1_010_000) // 20000 for delta in deltas)
    assert summary["deltas"]["counts"] == [bins[i] for i in range(101)]
    assert summary["deltas"]["sum"] == sum(deltas)
    assert summary["label_changes"] == sum(row["ref_label"] != row["alt_label"] for row in scored)
    references = {(row["chrom"], row["pos"]): row["ref_label"] for row in scored}
    counts = {entry["name"]: entry["count"] for entry in summary["ref_classes"] if entry["count"]}
    assert counts == collections.Counter(references.values())
    places = [(row["chrom"], int(row["pos"]) - 1, abs(d)) for row, d in zip(scored, deltas)]
    expected = track_oracle(places)
    assert {track["name"] for track in summary["contigs"]} == set(expected)
    for track in summary["contigs"]:
        width, bins = expected[track["name"]]
        assert track["bin_width"] == width
        found = zip(track["counts"], track["sums"], track["maxima"])
        assert {i: list(v) for i, v in enumerate(found) if v[0]} == bins


def test_tracks_on_the_page_are_those_of_the_stats(inputs, free_model, tmp_path):
    _, stats = run(free_model, tmp_path, "x", *inputs["windows"])
    page = check_page(tmp_path / "x.html", tmp_path / "x.json")
    name = "{http://www.w3.org/2000/svg}"
    groups = [g for svg in page.charts for g in svg.iter(name + "g") if "data-contig" in g.attrib]
    tracks = {track["name"]: track for track in stats["summary"]["contigs"]}
    assert len(groups) == 3  # the other two contigs have a window or two
    for group in groups:
        track = tracks[group.attrib["data-contig"]]
        assert int(group.attrib["data-bin-width"]) == track["bin_width"]
        means = [s / n / 1e6 for n, s in zip(track["counts"], track["sums"]) if n]
        drawn = [float(rect.attrib["data-value"]) for rect in group.iter(name + "rect")]
        assert drawn == pytest.approx(means, abs=1e-12)


def reports(folder, name):
    names = [f"{name}.html", f"{name}_mqc.tsv", f"{name}_skipped_mqc.tsv"]
    return [(folder / each).read_bytes() for each in names]


def without_times(stats):
    return {key: value for key, value in stats.items() if key not in TIMES}


@pytest.mark.parametrize("kind", ["windows", "sequences", "alleles", "reads", "rows"])
def test_reports_do_not_depend_on_threads_or_batches(kind, inputs, free_model, tmp_path):
    seen = []
    for threads, batch in ((1, 64), (3, 1), (2, 7)):
        options = ["--no-version", "-@", threads, "-b", batch, *inputs[kind]]
        _, stats = run(free_model, tmp_path, "x", *options)
        seen.append((without_times(stats), reports(tmp_path, "x")))
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("kind", ["windows", "sequences", "alleles", "reads"])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_merged_shards_are_the_whole(kind, count, inputs, free_model, tmp_path):
    """Records that span shards too: with 7 shards the longest spans at least three."""
    options = ["--no-version", *inputs[kind]]
    _, whole = run(free_model, tmp_path, "whole", *options)
    parts = []
    for i in range(count, 0, -1):
        run(free_model, tmp_path, f"part{i}", "--shard", f"{i}/{count}", *options)
        parts.append(tmp_path / f"part{i}.json")
    command = ["-q", "--no-version", "--merge-stats", tmp_path / "all.json"]
    command += ["--report", tmp_path / "all.html", "--mqc", tmp_path / "all_mqc.tsv", *parts]
    assert annotate_bare(*command).code == 0
    merged = json.loads((tmp_path / "all.json").read_text())
    assert without_times(merged) == without_times(whole)
    assert merged["positions"]["requested"] == whole["positions"]["requested"]
    assert merged.get("parts", 1) == count
    times = [json.loads(part.read_text())["seconds"]["total"] for part in parts]
    assert merged["seconds"]["total"] == pytest.approx(sum(times))
    if count > 1:
        assert merged["seconds"]["longest"] == max(times)
    check_page(tmp_path / "all.html", tmp_path / "all.json")
    assert reports(tmp_path, "all") == reports(tmp_path, "whole")


def test_a_run_is_called_as_told(inputs, free_model, tmp_path):
    run(free_model, tmp_path, "p1", "--sample", "one & only", *inputs["windows"])
    assert json.loads((tmp_path / "p1.json").read_text())["sample"] == "one & only"
    assert "one &amp; only" in (tmp_path / "p1.html").read_text()
    command = ["-q", "--merge-stats", tmp_path / "all.json", "--mqc", tmp_path / "all_mqc.tsv"]
    assert annotate_bare(*command, "--sample", "another", tmp_path / "p1.json").code == 0
    assert json.loads((tmp_path / "all.json").read_text())["sample"] == "another"
    assert "\nanother\t" in (tmp_path / "all_mqc.tsv").read_text()


def test_merging_refuses_what_is_no_whole(inputs, free_model, fixed_model, tmp_path):
    for i in (1, 2, 3):
        run(free_model, tmp_path, f"p{i}", "--shard", f"{i}/3", *inputs["windows"])
    run(fixed_model, tmp_path, "other", "--shard", "3/3", *inputs["windows"])
    p1, p2, p3, other = (tmp_path / f"{name}.json" for name in ("p1", "p2", "p3", "other"))
    text = tmp_path / "text.json"
    text.write_text(p3.read_text()[:-200])
    out = tmp_path / "all.json"
    for parts, code, words in (
        ([p1, p2], 2, "shard 3/3"),
        ([p1, p2, p2, p3], 2, "both shard 2/3"),
        ([p1, p2, other], 2, "models differ"),
        ([p1, p2, text], 3, "text.json"),
        ([p1, p2, tmp_path / "absent.json"], 2, "absent.json"),
        ([], 2, "--merge-stats needs"),
        ([p1, p2, p3, "--threads", "3"], 2, "--threads"),
        ([p1, p2, p3, "-o", tmp_path / "x.tsv"], 2, "--output"),
        ([p1, p2, p3, "--report", p1], 2, "is read in this run"),
        ([p1, p2, p3, "--report", out], 2, "two outputs"),
    ):
        run_ = annotate_bare("--merge-stats", out, *parts)
        assert_refused(run_, code)
        assert words in run_.stderr and not out.exists()
    assert annotate_bare("--merge-stats", "-", p1, p2, p3).stdout.startswith(b'{\n  "version"')
    assert "one argument too many" in annotate_bare(p1, p2).stderr


def test_names_of_outputs(free_model, tmp_path):
    data = b">a\nACGT\n"
    common = ["--engine", "reference", "-m", free_model]
    for options, words in (
        (["--report", "-"], "two outputs go to standard output"),
        (["--mqc", tmp_path / "x.tsv"], "_mqc.tsv"),
        (["--mqc", "-"], "_mqc.tsv"),
        (["--report", tmp_path / "a", "--skipped", tmp_path / "a"], "two outputs"),
        (["--report", tmp_path / "a", "-o", f"{tmp_path}/./a"], "two outputs"),
        (["--mqc", tmp_path / "a_mqc.tsv", "-o", tmp_path / "a_run_mqc.tsv"], "two outputs"),
    ):
        refused = annotate(*common, *options, data=data, check=False)
        assert_refused(refused, 2)
        assert words in refused.stderr and left_in(tmp_path) == []
    page = annotate(*common, "-q", "-o", tmp_path / "a.tsv", "--report", "-", data=data).stdout
    assert page.startswith(b"<!DOCTYPE html>") and b"<title>vio-annotate: a</title>" in page


def test_no_report_of_a_run_that_failed(free_model, tmp_path):
    options = ["--engine", "reference", "-m", free_model, "-o", tmp_path / "x.tsv"]
    options += ["--report", tmp_path / "x.html", "--mqc", tmp_path / "x_mqc.tsv"]
    assert_refused(annotate(*options, data=b">a\nACGT\n<oops>\n", check=False), 3)
    assert left_in(tmp_path) == []


def test_too_much_skipped_keeps_the_reports(free_model, tmp_path):
    fa = tmp_path / "x.fa"
    fa.write_bytes(b">a\nACGTACGT\n>b\nAC\n")
    run(free_model, tmp_path / "out", "x", "--min-len", 5, "--max-skipped-frac", 0.2, fa, code=4)
    page = check_page(tmp_path / "out" / "x.html", tmp_path / "out" / "x.json")
    assert ("/windows/skipped/TOO_SHORT", 1.0) in page.numbers


def test_the_page_is_whole_in_itself(inputs, free_model, tmp_path):
    run(free_model, tmp_path, "x", *inputs["windows"])
    page = check_page(tmp_path / "x.html", tmp_path / "x.json")
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "video", "audio"}
    assert all(not key.startswith("on") for _, attributes in page.tags for key in attributes)
    links = [attributes.get("href", "#") for _, attributes in page.tags]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert re.findall(r"url\(|@import", page.text) == []
    assert "chr<1>" not in page.text and "chr&lt;1&gt;&amp;0" in page.text
