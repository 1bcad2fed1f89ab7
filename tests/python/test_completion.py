"""Completion in a real bash that knows nothing but our script."""

import os
import pathlib
import pty
import select
import shlex
import subprocess
import time

import pytest

BUILD = pathlib.Path(os.environ["VIO_BIN_DIR"]).parent
SCRIPTS = BUILD / "share/bash-completion/completions"
HAS_TRAINER = (BUILD / "bin" / "vio-train").exists()
SECONDS = 30


def complete(folder, *words, env=None):
    """What the script offers for the last of `words`, which are as bash breaks them."""
    program = words[0]
    script = "\n".join(
        [
            f"source {shlex.quote(str(SCRIPTS / program))}",
            f"COMP_WORDS=({' '.join(map(shlex.quote, words))})",
            f"COMP_CWORD={len(words) - 1}",
            f"$(complete -p {program} | sed 's/.*-F \\([^ ]*\\) .*/\\1/')",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ]
    )
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-u", "-c", script],
        cwd=folder,
        env={"PATH": f"{BUILD / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), **(env or {})},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(filter(None, done.stdout.split("\n")))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "two words.fa").touch()
    (tmp_path / "genes.fa").touch()
    (tmp_path / "vio-files").mkdir()
    return tmp_path


def test_options(folder):
    assert complete(folder, "vio-annotate", "--desc") == ["--describe-model"]
    assert {"--output", "-o", "--help", "-@"} <= set(complete(folder, "vio-annotate", "-"))
    assert complete(folder, "vio-annotate", "--nothing") == []


def test_choices(folder):
    assert complete(folder, "vio-annotate", "--strand", "") == ["both", "forward", "reverse"]
    assert complete(folder, "vio-annotate", "-q", "--by", "w") == ["window"]
    assert complete(folder, "vio-annotate", "-O", "b") == ["b"]
    assert complete(folder, "vio-annotate", "--strand", "=", "re") == ["reverse"]
    assert complete(folder, "vio-annotate", "--strand", "=") == ["both", "forward", "reverse"]
    assert "reference" in complete(folder, "vio-annotate", "--engine", "")


def test_files(folder):
    assert complete(folder, "vio-annotate", "") == ["genes.fa", "two words.fa", "vio-files"]
    assert complete(folder, "vio-annotate", "-f", "t") == ["two words.fa"]
    assert complete(folder, "vio-annotate", "--stats", "=", "g") == ["genes.fa"]
    assert complete(folder, "vio-annotate", "--threads", "") == []
    assert complete(folder, "vio-annotate", "-", "@", "") == []


def test_models(folder):
    assert "vio-v1" in complete(folder, "vio-annotate", "-m", "")
    own = folder / "own models"
    own.mkdir()
    for name in ("mine", "vio-mine", "$(touch ran)"):
        (own / f"{name}.safetensors").touch()
    env = {"VIO_MODEL_PATH": f"{own}:/nowhere"}
    offered = complete(folder, "vio-annotate", "--model", "vio-", env=env)
    assert {"vio-mine", "vio-v1", "vio-files"} <= set(offered)
    assert "mine" not in offered
    assert "$(touch ran)" in complete(folder, "vio-annotate", "-m", "", env=env)
    assert not (folder / "ran").exists()


@pytest.mark.skipif(not HAS_TRAINER, reason="vio-train is built with LibTorch only")
def test_verbs(folder):
    assert complete(folder, "vio-train", "") == ["describe", "evaluate", "fit", "import"]
    assert complete(folder, "vio-train", "--v") == ["--version"]
    assert complete(folder, "vio-train", "describe", "--j") == ["--json"]
    assert "vio-v1" in complete(folder, "vio-train", "describe", "vio-")
    assert "vio-v1" in complete(folder, "vio-train", "evaluate", "-m", "vio-")
    assert complete(folder, "vio-train", "fit", "g") == ["genes.fa"]
    assert complete(folder, "vio-train", "fit", "--monitor", "l") == ["loss"]


def read_until(terminal, wanted):
    """What the terminal shows, up to `wanted`."""
    shown = b""
    end = time.monotonic() + SECONDS
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 4096)
    assert wanted in shown, shown
    return shown


def test_the_tab_key(folder):
    terminal, other_end = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        cwd=folder,
        env={"PATH": f"{BUILD / 'bin'}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "ready> "},
        start_new_session=True,
    )
    os.close(other_end)
    try:
        os.write(terminal, f"source {shlex.quote(str(SCRIPTS / 'vio-annotate'))}; echo so''urced\n".encode())
        read_until(terminal, b"sourced\r\n")
        for typed, shown in (
            (b"vio-annotate --describ\t", b"--describe-model "),
            (b"--strand=b\t", b"=both "),
            (b"two\t", b"two\\ words.fa "),
            (b"-m vio-v\t", b"vio-v1 "),
        ):
            os.write(terminal, typed)
            read_until(terminal, shown)
    finally:
        shell.kill()
        shell.wait(SECONDS)
        os.close(terminal)
