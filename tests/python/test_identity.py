"""The same bytes whatever the threads, the batch, the pipe, the compression or the shards."""

import random
import subprocess

import pytest

import oracle
from harness import ENGINES, SECONDS, annotate, binary, body, fasta, fastq, left_in, packed

OPTIONS = ["--stride", 20, "--min-len", 2]


@pytest.fixture(scope="module")
def data():
    rng = random.Random(31)
    lengths = (
        [rng.randrange(0, 200) for _ in range(60)]
        + [6000]
        + [rng.randrange(0, 90) for _ in range(40)]
    )
    return fasta(oracle.random_records(32, lengths))


@pytest.fixture(params=ENGINES)
def score(request, fixed_model):
    def run(*options, **more):
        return annotate(
            "--engine",
            request.param,
            "--device",
            "cpu",
            "-m",
            fixed_model,
            *OPTIONS,
            *options,
            **more,
        ).stdout

    return run


def test_threads_and_batches(score, data):
    whole = score("-@", 1, data=data)
    assert whole.count(b"\n") > 500
    for threads in (1, 2, 8):
        assert score("-@", threads, data=data) == whole
    for batch in (1, 7, 64, 0):
        assert score("-b", batch, "-@", 2, data=data) == whole


def test_ways_in_and_out(score, data, tmp_path):
    whole = score(data=data)
    for kind, name in (("plain", "in.fa"), ("gzip", "in.fa.gz"), ("bgzip", "in.fasta.bgz")):
        path = tmp_path / name
        path.write_bytes(packed(data, kind))
        assert score(path, "-@", 8) == whole
        assert score("-", data=path.read_bytes()) == whole
    out = tmp_path / "out" / "x.tsv"
    out.parent.mkdir()
    assert score("-o", out, data=data) == b""
    assert out.read_bytes() == whole
    assert left_in(out.parent) == ["x.tsv"]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_shards(score, data, tmp_path, count):
    path = tmp_path / "in.fa"
    path.write_bytes(data)
    parts = [body(score("--shard", f"{i}/{count}", path)) for i in range(1, count + 1)]
    assert b"".join(parts) == body(score(path))


def test_by_sequence_and_strand(score, data):
    options = ["--by", "sequence", "--strand", "both"]
    whole = score(*options, "-@", 1, "-b", 1, data=data)
    for more in (["-@", 8], ["-@", 2, "-b", 7], ["-b", 64]):
        assert score(*options, *more, data=data) == whole


def test_fastq(score):
    records = oracle.random_records(33, [30, 0, 75, 150, 1])
    whole = score(data=fasta(records))
    assert score("-@", 8, data=fastq(records)) == whole
    assert score("-b", 1, data=packed(fastq(records), "gzip")) == whole


def test_pipes_with_a_name(fixed_model, data, tmp_path):
    """Process substitution, a named output that is a pipe, and an output that is a link."""
    common = ["--engine", "reference", "-m", str(fixed_model), *map(str, OPTIONS)]
    whole = annotate(*common, data=data).stdout
    path, linked = tmp_path / "in.fa.gz", tmp_path / "real.tsv"
    path.write_bytes(packed(data, "gzip"))
    linked.write_text("old")
    (tmp_path / "link.tsv").symlink_to("real.tsv")
    script = f"""set -eo pipefail; vio() {{ '{binary()}' -q {' '.join(common)} "$@"; }}
        vio <(zcat '{path}') > substituted
        zcat '{path}' | vio -o /dev/stdout | cat > through_dev_stdout
        vio -o link.tsv < '{path}'"""
    subprocess.run(["bash", "-c", script], cwd=tmp_path, timeout=SECONDS, check=True)
    for name in ("substituted", "through_dev_stdout", "real.tsv"):
        assert (tmp_path / name).read_bytes() == whole, name
    assert (tmp_path / "link.tsv").is_symlink()
