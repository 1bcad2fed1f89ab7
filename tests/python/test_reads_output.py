"""Tagged alignments: SAM, BAM and CRAM that samtools takes, and all but our tags as it was."""

import gzip

import pytest

from harness import annotate, assert_refused, fasta, left_in
from reads_files import (
    OFFLINE,
    Alignments,
    Read,
    annotate_reads,
    needs_samtools,
    primary,
    random_genome,
    random_reads,
    read_alignments,
    sam,
    samtools,
    tags_of,
    without_tags,
    write_reads,
)

pytestmark = needs_samtools
KINDS = {"s": ".sam", "B": ".bam", "C": ".cram"}
HEADER = ["@RG\tID:g1\tSM:sample", "@PG\tID:aligner\tPN:aligner", "@CO\tas it was"]
WITHOUT = ("-F", "0x900")


@pytest.fixture(scope="module")
def genome():
    return random_genome(71)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, genome):
    folder = tmp_path_factory.mktemp("reads")
    (folder / "ref.fa").write_bytes(fasta(list(genome.items())))
    data = sam(random_reads(72, genome, 300), genome, lines=HEADER)
    write_reads(folder / "r.bam", data, index=True)
    write_reads(folder / "r.cram", data, folder / "ref.fa", index=True)
    return folder


@pytest.fixture(scope="module")
def plain(folder):
    """What `samtools view` gives of the input."""
    return Alignments(samtools("view", "-h", "--no-PG", *WITHOUT, folder / "r.bam"))


def tagged(model, folder, kind, *options, source="r.bam"):
    path = folder / ("tagged" + KINDS[kind])
    path.unlink(missing_ok=True)
    given = ["-O", kind, "-f", folder / "ref.fa", "-o", path, *options]
    annotate_reads(model, *given, folder / source)
    return path


@pytest.mark.parametrize("source", ["r.bam", "r.cram"])
@pytest.mark.parametrize("kind", KINDS)
def test_all_but_tags_is_as_it_was(kind, source, folder, free_model, plain):
    path = tagged(free_model, folder, kind, source=source)
    samtools("quickcheck", path)
    out = read_alignments(path, folder / "ref.fa")
    same = folder / ("same" + KINDS[kind])  # CRAM has its own order of tags
    samtools("view", "-h", *WITHOUT, "-T", folder / "ref.fa", "-o", same, folder / source)
    wanted = read_alignments(same, folder / "ref.fa").lines
    assert [without_tags(line) for line in out.lines] == wanted and len(wanted) > 200
    ours = [line for line in out.header if line.startswith("@PG\tID:vio-annotate")]
    assert len(ours) == 1 and "PP:aligner" in ours[0] and "\tVN:" in ours[0] and "\tCL:" in ours[0]
    of_contig = lambda line: line.split("\tM5:")[0]  # noqa: E731  (CRAM adds M5 and UR)
    rest = [of_contig(line) for line in out.header if line not in ours]
    assert rest == plain.header


@pytest.mark.parametrize("kind", KINDS)
def test_tags_are_the_columns_of_the_table(kind, folder, free_model):
    table = annotate_reads(free_model, folder / "r.bam").table()
    out = read_alignments(tagged(free_model, folder, kind), folder / "ref.fa")
    assert len(out.records) == len(table.rows) > 200
    for fields, row in zip(out.records, table.rows):
        tags = tags_of(fields)
        if row["status"] != "OK":
            assert not {"vl", "vs", "vp"} & set(tags)
            continue
        assert tags["vl"] == row["label"]
        kind_of_array, *values = tags["vp"].split(",")
        assert kind_of_array == "f"
        assert [f"{float(value):.6f}" for value in values] == [row["p_" + c] for c in table.classes]
        assert f"{float(tags['vs']):.6f}" == row["score"]
        types = {item[:4] for item in fields[11:]}
        assert {"vl:Z", "vs:f", "vp:B"} <= types


