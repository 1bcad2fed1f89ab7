"""Reads a report as a program would: its numbers by their keys, its charts as XML."""

import html.parser
import json
import re
import xml.etree.ElementTree as ElementTree

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(html.parser.HTMLParser):
    """A page whose tags must nest."""

    def __init__(self, text):
        super().__init__()
        self.text = text
        self.tags = []  # (name, attributes)
        self._open = []
        self.feed(text)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open and self._open.pop() == tag, f"</{tag}> does not nest"

    @property
    def numbers(self):
        """(key, value) of every number that says where it comes from."""
        return [
            (attributes["data-key"], float(attributes["data-value"]))
            for _, attributes in self.tags
            if "data-key" in attributes
        ]

    @property
    def charts(self):
        return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", self.text, re.S)]

    @property
    def headings(self):
        return re.findall(r"<h2[^>]*>(.*?)</h2>", self.text)


def lookup(stats, pointer):
    """What a JSON pointer leads to."""
    value = stats
    for step in pointer.lstrip("/").split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def counts_of(stats):
    """Pointers to every count that a page must show."""
    pointers = []
    for level in ("records", "alleles", "windows"):
        if level in stats:
            pointers += [f"/{level}/read", f"/{level}/scored"]
            if level != "windows" or "alleles" not in stats:
                pointers += [f"/{level}/skipped/{reason}" for reason in stats[level]["skipped"]]
    summary = stats["summary"]
    for name in ("classes", "ref_classes"):
        pointers += [f"/summary/{name}/{i}/count" for i in range(len(summary.get(name, [])))]
    for name in ("scores", "deltas"):
        if name in summary:
            counts = summary[name]["counts"]
            pointers += [f"/summary/{name}/counts/{i}" for i, n in enumerate(counts) if n > 0]
    return pointers


def check_numbers(numbers, stats):
    """Every number of the page is the JSON's, and every count of the JSON is on the page."""
    for key, value in numbers:
        assert value == lookup(stats, key), key
    missing = set(counts_of(stats)) - {key for key, _ in numbers}
    assert not missing, f"not on the page: {sorted(missing)}"


def check_page(path, stats_path):
    page = Page(path.read_text())
    check_numbers(page.numbers, json.loads(stats_path.read_text()))
    return page
