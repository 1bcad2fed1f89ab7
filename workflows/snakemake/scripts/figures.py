"""Draws a sample's classes and scores, from its stats JSON, as SVG."""

import json
from html import escape

WIDTH, BAR, LEFT, GAP = 640, 22, 220, 6
COLOUR = "#2b6c9f"


def svg(height, title, parts):
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">'
    )
    heading = f'<text x="{LEFT}" y="20" font-weight="bold">{escape(title)}</text>'
    return "\n".join([head, heading, *parts, "</svg>", ""])


def bars(title, rows):
    """Horizontal bars of (label, count)."""
    most = max([count for _, count in rows] + [1])
    room = WIDTH - LEFT - 90
    parts = []
    for number, (label, count) in enumerate(rows):
        top = 34 + number * (BAR + GAP)
        length = room * count / most
        middle = top + BAR * 0.7
        parts += [
            f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}" fill="{COLOUR}"/>',
            f'<text x="{LEFT + length + 6:.1f}" y="{middle}">{count:,}</text>',
        ]
    return svg(44 + len(rows) * (BAR + GAP), title, parts)


def joined_bins(distribution, wanted=20):
    """(label, count) of at most `wanted` bins of a distribution; begin and width are millionths."""
    counts = distribution["counts"]
    step = -(-len(counts) // wanted)
    for first in range(0, len(counts), step):
        begin = (distribution["begin"] + first * distribution["width"]) / 1e6
        end = begin + step * distribution["width"] / 1e6
        yield f"{begin:.2f} to {end:.2f}", sum(counts[first : first + step])


def main(stats, classes, scores):
    with open(stats) as file:
        summary = json.load(file)["summary"]
    rows = [(entry["name"], entry["count"]) for entry in summary["classes"]]
    with open(classes, "w") as file:
        file.write(bars(f"{summary['rows']} by class", rows))
    with open(scores, "w") as file:
        file.write(bars(f"{summary['rows']} by score", list(joined_bins(summary["scores"]))))


with open(snakemake.log[0], "w") as log:
    main(snakemake.input[0], snakemake.output.classes, snakemake.output.scores)
