"""Rows of a CSV or TSV: as they were, with what the model says added at the end."""

import csv
import io
import random

import pytest

import oracle
from harness import ENGINES, annotate, assert_refused, fasta, left_in, packed

CLASSES = ["alpha", "beta", "gamma"]
ADDED = ["label", "score", "label_2", "score_2", "label_3", "score_3"]
ADDED += ["p_" + name for name in CLASSES] + ["status"]


def rows_of(model, *options, engine="reference", **more):
    return annotate(
        "--engine", engine, "--device", "cpu", "-m", model, "--window", 16, *options, **more
    )


def read_csv(data, separator=","):
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=separator))


def check_added(cells, sequence):
    """The three best, in order, as the probabilities have it."""
    if not sequence:
        assert cells == [""] * 9 + ["EMPTY"]
        return
    numbers = dict(zip(CLASSES, map(float, cells[6:9])))
    assert sorted(cells[0:6:2]) == CLASSES and cells[9] == "OK"
    for label, score in zip(cells[0:6:2], cells[1:6:2]):
        assert float(score) == numbers[label] and len(score) == 8
    assert sorted(numbers.values(), reverse=True) == [float(cells[i]) for i in (1, 3, 5)]


SEQUENCES = ["ACGTACGTAA", "acgtnnacgtTTGACAGG" * 5, "", "G", "RYKMACGU", "N" * 20]


