"""Runs Nextflow and Snakemake as a user does, and keeps a journal of every run of vio-annotate."""

import os
import pathlib
import re
import subprocess
import time
from dataclasses import dataclass

WORKFLOWS = pathlib.Path(__file__).resolve().parents[1]
SECONDS = 600
OPENED = [
    *(f"java.base/java.{part}" for part in ("lang", "io", "nio", "net", "util")),
    *(f"java.base/java.util.{part}" for part in ("concurrent", "concurrent.locks", "concurrent.atomic", "regex")),
    *(f"java.base/sun.{part}" for part in ("nio.ch", "nio.fs")),
    *(f"java.base/sun.net.www.protocol.{part}" for part in ("http", "https", "ftp", "file")),
    *(f"java.base/jdk.internal.{part}" for part in ("misc", "vm")),
]


@dataclass(frozen=True)
class Done:
    code: int
    log: str


class Engine:
    """A workflow engine in a folder of its own, with this build's vio-annotate in its PATH."""

    def __init__(self, folder, tools, program, cluster=None):
        self.folder = pathlib.Path(folder)
        self.tools = pathlib.Path(tools)
        self.cluster = cluster
        self.journal = self.folder / "journal"
        self._write_shim(program)

    def environment(self):
        mine = os.environ | (self.cluster.environment() if self.cluster else {})
        path = f"{self.folder / 'bin'}:{self.tools / 'venv/bin'}:{mine['PATH']}"
        return mine | {"PATH": path, "NXF_HOME": str(self.folder / "nxf"), "NXF_OFFLINE": "true",
                       "NXF_DISABLE_CHECK_LATEST": "true", "NXF_ANSI_LOG": "false",
                       "XDG_CACHE_HOME": str(self.folder / "cache")}

    def start(self, *arguments):
        """The engine in the background, in a process group of its own; its log goes to a file."""
        with open(self.folder / "engine.log", "w") as log:
            return subprocess.Popen(
                [*map(str, self.command()), *map(str, arguments)], cwd=self.folder, stdout=log,
                stderr=subprocess.STDOUT, env=self.environment(), start_new_session=True)

    def finish(self, process, code=0):
        ended = process.wait(SECONDS)
        done = Done(ended, (self.folder / "engine.log").read_text())
        assert code is None or (done.code == 0) == (code == 0), done.log
        return done

    def run(self, *arguments, code=0):
        return self.finish(self.start(*arguments), code)

    def attempts(self, *parts):
        """Runs of vio-annotate so far whose command line holds all the texts."""
        lines = self.journal.read_text().splitlines() if self.journal.exists() else []
        return sum(all(part in line for part in parts) for line in lines if "--version" not in line)

    def processes(self, *parts):
        """Pids of running vio-annotates of this engine whose command line holds all the texts."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit() and self._is_mine(entry, parts):
                found.append(int(entry.name))
        return found

    @staticmethod
    def wait_for(condition):
        deadline = time.monotonic() + SECONDS
        while not (result := condition()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return result

    def _is_mine(self, entry, parts):
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            place = os.readlink(entry / "cwd")
            return (command.startswith(str(self.program)) and place.startswith(str(self.folder))
                    and all(part in command for part in parts))
        except OSError:  # it has ended
            return False

    def _write_shim(self, program):
        self.program = pathlib.Path(program)
        (self.folder / "bin").mkdir(parents=True)
        shim = self.folder / "bin" / "vio-annotate"
        shim.write_text(f'#!/bin/sh\necho "$*" >> {self.journal}\nexec {program} "$@"\n')
        shim.chmod(0o755)


class Snakemake(Engine):
    flow = WORKFLOWS / "snakemake"
    resume = ()

    @staticmethod
    def did_nothing(done):
        return "Nothing to be done" in done.log

    def finished(self, sample):
        """Numbers of the shards that Snakemake has seen the end of."""
        log = (self.folder / "engine.log").read_text()
        ended = re.findall(r"Finished jobid: (\d+) \(Rule: annotate\)", log)
        jobs = re.findall(r"rule annotate:.*?jobid: (\d+).*?sample=(\S+), scatteritem=(\d+)-", log, re.S)
        return [shard for job, name, shard in jobs if name == sample and job in ended]

    def unlock(self, *arguments):
        """What a user does after Snakemake was killed outright."""
        self.run(*arguments, "--unlock")

    def command(self):
        place, changes = "local", ["--cores", 2]
        if self.cluster:
            place = "slurm"
            changes = ["--jobs", 8, "--latency-wait", 10, "--slurm-no-account", "--slurm-status-command", "squeue",
                       "--slurm-init-seconds-before-status-checks", 1, "--seconds-between-status-checks", 1,
                       "--default-resources", "slurm_partition=debug", "mem_mb=100", "runtime=5"]
        return [self.tools / "venv/bin/snakemake", "-s", self.flow / "Snakefile",
                "--workflow-profile", self.flow / "profiles" / place, *changes]

    def annotate(self, sheet, shards, extra="", **settings):
        given = {"samples": sheet, "shards": shards, "threads": 1, "mem_mb": 200, "runtime": 5,
                 **({"extra": extra} if extra else {}), **settings}
        return ["--config", *(f"{key}={value}" for key, value in given.items())]


TEST_CONFIG = """\
process.memory = 200.MB
process.time = 5.min
process { withName: VIO_ANNOTATE { cpus = 1 } }
executor { pollInterval = '1 sec'; exitReadTimeout = '5 sec'; queueStatInterval = '2 sec' }
"""


class Nextflow(Engine):
    flow = WORKFLOWS / "nextflow"
    resume = ("-resume",)

    @staticmethod
    def did_nothing(done):
        return "Cached process" in done.log and "Submitted process" not in done.log

    def finished(self, sample):
        """Numbers of the shards that Nextflow has seen the end of."""
        log = self.folder / ".nextflow.log"
        ended = rf"Task completed .*?VIO_ANNOTATE \({sample} (\d+)/\d+\); status: COMPLETED; exit: 0"
        return re.findall(ended, log.read_text()) if log.exists() else []

    def unlock(self, *arguments):
        """Nextflow's lock ends with its process."""

    def command(self):
        opens = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
        return ["java", "-XX:TieredStopAtLevel=1", "-Xmx1g", *opens, "-cp", f"{self.tools}/nextflow/lib/*",
                "nextflow.cli.Launcher", "run", self.flow]

    def annotate(self, sheet, shards, extra="", **settings):
        where = ["-profile", "slurm", "--queue", "debug"] if self.cluster else ["-profile", "standard"]
        config = self.folder / "test.config"
        config.write_text(TEST_CONFIG)
        given = {"input": sheet, "shards": shards, "args": extra, **settings}
        return ["-c", config, *where, *(f"--{key}={value}" for key, value in given.items())]
