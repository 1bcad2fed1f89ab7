#!/usr/bin/env python3
"""Markdown tables of compare.py's JSON, for docs/performance.md: table.py RESULTS.json"""

import json
import sys

for model in json.load(open(sys.argv[1]))["models"]:
    rows = model["rows"]
    dense = rows[0].get("ratio to written")
    print(f"\n`{model['model']}`\n")
    others = [name for name in ("written", "tuned", "cpu") if f"ratio to {name}" in rows[0]]
    titles = {"written": "as written", "tuned": "tuned", "cpu": "vio-annotate on the CPU"}
    columns = ["input", "windows/s", *(titles[name] for name in others), "reuse",
               *["of dense ratio x reuse"] * (dense is not None), "memory"]
    print("| " + " | ".join(columns) + " |\n" + "| --- " * len(columns) + "|")
    for row in rows:
        part = [f"{row['ratio to written'] / (dense * row['reuse']):.0%}"] if dense else []
        faster = [f"{row[f'ratio to {name}']:.1f}x" for name in others]
        print("| " + " | ".join([row["scenario"], f"{row['rates']['vio-annotate']:,.0f}", *faster,
                                 f"{row['reuse']:.2f}", *part,
                                 f"{row['peak_memory_mb']:.0f} MB"]) + " |")
