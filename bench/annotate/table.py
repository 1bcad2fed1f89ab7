#!/usr/bin/env python3
"""Markdown tables of compare.py's JSON, for docs/performance.md: table.py RESULTS.json"""

import json
import sys

for model in json.load(open(sys.argv[1]))["models"]:
    rows = model["rows"]
    dense = rows[0]["ratio to written"]
    print(f"\n`{model['model']}`\n")
    print("| input | windows/s | as written | tuned | reuse | of dense ratio x reuse | memory |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        part = row["ratio to written"] / (dense * row["reuse"])
        print(f"| {row['scenario']} | {row['rates']['vio-annotate']:,.0f} "
              f"| {row['ratio to written']:.1f}x | {row['ratio to tuned']:.1f}x "
              f"| {row['reuse']:.2f} | {part:.0%} | {row['peak_memory_mb']:.0f} MB |")
