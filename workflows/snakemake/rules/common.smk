# Paths, and what a retry is given.
import hashlib
import pathlib
import re
import time

from snakemake.exceptions import WorkflowError

STARTED = time.time()
# Exit codes of vio-annotate that another attempt can't change: docs/cli.md.
PERMANENT = {2: "wrong options or files", 3: "malformed input", 4: "too much skipped"}
# What a retry halves where the program chose the size of the first batch.
USUAL_BATCH = 256
OUT = config["outdir"]


wildcard_constraints:
    sample="|".join(map(re.escape, SAMPLES)),
    suffix=r"tsv\.gz|vcf\.gz|bcf|bam",
    scatteritem=r"[0-9]+-of-[0-9]+",


def final_files():
    files = [f"{OUT}/multiqc.html"] if config["multiqc"] else []
    for name, row in SAMPLES.items():
        files += expand(
            f"{OUT}/{name}.{{suffix}}",
            suffix=(row["suffix"], "skipped.tsv", "stats.json", "html"),
        )
        files += expand(
            f"{OUT}/figures/{name}.{{what}}.svg", what=("classes", "scores")
        )
    return files


def shards_of(what):
    """Input function: what every shard of a sample writes beside its annotated file."""

    def files(wildcards):
        suffix = SAMPLES[wildcards.sample]["suffix"]
        folder = f"{OUT}/shards/{wildcards.sample}"
        return gather.shards(f"{folder}/{{scatteritem}}.{suffix}.{what}")

    return files


def key_of(path):
    return hashlib.sha1(path.encode()).hexdigest()[:10]


def staged(path):
    return f"{OUT}/inputs/{key_of(path)}/{pathlib.Path(path).name}"


STAGED = {
    (key_of(row[column]), pathlib.Path(row[column]).name): row[column]
    for row in SAMPLES.values()
    for column in ("input", "reference")
    if row.get(column)
}


def shard_input(wildcards):
    row = SAMPLES[wildcards.sample]
    files = {"input": staged(row["input"])}
    if row.get("reference"):
        files["fasta"] = staged(row["reference"])
    if row.get("regions"):
        files["regions"] = row["regions"]
    if pathlib.Path(config["model"]).is_file():
        files["model"] = config["model"]
    return files


def shard_extra(wildcards):
    """The command line would name the first shard in a header that stands for all."""
    plain = (
        wildcards.suffix == "tsv.gz" and SAMPLES[wildcards.sample]["kind"] != "variants"
    )
    return config["extra"] + ("" if plain else " --no-version")


def last_exit_code(log):
    """What the wrapper noted when vio-annotate failed in this run of the workflow, if it did."""
    log = pathlib.Path(log)
    if not log.exists() or log.stat().st_mtime < STARTED:
        return None
    *_, last = log.read_text().splitlines() or [""]
    note, _, code = last.rpartition(" ")
    return int(code) if note == "vio-annotate ended with exit code" else None


def refuse_pointless_retry(wildcards, attempt):
    """Ends the workflow before a shard is tried again whose failure was its input's."""
    log = f"{OUT}/logs/annotate/{wildcards.sample}/{wildcards.scatteritem}.{wildcards.suffix}.log"
    code = last_exit_code(log) if attempt > 1 else None
    if code in PERMANENT:
        raise WorkflowError(
            f"shard {wildcards.scatteritem} of {wildcards.sample} ended with exit code {code} "
            f"({PERMANENT[code]}), which no retry can change:",
            pathlib.Path(log).read_text(),
        )


def batch_of(wildcards, attempt):
    refuse_pointless_retry(wildcards, attempt)
    if attempt == 1:
        return config["batch_size"]
    return max(1, (config["batch_size"] or USUAL_BATCH) >> (attempt - 1))
