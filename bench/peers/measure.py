"""Runs one program and reports its wall time, CPU time and peak memory.

As a program, `measure.py REPORT STDOUT COMMAND…` does the measuring in a small
process of its own: a child inherits the peak memory of the process that starts it.
"""
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and CPU time, and peak resident memory in bytes."""

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        """The cost of doing one after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


class Failed(Exception):
    """A program did not do its work."""


def run(command: list, stdout=os.devnull) -> Cost:
    """Runs a command with its output in a file. One thread for numeric libraries."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("TAJUK_")}
    env.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    with tempfile.NamedTemporaryFile("r") as report:
        words = [sys.executable, "-I", "-S", __file__, report.name, str(stdout), *map(str, command)]
        done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise Failed(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-400:]}")
        return Cost(**json.load(report))


def _measure(report: str, stdout: str, command: list) -> int:
    with open(stdout, "wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
    with open(report, "w") as out:
        cpu = usage.ru_utime + usage.ru_stime
        json.dump({"wall": wall, "cpu": cpu, "memory": usage.ru_maxrss * 1024}, out)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_measure(sys.argv[1], sys.argv[2], sys.argv[3:]))
