"""Shards that ask SLURM for a GPU get one each, and nothing else does."""

import engines
import inputs
from conftest import plain

# The CPU computes; what SLURM has given to the job is noted.
CPU_FOR_GPU = """#!/bin/sh
echo "gpu=$CUDA_VISIBLE_DEVICES $*" >> {journal}
exec {program} $(echo "$*" | sed 's/--device cuda/--device cpu/')
"""


def test_every_shard_has_a_gpu(cluster_engine, given, single, program):
    engine = cluster_engine
    (engine.folder / "bin/vio-annotate").write_text(CPU_FOR_GPU.format(journal=engine.journal, program=program))
    sheet = inputs.write_sheet(given.folder / "gpu.csv", [{"sample": "windows", "input": given.genome.name}])
    asked = ["--set-resources", "annotate:gpu=1"] if isinstance(engine, engines.Snakemake) else []
    engine.run(*engine.annotate(sheet, shards=2, device="cuda", multiqc="false"), *asked)
    assert engine.attempts("--device cuda", "--shard") == 2
    assert engine.attempts("gpu=0 ", "--shard") + engine.attempts("gpu=1 ", "--shard") == 2
    assert engine.attempts("--merge-stats") == engine.attempts("gpu= ", "--merge-stats") > 0
    assert plain(engine.folder / "results/windows.tsv.gz") == single(given.genome, "tsv.gz")
