"""Files that others wrote: HTSlib's, SAMtools's and pysam's own tests, as samtools sees them."""

import pathlib

import pytest

from harness import assert_refused
from reads_files import annotate_reads, needs_samtools, samtools_run

pytestmark = needs_samtools
FOLDERS = [
    "/usr/share/htslib-test/test",
    "/usr/share/samtools/test",
    "/usr/share/doc/python-pysam/tests",
]
SUFFIXES = (".sam", ".sam.gz", ".bam", ".cram")
PLACE = ("read_id", "flag", "chrom", "pos", "mapq")
# samtools only warns where the end marker is missing, or says nothing of CRAM but by `quickcheck`.
CUT_SHORT = {"1.quickcheck.badeof.bam", "5.quickcheck.scramble30.truncated.cram"}


def found():
    files = (path for folder in FOLDERS for path in pathlib.Path(folder).rglob("*"))
    return sorted(path for path in files if path.is_file() and path.name.endswith(SUFFIXES))


def test_there_are_some():
    if not found():
        pytest.skip("install htslib-test, samtools-test and python-pysam-tests to try real files")


@pytest.mark.parametrize("path", found(), ids=lambda path: "-".join(path.parts[-2:]))
def test_fails_and_counts_as_samtools_does(path, free_model):
    run = annotate_reads(free_model, "-@", 1, path, check=False)
    if path.name in CUT_SHORT:
        assert samtools_run("quickcheck", path).returncode
        assert_refused(run, 3)
        assert "is truncated" in run.stderr
        return
    said = samtools_run("view", "-F", "0x900", path)
    assert (run.code == 0) == (said.returncode == 0), (run.stderr, said.stderr)
    if said.returncode:
        assert_refused(run, run.code)
        assert run.code in (2, 3)
        return
    records = said.stdout.decode(errors="surrogateescape").splitlines()
    assert run.stats["records"]["read"] == len(records)
    rows = [[row[name] for name in PLACE] for row in run.table().rows]
    assert rows == [line.split("\t")[:5] for line in records]
