"""A SLURM of one node on loopback: munged, slurmctld and slurmd, started and stopped by their pids.

Nothing of it is enforced (no cgroups, no accounting): jobs are run, killed and reported, which is
what the workflows need. Two device files that every machine has stand for GPUs, so that SLURM hands
them out as it would real ones.
"""

import getpass
import os
import pathlib
import re
import signal
import socket
import stat
import subprocess
import time

CLIENTS = ("sbatch", "squeue", "srun", "scancel", "sinfo", "scontrol", "sacct", "sacctmgr", "sshare")
DAEMONS = ("/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd")
CONF = """\
ClusterName=vio
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CryptoType=crypto/munge
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile={folder}/slurmctld.pid
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmdPidFile={folder}/slurmd.pid
SlurmdSpoolDir={folder}/spool
StateSaveLocation={folder}/state
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0,bf_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
JobAcctGatherType=jobacct_gather/none
InactiveLimit=0
GresTypes=gpu
KillWait=5
MinJobAge=300
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} Gres=gpu:2 State=UNKNOWN
PartitionName=debug Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""
GPUS = "Name=gpu File=/dev/null\nName=gpu File=/dev/zero\n"


def missing():
    """Programs without which there is no SLURM here."""
    clients = [f"/usr/bin/{name}" for name in ("sbatch", "squeue", "scancel")]
    return [path for path in (*DAEMONS, *clients) if not os.access(path, os.X_OK)]


class Slurm:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "slurm.conf"

    def start(self):
        for name in ("munge", "spool", "state", "bin"):
            (self.folder / name).mkdir(parents=True)
        self._start_munge()
        self.config.write_text(self._configuration())
        (self.folder / "gres.conf").write_text(GPUS)
        self._write_clients()
        for daemon in DAEMONS[1:]:
            self._run(daemon, "-f", self.config)
        self._wait_for(lambda: self.client("sinfo", "-h", "-o", "%T").strip() == "idle")

    def stop(self):
        for name in ("slurmd.pid", "slurmctld.pid", "munge/munged.pid"):
            file = self.folder / name
            if file.exists():
                _end(int(file.read_text()))

    def client(self, name, *arguments):
        """What a client (squeue, scancel, ...) says."""
        command = [self.folder / "bin" / name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout

    def environment(self):
        """Clients of this SLURM come first in the PATH. They set SLURM_CONF themselves, because
        Snakemake's executor drops SLURM_* variables inside a job."""
        return {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"}

    def _start_munge(self):
        folder = self.folder / "munge"
        folder.chmod(0o755)
        key = folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(stat.S_IRUSR)
        files = {"key-file": key, "socket": folder / "socket", "pid-file": folder / "munged.pid"}
        files |= {"log-file": folder / "munged.log", "seed-file": folder / "munged.seed"}
        self._run(DAEMONS[0], "--force", *(f"--{name}={path}" for name, path in files.items()))

    def _configuration(self):
        found = subprocess.run([DAEMONS[2], "-C"], capture_output=True, text=True, check=True).stdout
        cpus = re.search(r"CPUs=(\d+)", found)[1]
        memory = re.search(r"RealMemory=(\d+)", found)[1]
        return CONF.format(
            host=socket.gethostname().split(".")[0],
            user=getpass.getuser(),
            folder=self.folder,
            ports=_free_ports(2),
            cpus=cpus,
            memory=memory,
        )

    def _write_clients(self):
        for name in CLIENTS:
            file = self.folder / "bin" / name
            file.write_text(f'#!/bin/sh\nexport SLURM_CONF={self.config}\nexec /usr/bin/{name} "$@"\n')
            file.chmod(0o755)

    def _run(self, *command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{command[0]} did not start: {done.stderr}"

    def _wait_for(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            if time.monotonic() > deadline:
                logs = [file.read_text()[-2000:] for file in self.folder.glob("*.log")]
                self.stop()
                raise AssertionError("SLURM did not come up: " + "\n".join(logs))
            time.sleep(0.2)


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _end(pid):
    """Asks a daemon to end, and waits until it has."""
    for number, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        try:
            os.kill(pid, number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                os.kill(pid, 0)
                time.sleep(0.1)
        except ProcessLookupError:
            return
