__author__ = "The vio-annotate developers"
__copyright__ = "Copyright 2026, The vio-annotate developers"
__license__ = "MIT"


import subprocess
from pathlib import Path
from shlex import quote

from snakemake.shell import shell

log = snakemake.log_fmt_shell(stdout=True, stderr=True)
extra = snakemake.params.get("extra", "")
output = Path(snakemake.output.get("annotated", snakemake.output[0]))

# A process that was killed outright could not remove its unfinished file.
for leftover in output.parent.glob(f".{output.name}.*.tmp"):
    leftover.unlink(missing_ok=True)

options = f"--threads {snakemake.threads}"
for option in ("model", "device", "shard"):
    if value := snakemake.params.get(option):
        options += f" --{option} {quote(str(value))}"
for option, name in (("fasta", "fasta-ref"), ("regions", "regions-file")):
    if value := snakemake.input.get(option):
        options += f" --{name} {quote(str(value))}"
for option in ("stats", "skipped"):
    if value := snakemake.output.get(option):
        options += f" --{option} {quote(str(value))}"
if batch_size := snakemake.resources.get("batch_size", 0):
    options += f" --batch-size {batch_size}"

try:
    shell(
        "vio-annotate {options} {extra} --output {output:q} {snakemake.input[0]:q} {log}"
    )
except subprocess.CalledProcessError as error:
    if snakemake.log:
        with open(snakemake.log[0], "a") as file:
            print(f"vio-annotate ended with exit code {error.returncode}", file=file)
    raise
