"""bgzip output and its tabix index, read by HTSlib's own tools."""

import gzip
import shutil
import subprocess

import pytest

import oracle
from harness import BGZF_END, annotate, assert_refused, fasta, left_in

WINDOW, STRIDE = 32, 20


@pytest.fixture(scope="module")
def records():
    return oracle.random_records(71, [500, 20_000, 0, 33], "ctg")


@pytest.fixture
def common(fixed_model):
    return ["--engine", "reference", "-m", fixed_model, "--stride", STRIDE]


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


def tabix(path, region):
    """The lines that HTSlib finds in a region (1-based, both ends in it)."""
    if shutil.which("tabix"):
        done = subprocess.run(["tabix", path, region], capture_output=True, check=True, text=True)
        return done.stdout.splitlines()
    pysam = pytest.importorskip("pysam", reason="neither tabix nor pysam here")
    with pysam.TabixFile(str(path)) as table:
        return list(table.fetch(region=region))


@pytest.mark.parametrize(
    "options,name", [(["-O", "z"], "x.tsv"), ([], "x.tsv.gz"), (["-O", "z"], None)]
)
def test_bgzip_holds_the_same_table(records, common, folder, options, name):
    plain = annotate(*common, data=fasta(records)).stdout
    target = ["-o", folder / name] if name else []
    run = annotate(*common, *options, *target, data=fasta(records))
    packed = (folder / name).read_bytes() if name else run.stdout
    assert gzip.decompress(packed) == plain
    assert packed[12:16] == b"BC\x02\x00" and packed.endswith(BGZF_END)


@pytest.mark.parametrize(
    "region,name,begin,end",
    [
        ("ctg1:101-333", "ctg1", 100, 333),
        ("ctg1:16000-17000", "ctg1", 15_999, 17_000),
        ("ctg0", "ctg0", 0, 500),
        ("ctg1:20000-20000", "ctg1", 19_999, 20_000),
        ("ctg3", "ctg3", 0, 33),
    ],
)
def test_tabix_finds_the_rows(records, common, folder, region, name, begin, end):
    out = folder / "x.tsv.gz"
    annotate(*common, "-W", "-o", out, data=fasta(records))
    assert left_in(folder) in (["x.tsv.gz", "x.tsv.gz.tbi"], ["x.tsv.gz", "x.tsv.gz.csi"])
    table = gzip.decompress(out.read_bytes()).decode().splitlines()[1:]
    overlapping = []
    for line in table:
        seq_id, start, stop = line.split("\t")[:3]
        if seq_id == name and int(start) < end and int(stop) > begin:
            overlapping.append(line)
    assert overlapping and tabix(out, region) == overlapping


@pytest.mark.parametrize(
    "data", [fasta([("a", "ACGT" * 30), ("b", "ACGT"), ("a", "ACGT")])], ids=["contig_again"]
)
def test_what_cannot_be_indexed(data, common, folder):
    run = annotate(*common, "-W", "-o", folder / "x.tsv.gz", data=data, check=False)
    assert_refused(run, 3)
    assert left_in(folder) == []


def test_unsorted_regions_cannot_be_indexed(records, common, folder, tmp_path):
    reference = tmp_path / "ref.fa"
    reference.write_bytes(fasta(records))
    bed = tmp_path / "x.bed"
    bed.write_text("ctg1\t500\t600\nctg1\t100\t200\n")
    run = annotate(*common, "-W", "-R", bed, "-o", folder / "x.tsv.gz", reference, check=False)
    assert_refused(run, 3)
    assert left_in(folder) == []


@pytest.mark.parametrize("options", [["-W", "-o", "x.tsv"], ["-W"], ["-W", "-O", "z"]])
def test_an_index_needs_a_bgzip_file(options, common, folder):
    run = annotate(*common, *options, data=b">a\nACGT\n", check=False, cwd=folder)
    assert_refused(run, 2)
    assert left_in(folder) == []