@pytest.mark.parametrize("kind", KINDS)
def test_samtools_accepts_it(kind, folder, free_model):
    path = tagged(free_model, folder, kind)
    given = ["-T", folder / "ref.fa"]
    every = read_alignments(path, folder / "ref.fa")
    sure = [f for f in every.records if float(tags_of(f).get("vs", 0)) > 0.5]
    assert 0 < len(sure) < len(every.records)
    said = samtools("view", *given, "-e", "[vs]>0.5", path).decode().splitlines()
    assert said == ["\t".join(fields) for fields in sure]
    alpha = [f for f in every.records if tags_of(f).get("vl") == "alpha"]
    said = samtools("view", *given, "-c", "-e", '[vl]=="alpha"', path)
    assert int(said) == len(alpha) > 0
    whole = samtools("view", "-b", *WITHOUT, folder / "r.bam")
    assert samtools("flagstat", path) == samtools("flagstat", "-", data=whole)


@pytest.mark.parametrize("kind", ["B", "C"])
def test_index(kind, folder, free_model, tmp_path):
    path = tmp_path / ("indexed" + KINDS[kind])
    annotate_reads(
        free_model, "-O", kind, "-W", "-f", folder / "ref.fa", "-o", path, folder / "r.bam"
    )
    ending = {"B": ".bai", "C": ".crai"}[kind]
    assert left_in(tmp_path) == sorted([path.name, path.name + ending])
    given = ["-T", folder / "ref.fa"]
    source = folder / ("r" + KINDS[kind])
    for region in ("c1:1001-2000", "c2", "empty", "c3:40-40", "c1:1-1", "*"):
        said = samtools("view", *given, path, region).decode().splitlines()
        wanted = samtools("view", *given, *WITHOUT, source, region).decode().splitlines()
        assert [without_tags(line) for line in said] == wanted, region
    if kind == "B":
        again = tmp_path / "again.bam"
        samtools("view", "-b", *WITHOUT, "-o", again, folder / "r.bam")
        samtools("index", again)
        assert samtools("idxstats", path) == samtools("idxstats", again)


def test_unsorted_reads_take_no_index(free_model, genome, tmp_path):
    reads = [read for read in primary(random_reads(73, genome, 50)) if read.chrom == "c1"][::-1]
    data = sam(reads, genome, order="unsorted")
    path = tmp_path / "out.bam"
    run = annotate_reads(free_model, "-O", "B", "-W", "-o", path, data=data, check=False)
    assert_refused(run, 3)
    assert left_in(tmp_path) == []
    annotate_reads(free_model, "-O", "B", "-o", path, data=data)
    assert len(read_alignments(path).records) == len(reads)


@pytest.mark.parametrize("kind", KINDS)
def test_no_version_leaves_the_header(kind, folder, free_model, plain):
    out = read_alignments(tagged(free_model, folder, kind, "--no-version"), folder / "ref.fa")
    assert [line.split("\tM5:")[0] for line in out.header] == plain.header


def test_suffix_decides_and_a_pipe_is_the_same(folder, free_model, tmp_path):
    for name in ("out.sam", "out.bam"):
        annotate_reads(free_model, "--no-version", "-o", tmp_path / name, folder / "r.bam")
        kind = {".sam": "s", ".bam": "B"}[name[3:]]
        piped = annotate_reads(free_model, "--no-version", "-O", kind, folder / "r.bam").stdout
        assert piped == (tmp_path / name).read_bytes()
    annotate_reads(free_model, "--no-version", "-o", tmp_path / "out.sam.gz", folder / "r.bam")
    unpacked = gzip.decompress((tmp_path / "out.sam.gz").read_bytes())
    assert unpacked == (tmp_path / "out.sam").read_bytes()


def test_again_replaces_the_tags(folder, free_model, two_class_model, tmp_path):
    once, twice = tmp_path / "once.bam", tmp_path / "twice.sam"
    annotate_reads(free_model, "-O", "B", "-o", once, folder / "r.bam")
    annotate_reads(two_class_model, "-O", "s", "-o", twice, once)
    direct = annotate_reads(two_class_model, "-O", "s", folder / "r.bam").stdout
    again, direct = Alignments(twice.read_bytes()), Alignments(direct)
    assert again.lines == direct.lines
    ours = [line for line in again.header if line.startswith("@PG\tID:vio-annotate")]
    assert len(ours) == 2 and len({line.split("\t")[1] for line in ours}) == 2


