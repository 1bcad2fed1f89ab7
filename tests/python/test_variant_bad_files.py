"""References, indexes and outputs that cannot serve: the promised code and one sentence."""

import gzip
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import pytest

from harness import annotate, assert_refused, bgzip, binary, fasta, left_in
from variant_files import annotate_variants, in_order, needs_bcftools, vcf, write_reference
from variant_files import write_variants
from variant_random import random_sites


@pytest.fixture(scope="module")
def data(random_genome):
    _, genome = random_genome
    return vcf(in_order(random_sites(95, genome, 100), genome), genome)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


# --- references ---------------------------------------------------------------------------------


def test_without_a_reference(fixed_model, data, folder):
    options = ["--engine", "reference", "-m", fixed_model, "-o", folder / "x.vcf"]
    run = annotate(*options, data=data, check=False)
    assert_refused(run, 2)
    assert "-f" in run.stderr and left_in(folder) == []


def test_a_reference_for_fasta(fixed_model, random_genome):
    path, _ = random_genome
    run = annotate_variants(fixed_model, path, data=b">a\nACGT\n", check=False)
    assert_refused(run, 2)
    assert "-f" in run.stderr or "--fasta-ref" in run.stderr


BAD_REFERENCES = {
    "absent.fa": (None, (2,), "absent.fa"),
    "empty.fa": (b"", (2, 3), "empty.fa"),
    "text.fa": (b"once upon a time\n", (2, 3), "text.fa"),
    "reads.fq": (b"@r\nACGT\n+\nIIII\n", (2, 3), "reads.fq"),
    "gzip.fa.gz": (gzip.compress(b">long\nACGT\n"), (2,), "bgzip"),
    "ragged.fa": (b">long\nACGT\nACGTACGT\nAC\nACGT\n", (3,), "ragged.fa"),
    "cut.fa.gz": (bgzip(fasta([("long", "ACGT" * 3000)]))[:-40], (3,), "cut.fa.gz"),
}


@pytest.mark.parametrize("name", BAD_REFERENCES)
def test_a_bad_reference(name, fixed_model, data, folder, tmp_path):
    content, codes, word = BAD_REFERENCES[name]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    run = annotate_variants(fixed_model, path, "-o", folder / "x.vcf", data=data, check=False)
    assert run.code in codes, run.stderr
    assert_refused(run, run.code)
    assert word in run.stderr and left_in(folder) == []


def test_a_reference_that_is_a_folder_or_a_pipe(fixed_model, data, tmp_path):
    assert_refused(annotate_variants(fixed_model, tmp_path, data=data, check=False), 2)
    pipe = tmp_path / "pipe.fa"
    os.mkfifo(pipe)
    more = {"data": data, "check": False, "preexec_fn": lambda: signal.alarm(20)}
    assert_refused(annotate_variants(fixed_model, pipe, **more), 2)  # not waiting for a writer


def test_a_fai_older_than_its_reference(fixed_model, data, random_genome, folder, tmp_path):
    _, genome = random_genome
    path = write_reference(tmp_path / "ref.fa", genome)
    index = tmp_path / "ref.fa.fai"
    index.write_text("long\t6000\t6\t60\t61\n")
    os.utime(index, (1, 1))
    run = annotate_variants(fixed_model, path, "-o", folder / "x.vcf", data=data, check=False)
    assert_refused(run, 3)
    assert "ref.fa" in run.stderr and left_in(folder) == []


@pytest.mark.parametrize(
    "text", ["long\t999999\t6\t60\t61\n", "long\t100\n", "long\tx\t6\t60\t61\n"]
)
def test_a_fai_that_lies(text, fixed_model, random_genome, tmp_path):
    _, genome = random_genome
    path = write_reference(tmp_path / "ref.fa", {"long": genome["long"]})
    (tmp_path / "ref.fa.fai").write_text(text)
    os.utime(tmp_path / "ref.fa.fai", (2**31, 2**31))
    data = (
        b"##fileformat=VCFv4.2\n##contig=<ID=long>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    )
    data += b"long\t500000\t.\tA\tC\t.\t.\t.\n"
    assert_refused(annotate_variants(fixed_model, path, data=data, check=False), 3)


def nobody():
    """For preexec_fn: root may write into any folder, so become someone who may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.mark.parametrize("name", ["ref.fa", "ref.fa.gz"])
def test_a_reference_folder_that_cannot_be_written(name, fixed_model, data, random_genome):
    """The index goes into a temporary folder, and nothing stays there."""
    content = fasta(list(random_genome[1].items()))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        os.chmod(folder, 0o755)
        scratch, locked = folder / "scratch", folder / "locked"
        for path in (scratch, locked):
            path.mkdir()
        scratch.chmod(0o777)
        (locked / name).write_bytes(bgzip(content) if name.endswith("gz") else content)
        model = shutil.copy(fixed_model, folder / "model.safetensors")
        locked.chmod(0o555)
        more = {"env": os.environ | {"TMPDIR": str(scratch)}, "preexec_fn": nobody}
        command = [binary(), "--engine", "reference", "-m", model, "-f", locked / name]
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=90, **more)
        except PermissionError:
            pytest.skip("the program is where only root may run it")
        finally:
            locked.chmod(0o755)
        assert done.returncode == 0, done.stderr
        assert left_in(locked) == [name] and left_in(scratch) == []
    plain = annotate_variants(fixed_model, random_genome[0], "--no-version", data=data).stdout
    assert done.stdout.splitlines()[-1] == plain.splitlines()[-1]


# --- indexes of variants ------------------------------------------------------------------------


@needs_bcftools
@pytest.mark.parametrize("name,index", [("x.vcf.gz", "tbi"), ("x.vcf.gz", "csi"), ("x.bcf", "csi")])
@pytest.mark.parametrize("options", [["-r", "long"], ["--shard", "1/2"]])
def test_an_index_older_than_its_file(
    options, name, index, fixed_model, data, random_genome, folder, tmp_path
):
    source = write_variants(tmp_path / name, data, index)
    os.utime(f"{source}.{index}", (1, 1))
    options = [*options, "-o", folder / "x.vcf"]
    run = annotate_variants(fixed_model, random_genome[0], *options, source, check=False)
    assert_refused(run, 3)
    assert name in run.stderr and left_in(folder) == []


@needs_bcftools
@pytest.mark.parametrize("content", [b"", b"rubbish", gzip.compress(b"TBI\1")])
def test_an_index_that_is_none(content, fixed_model, data, random_genome, tmp_path):
    source = write_variants(tmp_path / "x.vcf.gz", data, "tbi")
    (tmp_path / "x.vcf.gz.tbi").write_bytes(content)
    options = ["-r", "long", "-o", tmp_path / "out.vcf"]
    run = annotate_variants(fixed_model, random_genome[0], *options, source, check=False)
    assert_refused(run, 3)
    assert "x.vcf.gz" in run.stderr and not (tmp_path / "out.vcf").exists()


def test_an_unsorted_file_without_index_has_no_shards(fixed_model, random_genome, tmp_path):
    path, genome = random_genome
    source = tmp_path / "x.vcf"
    source.write_bytes(vcf(random_sites(97, genome, 100), genome))
    options = ["--shard", "1/2", "-o", tmp_path / "out.vcf"]
    run = annotate_variants(fixed_model, path, *options, source, check=False)
    assert_refused(run, 3)
    assert left_in(tmp_path) == ["x.vcf"]
