"""What vio-annotate ought to say, worked out from its documentation and nothing else."""

import random

import numpy as np

KNOWN = "ACGT"
UNKNOWN, PAD = 4, 5
COMPLEMENT = str.maketrans("ACGTUacgtu", "TGCAAtgcaa")


def read_fasta(data):
    """[(name, sequence)] of FASTA bytes, the plain way."""
    records = []
    for line in data.decode().splitlines():
        if line.startswith(">"):
            records.append([first_word(line[1:]), []])
        elif line.strip():
            records[-1][1].append("".join(line.split()))
    return [(name, "".join(lines)) for name, lines in records]


def read_fastq(data):
    """[(name, sequence)] of FASTQ bytes whose records may span lines."""
    lines = iter(data.decode().splitlines())
    records = []
    for line in lines:
        if not line.strip():
            continue
        assert line.startswith("@"), line
        sequence = ""
        for text in lines:
            if text.startswith("+"):
                break
            sequence += text.strip()
        left = len(sequence)
        while left > 0:
            left -= len(next(lines))
        if not sequence:
            next(lines, None)
        records.append((first_word(line[1:]), sequence))
    return records


def first_word(header):
    """A record's name: everything up to the first blank, and `.` where that is nothing."""
    name = header.replace("\t", " ").split(" ")[0]
    return name or "."


def tile(length, window, stride):
    """[(start, end)]: starts are k * stride, and the last window is the first to reach the end."""
    windows = []
    for start in range(0, length, stride):
        end = min(start + window, length)
        windows.append((start, end))
        if end == length:
            break
    return windows


def encode(sequence):
    """Codes of DNA: A 0, C 1, G 2, T or U 3 in either case, anything else 4."""
    table = np.full(256, UNKNOWN, dtype=np.uint8)
    for code, letters in enumerate(("Aa", "Cc", "Gg", "TtUu")):
        for letter in letters:
            table[ord(letter)] = code
    return table[np.frombuffer(sequence.encode(), dtype=np.uint8)]


def reverse_complement(sequence):
    """IUPAC letters other than ACGTU read as unknown on both strands, so they may stay."""
    return sequence.translate(COMPLEMENT)[::-1]


def known_bases(sequence):
    return int((encode(sequence) != UNKNOWN).sum())


def n_frac(sequence):
    return f"{(len(sequence) - known_bases(sequence)) / len(sequence):.4f}" if sequence else "."


def expected_windows(records, window, stride, min_len=1):
    """[(name, start, end, sequence, status)] of every row that `--by window` owes its user."""
    rows = []
    for name, sequence in records:
        if not sequence:
            rows.append((name, 0, 0, "", "EMPTY"))
        for start, end in tile(len(sequence), window, stride):
            status = "OK" if end - start >= min_len else "TOO_SHORT"
            rows.append((name, start, end, sequence[start:end], status))
    return rows


def random_sequence(rng, length):
    """Bases as they come in the wild: soft-masked runs, runs of N, IUPAC codes, the odd U."""
    letters = rng.choices("ACGT", k=length)
    for _ in range(1 + length // 60):
        begin, size = rng.randrange(length + 1), rng.randrange(1, 25)
        kind = rng.choice(("N", "lower", "iupac", "U", "none"))
        for at in range(begin, min(begin + size, length)):
            letters[at] = {
                "N": "N",
                "lower": letters[at].lower(),
                "iupac": rng.choice("RYKMSWBDHVn-*"),
                "U": "U" if letters[at] == "T" else letters[at],
                "none": letters[at],
            }[kind]
    return "".join(letters)


def random_records(seed, lengths, prefix="rec"):
    rng = random.Random(seed)
    return [
        (f"{prefix}{number}", random_sequence(rng, length)) for number, length in enumerate(lengths)
    ]


def check_window_rows(table, expected, strand="+"):
    """Everything about the rows of `--by window` that needs no model."""
    assert len(table.rows) == len(expected)
    for row, (name, start, end, sequence, status) in zip(table.rows, expected):
        said = (row["seq_id"], row["start"], row["end"], row["status"])
        assert said == (name, str(start), str(end), status)
        assert row["strand"] == strand and row["length"] == str(len(sequence))
        assert row["n_frac"] == n_frac(sequence), row
        check_label(table, row, status == "OK")


def check_label(table, row, scored):
    """Six decimals that sum to one; the label has the largest of them, ties to the first."""
    printed = [row["p_" + name] for name in table.classes]
    if not scored:
        assert {row["label"], row["score"], *printed} == {"."}, row
        return
    values = [float(text) for text in printed]
    assert all(len(text) == 8 and 0 <= value <= 1 for text, value in zip(printed, values)), row
    assert abs(sum(values) - 1) < 1e-5, row
    best = values.index(max(values))
    assert row["label"] == table.classes[best] and row["score"] == printed[best], row