def test_tags_of_others_leave_reads_that_are_not_scored(free_model):
    old = ("vl:Z:old", "XX:Z:kept", "vs:f:1", "vp:B:f,1,0,0")
    reads = [Read("a", 0, "c", 1, 60, "", old), Read("b", 0, "c", 1, 60, "ACGT", old)]
    data = sam(reads, {"c": 100})
    out = Alignments(annotate_reads(free_model, "-O", "s", data=data).stdout)
    assert tags_of(out.records[0]) == {"XX": "kept"}
    said = tags_of(out.records[1])
    assert set(said) == {"XX", "vl", "vs", "vp"} and said["vl"] != "old"


def test_a_failed_run_leaves_nothing(folder, free_model, tmp_path):
    cut = tmp_path / "cut.bam"
    data = (folder / "r.bam").read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    for kind in KINDS:
        path = tmp_path / ("out" + KINDS[kind])
        options = ["-O", kind, "-f", folder / "ref.fa", "-o", path]
        assert_refused(annotate_reads(free_model, *options, cut, check=False), 3)
    assert left_in(tmp_path) == ["cut.bam"]


def test_sequences_become_no_alignments(free_model, tmp_path):
    data = fasta([("s", "ACGT" * 20)])
    run = annotate(
        "--engine", "reference", "-m", free_model, "-O", "B", data=data, check=False, env=OFFLINE
    )
    assert_refused(run, 2)


def test_contigs_beyond_bai(free_model, tmp_path):
    far = 600_000_000
    reads = [Read("near", 0, "c", 5, 60, "ACGT"), Read("far", 16, "c", far, 60, "ACGTT")]
    path = tmp_path / "far.bam"
    annotate_reads(free_model, "-W", "-o", path, data=sam(reads, {"c": 2 * far}))
    assert left_in(tmp_path) == ["far.bam", "far.bam.csi"]
    assert samtools("view", path, f"c:{far}-{far}").decode().split("\t")[0] == "far"
    piped = annotate_reads(free_model, "-r", f"c:{far}", path).table()
    assert [row["read_id"] for row in piped.rows] == ["far"]


def test_pairs_keep_their_mates(free_model):
    """Both mates are reads of their own; what the record says of the other stays."""
    lines = [
        "p\t99\tc\t10\t60\t20M\t=\t50\t60\t" + "ACGTT" * 4 + "\t" + "I" * 20 + "\tNM:i:0",
        "p\t147\tc\t50\t60\t5S15M\t=\t10\t-60\t" + "AAGTC" * 4 + "\t*",
    ]
    data = sam([], {"c": 100}) + "".join(line + "\n" for line in lines).encode()
    out = Alignments(annotate_reads(free_model, "-O", "s", data=data).stdout)
    assert [without_tags(line) for line in out.lines] == lines
    assert all({"vl", "vs", "vp"} <= set(tags_of(fields)) for fields in out.records)


def test_skipped_reads(free_model, tmp_path):
    reads = [Read("full", 0, "c", 1, 60, "ACGT"), Read("bare", 16, "c", 1, 60, "")]
    data, listed = sam(reads, {"c": 100}), tmp_path / "skipped.tsv"
    annotate_reads(free_model, "--skipped", listed, data=data)
    lines = [line.split("\t") for line in listed.read_text().splitlines()]
    assert lines[0] == ["#record", "length", "status", "reason"]
    assert [line[:3] for line in lines[1:]] == [["bare", "0", "EMPTY"]]
    path = tmp_path / "out.bam"
    options = ["--max-skipped-frac", 0.1, "-o", path]
    assert annotate_reads(free_model, *options, data=data, check=False).code == 4
    assert len(read_alignments(path).records) == 2


def test_header_alone(free_model, tmp_path):
    path = tmp_path / "none.bam"
    run = annotate_reads(free_model, "-W", "-o", path, data=sam([], {"c": 100}))
    assert run.stats["records"]["read"] == 0
    assert samtools("idxstats", path) == b"c\t100\t0\t0\n*\t0\t0\t0\n"
    assert read_alignments(path).lines == []
