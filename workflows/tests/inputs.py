"""Inputs that a seed makes: a genome, variants on it, reads of it, and a sequence that takes long."""

import csv
import random
import subprocess

LETTERS = "ACGT"
CONTIGS = {"chr1": 21_300, "chr2": 9_750, "chr3": 640}


def write_fasta(path, sequences):
    with open(path, "w") as file:
        for name, sequence in sequences.items():
            lines = (sequence[i : i + 60] for i in range(0, len(sequence), 60))
            file.write("\n".join([f">{name}", *lines, ""]))
    return path


def write_genome(path, contigs=CONTIGS, seed=7):
    dice = random.Random(seed)
    sequences = {name: "".join(dice.choices(LETTERS, k=size)) for name, size in contigs.items()}
    write_fasta(path, sequences)
    return sequences


def write_variants(path, genome, step=1500):
    """A bgzip VCF of SNVs, with a symbolic ALT and a REF that the genome lacks on every contig."""
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID={name},length={len(bases)}>" for name, bases in genome.items()]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    for name, bases in genome.items():
        for pos in range(10, len(bases), step):
            ref = bases[pos - 1]
            other = LETTERS[(LETTERS.index(ref) + 1) % 4]
            lines.append(f"{name}\t{pos}\t.\t{ref}\t{other}\t.\tPASS\t.")
        lines.append(f"{name}\t{len(bases) - 5}\t.\t{bases[-6]}\t<DEL>\t.\tPASS\t.")
        wrong = LETTERS[(LETTERS.index(bases[-5]) + 1) % 4]
        lines.append(f"{name}\t{len(bases) - 4}\t.\t{wrong}\t{bases[-5]}\t.\tPASS\t.")
    subprocess.run(["bgzip", "-c"], input="\n".join([*lines, ""]).encode(), stdout=open(path, "wb"), check=True)
    return path


def write_reads(path, genome, count=40, seed=11):
    """A sorted BAM; the last reads have no place."""
    dice = random.Random(seed)
    places = sorted(
        (i, dice.randrange(len(bases) - 200)) for i, bases in enumerate(genome.values()) for _ in range(count // 3)
    )
    names = list(genome)
    lines = ["@HD\tVN:1.6\tSO:coordinate", *(f"@SQ\tSN:{n}\tLN:{len(b)}" for n, b in genome.items())]
    for number, (i, begin) in enumerate(places):
        bases = genome[names[i]][begin : begin + 150]
        lines.append(f"r{number}\t0\t{names[i]}\t{begin + 1}\t60\t150M\t*\t0\t0\t{bases}\t*")
    lines += [f"u{n}\t4\t*\t0\t0\t*\t*\t0\t0\t{'ACGT' * 20}\t*" for n in range(3)]
    text = "\n".join([*lines, ""]).encode()
    subprocess.run(["samtools", "view", "-b", "-o", path, "-"], input=text, check=True)
    return path


def write_sheet(path, rows):
    """A sample sheet; a row is a dictionary."""
    columns = ["sample", "input", "reference", "regions", "output"]
    with open(path, "w", newline="") as file:
        sheet = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
    return path
