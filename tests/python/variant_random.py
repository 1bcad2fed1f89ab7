"""Random variants on a genome: every kind of allele at every kind of place, most of them scorable."""

import random

from variant_files import Site

ODD_ALTS = ["*", "<DEL>", "<NON_REF>", "<*>", "G]2:198982]", "[chr2:5[A", ".A", "T."]
FASTA_ONLY = str.maketrans("Uu", "Tt")


def random_letters(rng, low, high):
    letters = "ACGT" if rng.random() < 0.8 else "ACGTacgtNnRYM"
    return "".join(rng.choices(letters, k=rng.randint(low, high)))


def random_alt(rng, ref, longest):
    """Anything from an SNV to a delins; now and then REF itself again, or what is no sequence."""
    kind = rng.choice(("snv", "mnv", "insertion", "deletion", "delins", "long", "same", "odd"))
    if kind == "odd":
        return rng.choice(ODD_ALTS)
    return {
        "snv": lambda: random_letters(rng, 1, 1),
        "mnv": lambda: random_letters(rng, len(ref), len(ref)),
        "insertion": lambda: ref + random_letters(rng, 1, 6),
        "deletion": lambda: ref[0],
        "delins": lambda: random_letters(rng, 1, 8),
        "long": lambda: random_letters(rng, max(1, longest - 2), longest + 2),
        "same": lambda: ref,
    }[kind]()


def random_position(rng, length):
    """0-based; the ends of a contig come up as often as all the rest."""
    near = [rng.randrange(length), rng.randrange(min(length, 20)), length - 1]
    near.append(max(0, length - 1 - rng.randrange(20)))
    return rng.choice(near)


def random_site(rng, genome, longest, number):
    """`longest` is about the length of the longest allele that the window takes."""
    [name] = rng.choices(list(genome), [300 + len(sequence) for sequence in genome.values()])
    sequence = genome[name]
    begin = random_position(rng, len(sequence))
    size = rng.choice(
        (1, 1, 1, 2, 3, rng.randint(1, 9), rng.randint(max(1, longest - 1), longest + 1))
    )
    ref = sequence[begin : begin + size].translate(FASTA_ONLY)
    ref = {0: ref.lower(), 1: ref.upper()}.get(rng.randrange(4), ref)
    if rng.random() < 0.04:
        ref = random_letters(rng, len(ref), len(ref))
    if rng.random() < 0.02:
        ref += "A" * 20
    alts = [random_alt(rng, ref, longest) for _ in range(rng.choice((1, 1, 1, 1, 2, 3, 5)))]
    return Site(name, begin + 1, ref, ",".join(dict.fromkeys(alts)), id=f"v{number}")


def random_sites(seed, genome, count, longest=16):
    rng = random.Random(seed)
    return [random_site(rng, genome, longest, number) for number in range(count)]
