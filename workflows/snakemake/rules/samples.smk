# Reads and checks the sample sheet: SAMPLES, a row by its name.
import csv
import pathlib

from snakemake.exceptions import WorkflowError
from snakemake.utils import validate

# Kind of input by suffix (.gz left out): what it can be written as, the default first.
OUTPUTS = {
    "sequences": ["tsv.gz"],
    "reads": ["tsv.gz", "bam"],
    "variants": ["vcf.gz", "bcf", "tsv.gz"],
}
KINDS = {suffix: "sequences" for suffix in (".fa", ".fasta", ".fna", ".fq", ".fastq")}
KINDS |= {suffix: "reads" for suffix in (".sam", ".bam", ".cram")}
KINDS |= {suffix: "variants" for suffix in (".vcf", ".bcf")}


def kind_of(path):
    return KINDS.get(pathlib.Path(path.removesuffix(".gz")).suffix)


def check_row(row, where):
    """Adds kind and suffix to a row of the sheet; raises what a user can act on."""
    kind = row["kind"] = kind_of(row["input"])
    if not kind:
        raise WorkflowError(
            f"{where}: the suffix of {row['input']} is none of {', '.join(KINDS)}"
        )
    if not row.get("reference") and (
        kind == "variants" or row["input"].endswith(".cram")
    ):
        raise WorkflowError(f"{where}: {row['input']} needs a reference")
    row["suffix"] = row.get("output") or OUTPUTS[kind][0]
    if row["suffix"] not in OUTPUTS[kind]:
        known = ", ".join(OUTPUTS[kind])
        raise WorkflowError(
            f"{where}: {kind} are written as {known}, not {row['suffix']}"
        )


def resolve(row, sheet, where):
    """Makes the row's paths, which are relative to the sheet's folder, usable from here."""
    for column in ("input", "reference", "regions"):
        if row.get(column):
            row[column] = str(sheet.parent / row[column])
            if not pathlib.Path(row[column]).is_file():
                raise WorkflowError(f"{where}: {column} {row[column]} does not exist")


def read_samples(path):
    sheet, samples = pathlib.Path(path), {}
    if not sheet.is_file():
        raise WorkflowError(f"the sample sheet {sheet} does not exist")
    with open(sheet, newline="", encoding="utf-8-sig") as file:
        for row in (rows := csv.DictReader(file)):
            where = f"{sheet}, line {rows.line_num}"
            if None in row or None in row.values():
                raise WorkflowError(f"{where}: not as many cells as the header has")
            validate(row, workflow.source_path("../schemas/samples.schema.yaml"))
            if row["sample"] == "multiqc":
                raise WorkflowError(
                    f"{where}: no sample can be named multiqc, as the page of all is"
                )
            if row["sample"] in samples:
                raise WorkflowError(f"{where}: sample {row['sample']} was named before")
            check_row(row, where)
            resolve(row, sheet, where)
            samples[row["sample"]] = row
    if not samples:
        raise WorkflowError(f"{sheet} has no rows")
    return samples


SAMPLES = read_samples(config["samples"])
