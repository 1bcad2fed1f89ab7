"""What vio-train fit reads, and how it divides the rows."""

import gzip

import pytest

from train_program import (PROGRAM, data_of, labelled_sequences, vio_train, write_small_spec,
                           write_table)

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="vio-train is not built")


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    return write_small_spec(tmp_path_factory.mktemp("spec") / "small.json")


def fit(spec, table, model, *options):
    return vio_train("fit", table, "--spec", spec, "--epochs", 2, "-b", 8, "--bootstrap", 10,
                     "--name", "same", "-o", model, *options)


def as_csv(rows):
    return "id,sequence,label\n" + "".join(f"r{i},{s},{l}\n" for i, (s, l) in enumerate(rows))


def as_tsv(rows):
    return as_csv(rows).replace(",", "\t")


def as_fasta(rows):
    return "".join(f">r{i} a sequence {l}\n{s[:9]}\n{s[9:]}\n" for i, (s, l) in enumerate(rows))


def test_every_format_gives_the_same_model(spec, tmp_path):
    rows = list(labelled_sequences(30))
    models = []
    for name, text in (("a.csv", as_csv(rows)), ("a.tsv", as_tsv(rows)), ("a.fa", as_fasta(rows))):
        plain, packed = tmp_path / name, tmp_path / f"{name}.gz"
        plain.write_text(text)
        packed.write_bytes(gzip.compress(text.encode()))
        for path in (plain, packed):
            models.append(tmp_path / f"{path.name}.safetensors")
            run = fit(spec, path, models[-1], "--data-note", "n")
            assert run.returncode == 0, run.stderr
    unlabelled = tmp_path / "u.fa.gz"
    unlabelled.write_bytes(gzip.compress(as_fasta([(s, "") for s, _ in rows]).encode()))
    labels = tmp_path / "labels.csv.gz"
    labels.write_bytes(gzip.compress(
        ("id,kind\n" + "".join(f"r{i},{l}\n" for i, (_, l) in enumerate(rows))).encode()))
    models.append(tmp_path / "u.safetensors")
    run = fit(spec, unlabelled, models[-1], "--labels", labels)
    assert run.returncode == 0, run.stderr
    tensors = {tensor_bytes(model) for model in models}
    assert len(models) == 7 and len(tensors) == 1


def tensor_bytes(model):
    """Of a .safetensors file, what comes after its header."""
    content = model.read_bytes()
    return content[8 + int.from_bytes(content[:8], "little"):]


def test_rows_that_only_train_and_rows_that_are_too_similar(spec, tmp_path):
    own = list(labelled_sequences(40, seed=1, shortest=40))
    test = list(labelled_sequences(10, seed=2, shortest=40))
    more = list(labelled_sequences(8, seed=3, shortest=40)) + [test[0], own[0]]
    write_table(tmp_path / "own.csv", own + [test[1]])
    write_table(tmp_path / "test.csv", test)
    write_table(tmp_path / "more.csv", more)
    (tmp_path / "unlike.fa").write_text(f">a\n{own[0][0]}\n")
    model = tmp_path / "m.safetensors"
    run = fit(spec, tmp_path / "own.csv", model, "--test", tmp_path / "test.csv", "--add-train",
              tmp_path / "more.csv", "--drop-similar-to", tmp_path / "unlike.fa")
    assert run.returncode == 0, run.stderr
    assert "4 rows that would have trained were left out (2 of --add-train)" in run.stderr
    data = data_of(model)
    assert data["rows"] == {"train": 47, "validation": 0, "test": 10}
    assert data["test_file"] == "test.csv"
    assert data["added"] == {"file": "more.csv", "rows": 10}
    assert data["dropped_similar"] == {
        "jaccard_of_11_mers": 0.9, "to_test_rows": True, "to_file": "unlike.fa",
        "of_added_rows_only": False, "rows": 2, "added_rows": 2}
    alone = vio_train("evaluate", "-m", model, tmp_path / "test.csv", "--bootstrap", 10)
    scores, nothing, _ = alone.stdout.partition("\nno baselines")
    assert nothing and run.stdout.startswith(scores)


@pytest.mark.parametrize("text, options, words", [
    ("sequence,label\n" + "ACGT,x\n" * 9, [], "one class with at least 2 rows (x)"),
    ("sequence,label\nA,x\nC,y\n", [], "no class with at least 2 rows"),
    ("sequence,label\n" + "ACGT,x\n,y\n" * 4, [], "row at 3: the sequence is empty"),
    ("sequence,label\n" + "ACGT,x\nAC,GT,y\n", [], "line 3: expected 2 columns"),
    ("sequence,label\n" + "ACGT,x\nACGG\n", [], "line 3: expected 2 columns"),
    ("sequence,other\n" + "ACGT,x\n", [], "--label-column"),
    ("residues,label\n" + "ACGT,x\n", [], "--seq-column"),
    (None, ["--validation", "OTHER"], "no class 'third'"),
    (None, ["--test", "OTHER"], "no class 'third'"),
    (None, ["--add-train", "OTHER"], "no class 'third'"),
    (None, ["--test", "OTHER", "--test-size", "0.5"], "--test and --test-size"),
    (None, ["--validation", "OTHER", "--validation-fraction", "0.5"], "--validation-fraction"),
    (None, ["--drop-from", "added"], "--add-train"),
    (None, ["--drop-similar", "1.5"], "--drop-similar takes"),
])
def test_bad_tables_and_options_are_named_before_training(text, options, words, spec, tmp_path):
    table = tmp_path / "rows.csv"
    if text is None:
        write_table(table, labelled_sequences(30))
    else:
        table.write_text(text)
    other = write_table(tmp_path / "other.csv", [("ACGT", "at"), ("ACGT", "third")])
    before = sorted(tmp_path.iterdir())
    run = fit(spec, table, tmp_path / "m.safetensors",
              *(other if option == "OTHER" else option for option in options))
    assert run.returncode in (2, 3)
    assert words in run.stderr.splitlines()[-1]
    assert "epoch 1" not in run.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_record_with_two_labels_is_named(spec, tmp_path):
    rows = list(labelled_sequences(20))
    (tmp_path / "rows.fa").write_text(as_fasta(rows))
    labels = "id,kind\n" + "".join(f"r{i},{l}\n" for i, (_, l) in enumerate(rows))
    (tmp_path / "labels.csv").write_text(labels + "r3,at\n")
    run = fit(spec, tmp_path / "rows.fa", tmp_path / "m.safetensors", "--labels",
              tmp_path / "labels.csv")
    assert run.returncode == 3
    assert "line 22: record r3 has the labels gc and at" in run.stderr
