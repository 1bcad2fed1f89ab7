"""The same bytes whatever the threads, the batch, the way in and the shards; regions of reads."""

import math

import pytest

from harness import assert_refused, body, fasta
from reads_files import (
    Alignments,
    annotate_reads,
    needs_samtools,
    random_genome,
    random_reads,
    read_alignments,
    sam,
    samtools,
    write_reads,
)

pytestmark = needs_samtools
PLACE = ("read_id", "flag", "chrom", "pos", "mapq")
WITHOUT = ("-F", "0x900")


@pytest.fixture(scope="module")
def genome():
    return random_genome(81)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, genome):
    folder = tmp_path_factory.mktemp("reads")
    (folder / "ref.fa").write_bytes(fasta(list(genome.items())))
    data = sam(random_reads(82, genome, 500), genome)
    write_reads(folder / "r.sam", data)
    write_reads(folder / "r.bam", data, index=True)
    write_reads(folder / "r.cram", data, folder / "ref.fa", index=True)
    return folder


def places(run):
    return [tuple(row[name] for name in PLACE) for row in run.table().rows]


def by_samtools(*args):
    lines = samtools("view", *WITHOUT, *args).decode().splitlines()
    return [tuple(line.split("\t")[:5]) for line in lines]


@pytest.mark.parametrize("name", ["r.sam", "r.bam", "r.cram"])
@pytest.mark.parametrize("output", "tsB")
def test_threads_batches_and_pipes(name, output, folder, free_model):
    version = [] if output == "t" else ["--no-version"]
    given = ["-O", output, *version, "-f", folder / "ref.fa"]
    whole = annotate_reads(free_model, *given, "-@", 1, folder / name).stdout
    for options in (["-@", 2], ["-@", 2, "-b", 1], ["-@", 1, "-b", 7]):
        again = annotate_reads(free_model, *given, *options, folder / name).stdout
        assert again == whole, options
    piped = annotate_reads(free_model, *given, "-@", 2, data=(folder / name).read_bytes()).stdout
    assert piped == whole


@pytest.mark.parametrize("name", ["r.bam", "r.cram", "r.sam"])
@pytest.mark.parametrize("shards", [1, 3, 11])
def test_shards_gathered_are_the_whole(name, shards, folder, free_model):
    given = ["-f", folder / "ref.fa", folder / name]
    whole = annotate_reads(free_model, *given)
    numbers = [f"{number}/{shards}" for number in range(1, shards + 1)]
    parts = [annotate_reads(free_model, "--shard", number, *given) for number in numbers]
    assert b"".join(body(part.stdout) for part in parts) == body(whole.stdout)
    assert {part.stdout.splitlines()[0] for part in parts} == {whole.stdout.splitlines()[0]}
    assert sum(part.stats["records"]["read"] for part in parts) == whole.stats["records"]["read"]
    assert shards == 1 or sum(len(body(part.stdout)) > 0 for part in parts) > 1


def test_shards_of_alignments(folder, free_model, tmp_path):
    names = []
    for shard in ("1/3", "2/3", "3/3"):
        names.append(tmp_path / f"{shard[0]}.bam")
        annotate_reads(free_model, "--shard", shard, "-o", names[-1], folder / "r.bam")
    samtools("cat", "-o", tmp_path / "all.bam", *names)
    whole = Alignments(annotate_reads(free_model, "-O", "s", folder / "r.bam").stdout)
    assert read_alignments(tmp_path / "all.bam").lines == whole.lines


def test_shards_of_regions(folder, free_model):
    given = ["-r", "c1:501-1500,c2,c1:4000-5000", folder / "r.bam"]
    whole = body(annotate_reads(free_model, *given).stdout)
    parts = b""
    for number in ("1/4", "2/4", "3/4", "4/4"):
        parts += body(annotate_reads(free_model, "--shard", number, *given).stdout)
    assert parts == whole and whole.count(b"\n") > 50


def test_standard_input_takes_neither_shard_nor_index(folder, free_model):
    data = (folder / "r.bam").read_bytes()
    for options in (["--shard", "1/2"], ["-r", "c1"]):
        assert_refused(annotate_reads(free_model, *options, data=data, check=False), 2)


