#!/usr/bin/env python3
"""Medians of bench_kernels' JSON: summary.py IN.json OUT.json"""

import json
import os
import sys

source = json.load(open(sys.argv[1]))
kernels = {}
for row in source["benchmarks"]:
    if row.get("aggregate_name") == "median":
        name = row["run_name"].removesuffix("/repeats:7")
        if "FLOP/s" not in row:
            kernels[name] = {"microseconds": round(row["cpu_time"] / 1e3, 2)}
            continue
        kernels[name] = {"gflops": round(row["FLOP/s"] / 1e9, 1)}
        if "positions/s" in row:
            kernels[name]["mpositions_per_second"] = round(row["positions/s"] / 1e6, 2)
result = {"openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", ""),
          "mhz_per_cpu": source["context"]["mhz_per_cpu"], "kernels": kernels}
with open(sys.argv[2], "w") as out:
    json.dump(result, out, indent=1)
    out.write("\n")
