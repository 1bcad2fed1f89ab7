"""Every mutation of a genome that one base, or a short indel, can make: a VCF as long as one likes."""

import gzip
import pathlib
import random

from variant_files import Site

LAMBDA = pathlib.Path("/usr/share/doc/bowtie2/examples/reference/lambda_virus.fa.gz")


def read_lambda():
    """(name, sequence) of phage lambda, 48,502 bases."""
    header, *lines = gzip.decompress(LAMBDA.read_bytes()).decode().splitlines()
    return header[1:].split()[0], "".join(lines)


def mutations(name, sequence, seed, step=1):
    """The three SNVs of every `step`th base, one in ten of them beside an indel."""
    rng = random.Random(seed)
    for begin in range(0, len(sequence), step):
        base = sequence[begin]
        for alt in "ACGT".replace(base, ""):
            yield Site(name, begin + 1, base, alt, id=f"snv{begin}{alt}")
        if rng.random() < 0.1:
            size = rng.randint(1, 12)
            inserted = "".join(rng.choices("ACGT", k=size))
            yield Site(name, begin + 1, base, base + inserted, id=f"ins{begin}")
            if begin + size < len(sequence):
                deleted = sequence[begin : begin + 1 + size]
                yield Site(name, begin + 1, deleted, base, id=f"del{begin}")
