#!/usr/bin/env python3
"""Medians of bench_torch's JSON and what sharing gains: summary.py IN.json OUT.json"""

import json
import sys

rows = {}
for row in json.load(open(sys.argv[1]))["benchmarks"]:
    if row.get("aggregate_name") == "median":
        model, windows, how, _ = row["run_name"].split("/")
        rows.setdefault(f"{model}/{windows}", {})[how] = row
result = {name: {"alone_per_second": round(row["alone"]["windows/s"]),
                 "shared_per_second": round(row["shared"]["windows/s"]),
                 "reuse": round(row["shared"]["reuse"], 2),
                 "speed_up": round(row["shared"]["windows/s"] / row["alone"]["windows/s"], 2)}
          for name, row in rows.items()}
with open(sys.argv[2], "w") as out:
    json.dump(result, out, indent=1)
    out.write("\n")
