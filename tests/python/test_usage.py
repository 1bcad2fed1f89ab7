"""Wrong options are refused with 2 before anything is written; the informative ones work."""

import re

import pytest

from harness import ENGINES, annotate, annotate_bare, assert_refused, left_in

WRONG = [
    ["--no-such-option"],
    ["-Q"],
    ["--engine", "abacus"],
    ["--device", "tpu"],
    ["--device", "cuda:x"],
    ["--by", "codon"],
    ["--strand", "sideways"],
    ["--window", "0"],
    ["--window", "-5"],
    ["--window", "ten"],
    ["--window", "1.5"],
    ["--window", "99999999999999999999"],
    ["--window"],
    ["--stride", "0"],
    ["--stride", "-1"],
    ["--min-len", "-1"],
    ["--min-len", "x"],
    ["-@", "-2"],
    ["-@", "many"],
    ["-b", "-1"],
    ["-b", "x"],
    ["--shard", "0/3"],
    ["--shard", "4/3"],
    ["--shard", "a/b"],
    ["--shard", "1"],
    ["--shard", "1/0"],
    ["--shard", "-1/3"],
    ["--shard", "1/2/3"],
    ["--max-skipped-frac", "2"],
    ["--max-skipped-frac", "-0.1"],
    ["--max-skipped-frac", "nan"],
    ["-O", "q"],
    ["-O", ""],
    ["-r", "c:5-2"],
    ["-r", "c:0-5"],
]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.fa"
    path.write_text(">c\nACGTACGT\n")
    return path


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_wrong_options(options, source, fixed_model, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    run = annotate(
        "-m",
        fixed_model,
        "--engine",
        "reference",
        "-o",
        folder / "x.tsv",
        source,
        *options,
        check=False
    )
    assert_refused(run, 2)
    assert run.stdout == b"" and left_in(folder) == []


def test_a_window_larger_than_the_model_takes(source, fixed_model):
    run = annotate("-m", fixed_model, "--window", 33, source, check=False)
    assert_refused(run, 2)
    assert "32" in run.stderr


@pytest.mark.parametrize("options", [["-r", "c"], ["-R", "x.bed"], ["--shard", "1/2"]])
def test_standard_input_has_no_index(options, fixed_model, tmp_path):
    (tmp_path / "x.bed").write_text("c\t0\t4\n")
    run = annotate("-m", fixed_model, *options, data=b">c\nACGT\n", check=False, cwd=tmp_path)
    assert_refused(run, 2)


def test_two_inputs(source, fixed_model):
    assert_refused(annotate("-m", fixed_model, source, source, check=False), 2)


def test_a_missing_regions_file(source, fixed_model):
    assert_refused(annotate("-m", fixed_model, "-R", "absent.bed", source, check=False), 2)


@pytest.mark.skipif("torch" not in ENGINES, reason="built without LibTorch")
def test_no_silent_fall_back_from_a_gpu(source, fixed_model):
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    run = annotate("-m", fixed_model, "--engine", "torch", "--device", "cuda", source, check=False)
    assert_refused(run, 2)


def test_the_reference_engine_has_no_gpu(source, fixed_model):
    run = annotate(
        "-m", fixed_model, "--engine", "reference", "--device", "cuda", source, check=False
    )
    assert_refused(run, 2)


def test_help_and_version():
    assert re.fullmatch(r"vio-annotate \d+\.\d+\.\d+\n", annotate_bare("--version").stdout.decode())
    described = annotate_bare("--help")
    assert described.code == 0 and described.stderr == ""
    for option in (
        "--model",
        "--window",
        "--stride",
        "--min-len",
        "--by",
        "--strand",
        "--threads",
        "--engine",
        "--device",
        "--batch-size",
        "--shard",
        "--regions",
        "--output",
        "--write-index",
        "--stats",
        "--skipped",
        "--max-skipped-frac",
    ):
        assert option in described.stdout.decode(), option


def test_models_are_listed_and_described(fixed_model):
    listed = annotate_bare("--list-models")
    assert listed.code == 0 and "vio-v1" in listed.stdout.decode()
    described = annotate_bare("--describe-model", "-m", fixed_model)
    assert described.code == 0
    for text in ("alpha", "beta", "gamma", "32"):
        assert text in described.stdout.decode()


def test_quiet_means_quiet(source, fixed_model):
    run = annotate("-q", "-m", fixed_model, "--engine", "reference", source)
    assert run.stderr == ""
    wrong = annotate("-q", "-m", fixed_model, "--engine", "reference", "absent.fa", check=False)
    assert_refused(wrong, 2)


def test_the_summary_says_what_was_done(fixed_model):
    data = b">a\n" + b"ACGT" * 20 + b"\n>b\n\n>c\nA\n"
    run = annotate("-m", fixed_model, "--engine", "reference", "--min-len", 2, data=data)
    summary = run.stderr.splitlines()[-1]
    for text in ("3", "EMPTY", "TOO_SHORT", "reference", "cpu"):
        assert text in summary, summary
    assert "\r" not in run.stderr and "\x1b" not in run.stderr, "a progress bar is for terminals"


def test_skipped_table_and_limit(fixed_model, tmp_path):
    data = b">a\n" + b"ACGT" * 9 + b"\n>b\n\n>c\nA\n"
    skipped = tmp_path / "skipped.tsv"
    common = ["-m", fixed_model, "--engine", "reference", "--min-len", 5, "--skipped", skipped]
    run = annotate(*common, data=data)
    lines = [line.split("\t") for line in skipped.read_text().splitlines()]
    assert lines[0] == ["#seq_id", "start", "end", "status", "reason"]
    missed = [
        [row[key] for key in ("seq_id", "start", "end", "status")]
        for row in run.table().rows
        if row["status"] != "OK"
    ]
    assert [line[:4] for line in lines[1:]] == missed and len(missed) == 3
    assert all(len(line) == 5 and line[4] for line in lines)
    over = annotate(*common, "--max-skipped-frac", 0.5, data=data, check=False)
    assert_refused(over, 4)
    annotate(*common, "--max-skipped-frac", 0.8, data=data)


def test_stats_say_what_ran(fixed_model, tmp_path):
    import hashlib

    source = tmp_path / "in.fa.gz"
    import gzip

    source.write_bytes(gzip.compress(b">a\nACGT\n"))
    stats = annotate("-m", fixed_model, "--engine", "reference", "-@", 3, source).stats
    assert stats["model"]["sha256"] == hashlib.sha256(fixed_model.read_bytes()).hexdigest()
    assert (stats["engine"], stats["device"], stats["threads"]) == ("reference", "cpu", 3)
    assert "--engine reference" in stats["command"] and re.match(r"\d+\.\d+", stats["version"])
    assert stats["input"] == {"format": "fasta", "records": 1}
    assert set(stats["seconds"]) == {"total", "reading", "scoring", "writing"}