def records():
    rng = random.Random(91)
    long = [oracle.random_sequence(rng, size).replace("*", "N") for size in (15, 16, 17, 200, 3000)]
    notes = ["plain", "with, comma", 'with "quotes"', "two\nlines", "", "tab\there", " blank "]
    return [(notes[n % len(notes)], one, str(n)) for n, one in enumerate(SEQUENCES + long)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_stay_and_columns_come(engine, separator, end, free_model):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerow(["note", "sequence", "number"])
    writer.writerows(records())
    data = text.getvalue().encode()
    run = rows_of(free_model, data=data, engine=engine)
    said = read_csv(run.stdout, separator)
    assert said[0] == ["note", "sequence", "number", *ADDED]
    assert [tuple(row[:3]) for row in said[1:]] == records()
    for row in said[1:]:
        check_added(row[3:], row[1])
    if end == "\r\n":
        assert run.stdout.count(b"\r\n") == 1 + len(records())
    assert "sequence" in run.stderr, "which column was taken"
    named = [(str(n), sequence) for n, (_, sequence, _) in enumerate(records()) if sequence]
    same = rows_of(free_model, "--by", "sequence", data=fasta(named), engine=engine).table()
    scores = [[row["label"], *(row["p_" + name] for name in CLASSES)] for row in same.rows]
    assert [[row[3], *row[9:12]] for row in said[1:] if row[1]] == scores
    skipped = sum(not sequence for _, sequence, _ in records())
    assert run.stats["records"]["skipped"] == {"EMPTY": skipped}


def test_bytes_of_rows_are_kept(free_model):
    """Needless quotes and blanks too."""
    lines = ['"a", b ,"ACGT"', '"x ""y""",,ACCT', "\u00e9\u00df,1,GGGT"]
    data = ("p,q,seq\n" + "".join(line + "\n" for line in lines)).encode()
    said = rows_of(free_model, data=data).stdout.decode().splitlines()
    assert said[0] == "p,q,seq," + ",".join(ADDED)
    for line, row in zip(lines, said[1:], strict=True):
        assert row.startswith(line + ",")


def test_wrapped_sequences(free_model):
    """As NCBI's exports have them."""
    bare = ["ACGTACGTAACCGGTTTACG", "AAAGCAGCTC", "G", ""]
    both = []
    for wrap in ("<{}>", "{}"):
        lines = [f'{n},"x, y",{wrap.format(one)}' for n, one in enumerate(bare)]
        data = "\n".join([",Description,NucleotideSequence", *lines]) + "\n"
        run = rows_of(free_model, data=data.encode())
        assert "NucleotideSequence" in run.stderr
        both.append([row[3:] for row in read_csv(run.stdout)])
        assert [row[2] for row in read_csv(run.stdout)[1:]] == [wrap.format(one) for one in bare]
    assert both[0] == both[1]


def test_last_line_without_an_end(free_model):
    whole = rows_of(free_model, data=b"id,seq\n1,ACGT\n2,ACCC\n").stdout
    assert rows_of(free_model, data=b"id,seq\n1,ACGT\n2,ACCC").stdout == whole


def test_column_by_name(free_model):
    data = b"id,seq,other\n1,ACGT,GGGG\n2,AAAA,TTTT\n"
    swapped = b"id,other,seq\n1,ACGT,GGGG\n2,AAAA,TTTT\n"
    by_name = rows_of(free_model, "--seq-column", "other", data=data).stdout
    guessed = rows_of(free_model, data=swapped).stdout
    assert by_name.splitlines()[1:] == guessed.splitlines()[1:]
    assert by_name != rows_of(free_model, data=data).stdout


def test_taken_names_get_a_prefix(free_model):
    said = read_csv(rows_of(free_model, data=b"label,seq\nmine,ACGT\n").stdout)
    assert said[0] == ["label", "seq", *("vio_" + name for name in ADDED)]
    assert said[1][0] == "mine"


@pytest.mark.parametrize(
    "options,data,code",
    [
        (["--seq-column", "nothing"], b"id,seq\n1,ACGT\n", 2),
        ([], b"id,colour\n1,red\n", 2),
        ([], b"id,seq\n1,ACGT\n2\n", 3),
        ([], b"id,seq\n1,ACGT\n2,ACGT,extra\n", 3),
        ([], b'id,seq\n1,"ACGT\n2,ACGT\n', 3),
        ([], b"id,seq\n1,AC\x00GT\n", 3),
        ([], b"id,seq\n1,<ACGT\n", 3),
        (["-O", "B"], b"id,seq\n1,ACGT\n", 2),
        (["-r", "c1"], b"id,seq\n1,ACGT\n", 2),
        (["--shard", "1/2"], b"id,seq\n1,ACGT\n", 2),
    ],
)
def test_refused(options, data, code, free_model, tmp_path):
    out = tmp_path / "out.csv"
    run = rows_of(free_model, *options, "-o", out, data=data, check=False)
    assert_refused(run, code)
    assert left_in(tmp_path) == []


def test_a_ragged_row_is_named(free_model):
    run = rows_of(free_model, data=b"id,seq\n1,ACGT\n2\n", check=False)
    assert run.code == 3 and "line 3" in run.stderr


def many():
    rng = random.Random(92)
    text = "id,note,seq\n"
    for number in range(400):
        sequence = "".join(rng.choices("ACGTN", k=rng.randrange(90)))
        text += f'{number},"a,{number}",{sequence}\n'
    return text.encode()


@pytest.mark.parametrize("kind", ["plain", "gzip", "bgzip"])
def test_identity(kind, free_model, tmp_path):
    whole = rows_of(free_model, "-@", 1, data=many()).stdout
    path = tmp_path / "table.csv"
    path.write_bytes(packed(many(), kind))
    for options in (["-@", 2], ["-@", 2, "-b", 1], ["-@", 1, "-b", 7]):
        assert rows_of(free_model, *options, path).stdout == whole
    assert rows_of(free_model, data=path.read_bytes()).stdout == whole
    assert len(read_csv(whole)) == 401


def test_skipped_rows(free_model, tmp_path):
    """Named by the line on which they begin."""
    data = b'id,seq\n1,ACGT\n2,\n"3\n",ACG\n4,\n'
    listed = tmp_path / "skipped.tsv"
    run = rows_of(free_model, "--skipped", listed, data=data)
    lines = [line.split("\t") for line in listed.read_text().splitlines()]
    assert lines[0] == ["#record", "length", "status", "reason"]
    assert [line[1:3] for line in lines[1:]] == [["0", "EMPTY"]] * 2
    assert ["3" in lines[1][0], "6" in lines[2][0]] == [True, True]
    assert len(read_csv(run.stdout)) == 5
    run = rows_of(free_model, "--max-skipped-frac", 0.1, data=data, check=False)
    assert run.code == 4 and len(read_csv(run.stdout)) == 5
