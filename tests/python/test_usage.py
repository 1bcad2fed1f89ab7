"""Wrong options are refused with 2 before anything is written."""

import pytest

from harness import ENGINES, annotate, assert_refused, left_in

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