REGIONS = ["c1", "c1:1001-1500", "c2:1-1", "c3", "empty", "c1:4990-9999"]
REGIONS.append("c1:1-100,c1:90-200,c2:500")


@pytest.mark.parametrize("name", ["r.bam", "r.cram"])
@pytest.mark.parametrize("regions", REGIONS)
def test_regions_choose_the_reads_of_samtools(name, regions, folder, free_model, tmp_path):
    """-M: every read once, in the file's order."""
    given = ["-f", folder / "ref.fa"]
    wanted = by_samtools("-T", folder / "ref.fa", "-M", folder / name, *regions.split(","))
    assert places(annotate_reads(free_model, *given, "-r", regions, folder / name)) == wanted
    assert places(annotate_reads(free_model, *given, "-t", regions, folder / name)) == wanted
    data = (folder / name).read_bytes()
    assert places(annotate_reads(free_model, *given, "-t", regions, data=data)) == wanted


def test_regions_of_a_bed_file(folder, free_model, tmp_path):
    bed = tmp_path / "x.bed"
    bed.write_text("c2\t0\t300\nc1\t999\t1000\nc1\t4000\t4400\n")
    wanted = by_samtools("-M", "-L", bed, folder / "r.bam")
    assert len(wanted) > 10
    assert places(annotate_reads(free_model, "-R", bed, folder / "r.bam")) == wanted
    assert places(annotate_reads(free_model, "-T", bed, folder / "r.bam")) == wanted
    assert places(annotate_reads(free_model, "-T", bed, folder / "r.sam")) == wanted


def test_unknown_contig_and_no_index(folder, free_model, tmp_path):
    assert_refused(annotate_reads(free_model, "-r", "c9", folder / "r.bam", check=False), 2)
    bare = tmp_path / "bare.bam"
    bare.write_bytes((folder / "r.bam").read_bytes())
    assert_refused(annotate_reads(free_model, "-r", "c1", bare, check=False), 2)


INTERVALS = [("c1", 0, 50), ("c2", 0, 1200), ("c1", 20, 21), ("empty", 5, 90), ("c1", 3000, 3600)]
INTERVALS.append(INTERVALS[0])


@pytest.mark.parametrize("name", ["r.bam", "r.cram"])
def test_by_region_is_the_mean_of_its_reads(name, folder, free_model, tmp_path):
    bed = tmp_path / "x.bed"
    bed.write_text("".join(f"{c}\t{b}\t{e}\n" for c, b, e in INTERVALS))
    given = ["-f", folder / "ref.fa"]
    run = annotate_reads(free_model, *given, "--by", "region", "-R", bed, folder / name)
    table = run.table()
    assert [(r["chrom"], int(r["start"]), int(r["end"])) for r in table.rows] == INTERVALS
    seen = set()
    for row in table.rows:
        where = f"{row['chrom']}:{int(row['start']) + 1}-{row['end']}"
        reads = annotate_reads(free_model, *given, "-r", where, folder / name).table()
        scored = [reads.probabilities(read) for read in reads.rows if read["status"] == "OK"]
        assert row["n_reads"] == str(len(scored))
        seen.add(row["status"])
        assert row["status"] == ("OK" if scored else "EMPTY")
        if not scored:
            assert row["label"] == row["entropy"] == "."
            continue
        mean = [sum(column) / len(scored) for column in zip(*scored)]
        said = table.probabilities(row)
        assert max(abs(a - b) for a, b in zip(mean, said)) <= 2e-6
        assert row["label"] == table.classes[said.index(max(said))]
        bits = -sum(p * math.log2(p) for p in mean if p)
        assert abs(float(row["entropy"]) - bits) < 1e-4
    assert seen == {"OK", "EMPTY"}
    for options in (["-@", 1, "-b", 1], ["-@", 2, "-b", 7]):
        options += ["--by", "region", "-R", bed, folder / name]
        assert annotate_reads(free_model, *given, *options).stdout == run.stdout
