"""Compares a record of the output with what the oracle expects, tag by tag."""

import collections
from urllib.parse import unquote

import numpy as np

TOLERANCE = 1e-5
MILLION = 1_000_000
UNSCORED = {"STATUS"}
SCORED = {"STATUS", "TOP", "CLASS", "PREF", "PALT", "DELTA"}


def best_with_margin(values):
    """(index of the largest, how much larger it is than the next)."""
    ranked = np.sort(values)
    return int(np.argmax(values)), float(ranked[-1] - ranked[-2])


def check_label(said, probabilities, classes):
    """The class that is surely the largest; where two are as good as equal, one of them."""
    said = classes.index(unquote(said))
    best, margin = best_with_margin(probabilities)
    if margin > 2 * TOLERANCE:
        assert said == best, (said, probabilities)
    else:
        assert probabilities[said] >= probabilities[best] - 2 * TOLERANCE


def check_change(said, ref, alt, classes):
    """`said` is (class, p_ref, p_alt, delta) as the output has them."""
    index = classes.index(unquote(said[0]))
    p_ref, p_alt, delta = map(float, said[1:])
    assert abs(p_ref - ref[index]) <= TOLERANCE and abs(p_alt - alt[index]) <= TOLERANCE, said
    assert round(delta * MILLION) == round(p_alt * MILLION) - round(p_ref * MILLION), said
    assert not said[3].startswith("-") or delta != 0, "a negative zero"
    if len(classes) == 2:
        assert index == 1, said
        return
    changes = np.abs(alt - ref)
    best, margin = best_with_margin(changes)
    assert index == best or margin <= 4 * TOLERANCE, (said, ref, alt)


def check_all_classes(record, classes, prefix="VIO"):
    """What --all-classes prints explains every other tag to the last digit."""
    rows = [None if t == "." else t.split("|") for t in record.tag("PROBS", prefix)]
    assert all(len(text) == 8 for row in rows if row for text in row), record.fields
    numbers = [row and [round(float(text) * MILLION) for text in row] for row in rows]
    for label, row in zip(record.tag("TOP", prefix), numbers):
        assert unquote(label) == ("." if row is None else classes[row.index(max(row))])
    for index, row in enumerate(numbers[1:]):
        said = [record.tag(tag, prefix)[index] for tag in ("CLASS", "PREF", "PALT", "DELTA")]
        if row is None:
            assert said == ["."] * 4
            continue
        changes = [abs(alt - ref) for alt, ref in zip(row, numbers[0])]
        best = 1 if len(classes) == 2 else changes.index(max(changes))
        told = [round(float(text) * MILLION) for text in said[1:]]
        assert unquote(said[0]) == classes[best]
        assert told == [numbers[0][best], row[best], row[best] - numbers[0][best]]
    return rows


def check_record(record, expected, scorer, prefix="VIO"):
    """Which tags a record has, and every value of each of them."""
    assert record.tag("STATUS", prefix) == expected.statuses, record.fields
    wanted = set(SCORED if expected.scored else UNSCORED)
    if any(flags != "." for flags in expected.flags):
        wanted.add("FLAGS")
        assert record.tag("FLAGS", prefix) == expected.flags, record.fields
    assert record.tags(prefix) - {prefix + "_PROBS"} == {f"{prefix}_{tag}" for tag in wanted}
    if expected.scored:
        check_scores(record, expected, scorer, prefix)


def check_scores(record, expected, scorer, prefix):
    classes, ref = scorer.classes, scorer(expected.ref_window)
    top_ref, *tops = record.tag("TOP", prefix)
    check_label(top_ref, ref, classes)
    columns = [record.tag(tag, prefix) for tag in ("CLASS", "PREF", "PALT", "DELTA")]
    assert {len(column) for column in [tops, *columns]} == {len(expected.alt_windows)}
    for top, window, said in zip(tops, expected.alt_windows, zip(*columns)):
        if window is None:
            assert (top, *said) == (".",) * 5, record.fields
            continue
        check_label(top, scorer(window), classes)
        check_change(said, ref, scorer(window), classes)


def check_stats(stats, everything):
    """The accounts of a run against what the oracle expects of each of its records."""
    alleles = collections.Counter(status for one in everything for status in one.statuses)
    records = collections.Counter(
        "OK" if one.scored else one.statuses[0] for one in everything if one.statuses
    )
    for level, expected in (("alleles", alleles), ("records", records)):
        assert stats[level]["read"] == sum(expected.values()), level
        assert stats[level]["scored"] == expected.pop("OK", 0), level
        assert stats[level]["skipped"] == dict(expected), level
    windows = [one.ref_window for one in everything if one.scored]
    windows += [window for one in everything for window in one.alt_windows if window is not None]
    assert stats["windows"]["scored"] == len(windows)
    assert stats["positions"]["requested"] == sum(map(len, windows))
