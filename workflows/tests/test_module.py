"""The Nextflow module: its description, alone in a workflow, and its own tests."""

import json
import re
import shutil

import pytest
import yaml

import engines
from conftest import beside, check, plain, shown

MODULE = engines.Nextflow.flow / "modules/vio/annotate"
MODULE_CONFIG = """\
process.shell = ['/bin/bash', '-euo', 'pipefail']
process { withName: VIO_ANNOTATE { ext.args = '--no-version'; publishDir = [path: 'results'] } }
"""


def test_module_is_described_as_it_is():
    """meta.yml names the inputs, outputs and topics that main.nf has, in their order."""
    described = yaml.safe_load((MODULE / "meta.yml").read_text())
    text = (MODULE / "main.nf").read_text()
    inputs, outputs = re.search(r"input:\n(.*?)\n\s*output:\n(.*?)\n\s*when:", text, re.S).groups()
    taken = [re.findall(r"(?:val|path)[( ](\w+)", line) for line in inputs.splitlines()]
    names = [list(one) if isinstance(one, dict) else [name for entry in one for name in entry]
             for one in described["input"]]
    assert names == [channel for channel in taken if channel]
    assert list(described["output"]) == re.findall(r"emit: (\w+)", outputs)
    files = [list(channel[0][1])[0] for channel in described["output"].values()]
    assert files[:-1] == re.findall(r'path\("(.*?)"\)', outputs)
    assert list(described["topics"]) == re.findall(r"topic: (\w+)", outputs)


def test_module_alone(nextflow, program):
    engine = nextflow
    engine.flow = engines.WORKFLOWS / "tests/module.nf"
    config = engine.folder / "module.config"
    config.write_text(MODULE_CONFIG)
    engine.run("-c", config)
    data = shutil.copytree(engines.WORKFLOWS / "test-data", engine.folder / "data")
    for name, shard in (("first", ["--shard", "1/2"]), ("whole", [])):
        single = engine.folder / f"{name}.vcf.gz"
        check([program, "-q", "--no-version", "-f", data / "tiny.fa", *shard, "-o", single, data / "tiny.vcf"])
        assert plain(engine.folder / f"results/{name}.vcf.gz") == plain(single)


def indexed(engine, given):
    """The files that the example of docs/workflows.md names, in the engine's folder."""
    beside(engine, given.variants)
    shutil.copy(given.genome, engine.folder / "ref.fa")
    check(["samtools", "faidx", engine.folder / "ref.fa"])
    check(["bcftools", "index", engine.folder / "calls.vcf.gz"])
    return engine.folder / "own.nf"


def test_module_of_the_docs(nextflow, given):
    engine = nextflow
    engine.flow = indexed(engine, given)
    engine.flow.write_text(shown("The module alone", "`id` names"))
    done = engine.run()
    assert re.search(r"\[\[id:annotated\], /\S+/annotated\.vcf\.gz\]", done.log), done.log


def test_an_output_named_as_its_input_is_refused(nextflow, given):
    """A stub would otherwise write through the link that Nextflow makes of an input."""
    engine = nextflow
    engine.flow = indexed(engine, given)
    engine.flow.write_text(shown("The module alone", "`id` names").replace("'annotated'", "'calls'"))
    for stub in ([], ["-stub-run"]):
        done = engine.run(*stub, code=None)
        assert done.code != 0 and "Input and output names are the same" in done.log, done.log
        assert engine.attempts() == 0
    assert (engine.folder / "calls.vcf.gz").read_bytes() == given.variants.read_bytes()


def test_module_tests_fit_the_module(java, tools):
    """tests/main.nf.test, as far as it can be judged without nf-test: it parses, names what is
    there, and gives the process as many inputs as it takes."""
    libraries = f"{tools}/nextflow/lib/*"
    outline = engines.WORKFLOWS / "tests/nf_test_outline.groovy"
    said = check(["java", "-cp", libraries, "groovy.ui.GroovyMain", outline, MODULE / "tests/main.nf.test"])
    [[_, _, suite]] = json.loads(said)
    named = {kind: value for kind, value, *_ in suite if kind not in ("tag", "test")}
    assert named["process"] == "VIO_ANNOTATE"
    assert (MODULE / "tests" / named["script"]).resolve() == MODULE / "main.nf"
    assert (MODULE / "tests" / named["config"]).is_file()
    assert {value for kind, value, _ in suite if kind == "tag"} == {"modules", "modules_nfcore", "vio", "vio/annotate"}
    tests = {name: dict((kind, (value, inner)) for kind, value, inner in parts)
             for kind, name, parts in suite if kind == "test"}
    assert [name for name in tests if name.endswith(" - stub")]
    for name, parts in tests.items():
        assert ("options" in parts and parts["options"][0] == "-stub") == name.endswith(" - stub")
        [inputs] = [inner for kind, _, inner in parts["when"][1] if kind == "process"]
        assert inputs == [["inputs", list(range(3))]], name
        assert "then" in parts


def test_module_tests_pass_in_nf_test(nextflow):
    if not shutil.which("nf-test"):
        pytest.skip("nf-test is not in the PATH; Bioconda has it, PyPI, Maven Central and Debian do not")
    engine = nextflow
    starter = engine.folder / "bin/nextflow"
    starter.write_text("#!/bin/sh\nexec " + " ".join(f"'{part}'" for part in engine.command()[:-2]) + ' "$@"\n')
    starter.chmod(0o755)
    shutil.copytree(engine.flow, engine.folder / "nextflow", ignore=shutil.ignore_patterns(".nf-test*"))
    environment = engine.environment() | {"NFT_WORKDIR": str(engine.folder / "nf-test"),
                                          "NFT_DATA": str(engines.WORKFLOWS / "test-data")}
    said = check(["nf-test", "test", "modules/vio/annotate/tests/main.nf.test"],
                 cwd=engine.folder / "nextflow", env=environment)
    assert re.search(r"SUCCESS:.*Executed 4 tests", said), said
