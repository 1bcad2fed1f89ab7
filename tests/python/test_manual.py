"""The man pages of the build: complete, and without a complaint of man or mandoc."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

BUILD = pathlib.Path(os.environ["VIO_BIN_DIR"]).parent
PAGES = sorted((BUILD / "share/man/man1").glob("*.1"))
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"]
LATER_SECTIONS = ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def run(*command, env=None):
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, **(env or {})}
    )


def command_of(page):
    """The program, and the verb where the page is one's: `vio-train-fit` is of `vio-train fit`."""
    match = re.fullmatch(r"(vio-[a-z]+)(?:-([a-z]+))?", page.stem)
    return [str(BUILD / "bin" / match[1]), *filter(None, [match[2]])]


def test_there_is_a_page_for_every_program_and_verb():
    expected = {"vio-annotate"}
    if (BUILD / "bin" / "vio-train").exists():
        verbs = ("fit", "evaluate", "import", "describe")
        expected |= {"vio-train", *(f"vio-train-{verb}" for verb in verbs)}
    assert {page.stem for page in PAGES} == expected


@pages
def test_sections_are_complete_and_in_order(page):
    sections = re.findall(r"^\.SH (.*)$", page.read_text(), flags=re.M)
    assert sections[:4] == SECTIONS
    assert [name for name in sections if name in LATER_SECTIONS] == LATER_SECTIONS


@pages
def test_every_option_of_the_help_is_in_the_page(page):
    helped = run(*command_of(page), "--help").stdout
    written = page.read_text().replace("\\-", "-")
    if page.stem == "vio-train":  # its help is a list of verbs
        named = set(re.findall(r"^  vio-train ([a-z]+)", helped, flags=re.M))
        assert named and all(f"vio-train {verb}" in written for verb in named)
        return
    options = re.findall(r"^  (?:-., |    )(--[a-z0-9-]+)", helped, flags=re.M)
    assert len(options) > 3
    assert [name for name in options if f"\\fB{name}\\fR" not in written] == []


@needs("mandoc")
@pages
def test_mandoc_has_no_complaint(page):
    assert run("mandoc", "-T", "lint", page).stdout == ""


@needs("man")
@needs("lexgrog")
@pages
def test_man_has_no_warning_and_finds_the_name(page):
    done = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, env={"MANWIDTH": "80"})
    assert (done.returncode, done.stderr) == (0, "")
    assert run("lexgrog", page).stdout.startswith(f'{page}: "{page.stem} - ')


@needs("mandoc")
@pages
def test_pages_refer_to_pages_that_there_are(page):
    text = re.sub(r".\x08", "", run("mandoc", page).stdout)
    ours = set(re.findall(r"\b(vio-[a-z-]+)\(1\)", text.split("SEE ALSO")[1]))
    assert ours
    assert ours - {page.stem for page in PAGES} <= {"vio-train"}  # a package of its own
