"""A sample sheet that can't be used is refused before anything runs, with the line and the reason."""

import pytest

import engines

HEADER = "sample,input,reference,regions,output\n"
BAD = {
    "unknown column": ("sample,inptu\na,genome.fa\n", "inptu"),
    "missing column": ("sample\na\n", "input"),
    "no rows": (HEADER, "has no rows"),
    "bad name": (HEADER + "a/b,genome.fa,,,\n", "a/b"),
    "taken name": (HEADER + "multiqc,genome.fa,,,\n", "line 2: no sample can be named multiqc"),
    "named twice": (HEADER + "a,genome.fa,,,\nb,genome.fa,,,\na,genome.fa,,,\n", "sample a"),
    "unknown suffix": (HEADER + "a,genome.fa,,,\nb,notes.txt,,,\n", "line 3: the suffix of notes.txt is none of .fa"),
    "missing file": (HEADER + "a,absent.fa,,,\n", "line 2: input "),
    "missing reference": (HEADER + "a,calls.vcf.gz,absent.fa,,\n", "line 2: reference "),
    "no reference": (HEADER + "a,calls.vcf.gz,,,\n", "line 2: calls.vcf.gz needs a reference"),
    "wrong output": (HEADER + "a,genome.fa,,,bcf\n", "line 2: sequences are written as tsv.gz, not bcf"),
}
SENTENCES = {case: sentence for case, (_, sentence) in BAD.items()}
SENTENCES["no sheet"] = "absent.csv does not exist"


@pytest.fixture(scope="module")
def sheets(given):
    """Path by case; they lie beside the inputs, because paths in a sheet are relative to it."""
    paths = {}
    for number, (case, (text, _)) in enumerate(BAD.items()):
        paths[case] = given.folder / f"bad{number}.csv"
        paths[case].write_text(text)
    return paths | {"no sheet": given.folder / "absent.csv"}


@pytest.mark.parametrize("case", SENTENCES)
def test_snakemake_refuses(tools, tmp_path, program, sheets, case):
    engine = engines.Snakemake(tmp_path / "run", tools, program)
    done = engine.run(*engine.annotate(sheets[case], shards=2), code=None)
    assert done.code != 0 and SENTENCES[case] in done.log, done.log
    assert engine.attempts() == 0 and not (engine.folder / "results").exists()


def test_nextflow_refuses(nextflow, tmp_path, program, sheets):
    """All in one start of Nextflow; the last one is refused by the pipeline itself."""
    engine = nextflow
    engine.flow = engines.WORKFLOWS / "tests/sheets.nf"
    done = engine.run("--sheets", ",".join(map(str, sheets.values())))
    for case, sentence in SENTENCES.items():
        [line] = [line for line in done.log.splitlines() if line.startswith(f"{sheets[case]}: ")]
        assert sentence in line, done.log

    engine.flow = engines.WORKFLOWS / "nextflow"
    done = engine.run(*engine.annotate(sheets["no reference"], shards=2), code=None)
    assert done.code != 0 and SENTENCES["no reference"] in done.log, done.log
    assert engine.attempts() == 0 and not (engine.folder / "results").exists()


def test_bad_setting(engine, given):
    (given.folder / "good.csv").write_text(HEADER + "a,genome.fa,,,\n")
    for setting in ({"shards": 0}, {"shards": 2, "device": "gpu"}):
        done = engine.run(*engine.annotate(given.folder / "good.csv", **setting), code=None)
        assert done.code != 0 and list(setting)[-1] in done.log, done.log
        assert engine.attempts() == 0
