"""Inputs of the end-to-end benchmark: a seeded genome, SNVs on it, reads of it."""

import subprocess

import numpy as np


def genome(size, seed=1):
    return np.random.default_rng(seed).choice(np.frombuffer(b"ACGT", np.uint8), size).tobytes()


def write_fasta(path, sequence):
    with open(path, "wb") as file:
        file.write(b">chr1\n")
        for i in range(0, len(sequence), 60):
            file.write(sequence[i : i + 60] + b"\n")
    subprocess.run(["samtools", "faidx", path], check=True)


def write_snvs(path, sequence, step, alts, count):
    """`count` records, one every `step` positions from 1,000 on, with `alts` ALTs each."""
    with open(path, "wb") as file:
        file.write(b"##fileformat=VCFv4.3\n##contig=<ID=chr1,length=%d>\n" % len(sequence))
        file.write(b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        for i in range(count):
            at = 1000 + i * step
            ref = sequence[at : at + 1]
            others = b",".join(bytes([b]) for b in b"ACGT" if bytes([b]) != ref)
            file.write(b"chr1\t%d\t.\t%s\t%s\t.\t.\t.\n" % (at + 1, ref, others[: 2 * alts - 1]))


def write_reads(path, sequence, count, length=150, seed=2):
    starts = np.random.default_rng(seed).integers(0, len(sequence) - length, count)
    lines = [b"@HD\tVN:1.6\tSO:unsorted"]
    for i, start in enumerate(starts):
        read = sequence[start : start + length]
        lines.append(b"r%d\t4\t*\t0\t0\t*\t*\t0\t0\t%s\t%s" % (i, read, b"I" * length))
    subprocess.run(["samtools", "view", "-b", "-o", path, "-"], input=b"\n".join(lines) + b"\n",
                   check=True)
