"""One process measured from outside: wall and CPU seconds, peak of memory. Used by run.py."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

# What the system calls the peak of a child begins with the peak of the process that started it. So each command is started
# by a small Python of its own, whose few MiB are the least that can be measured.
STARTER = """
import json, os, sys, time
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[3], sys.argv[3:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    (os.POSIX_SPAWN_OPEN, 2, sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)])
_, status, used = os.wait4(child, 0)
print(json.dumps([time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
                  os.waitstatus_to_exitcode(status)]))
"""


@dataclass
class Measured:
    """One run: seconds of the clock and of the processor, MiB, exit code, and what it said on standard error."""

    wall: float
    cpu: float
    peak: float
    code: int
    said: str


def run(command, environment=None):
    """Runs `command` to its end."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = os.path.join(folder, "out"), os.path.join(folder, "err")
        starter = [sys.executable, "-I", "-S", "-c", STARTER, out, err, *command]
        seen = subprocess.run(starter, stdout=subprocess.PIPE, check=True, env={**os.environ, **(environment or {})})
        with open(err, encoding="utf-8", errors="replace") as text:
            said = text.read()
    return Measured(*json.loads(seen.stdout), said)


@dataclass
class Contestant:
    """A command that is measured again and again.

    `bytes` is the text it reads. `prepare` runs before each round and is not counted. `own` reads its work alone, in CPU
    seconds without starting, from what it said; without it a run counts from start to end.
    """

    name: str
    command: list
    bytes: int = 0
    prepare: object = None
    own: object = None
    environment: dict = None

    def __post_init__(self):
        self.runs, self.work = [], []

    def measure(self):
        """One run more; says why if it failed."""
        if self.prepare:
            self.prepare()
        seen = run(self.command, self.environment)
        # A run of warta that rejected its input ends with 1: it did not do the work.
        if seen.code != 0:
            return f"exit code {seen.code}: {seen.said.strip()[-300:]}"
        if self.own:
            try:
                self.work.append(self.own(seen.said))
            except (AttributeError, ValueError):
                return f"does not say what its work took: {seen.said.strip()[-300:]}"
        else:
            self.work.append(seen.cpu)
        self.runs.append(seen)
        return None

    def of(self, what):
        """All figures of `what`: `wall`, `cpu`, `peak` or `work`."""
        return self.work if what == "work" else [getattr(seen, what) for seen in self.runs]


def rounds(contestants, count, tell, failed):
    """Runs all contestants in turn, `count` times, after one round that is not counted: A B C, A B C, … so that what else
    the machine does falls on all of them alike. Who fails is left out from then on; `failed` keeps the reason."""
    going = list(contestants)
    for number in range(count + 1):
        for contestant in list(going):
            began = time.perf_counter()
            why = contestant.measure()
            if why:
                failed.append(f"{contestant.name}: {why}")
                going.remove(contestant)
                continue
            if number == 0:
                contestant.runs.clear()
                contestant.work.clear()
            tell(f"  round {number} of {count}: {contestant.name}, {time.perf_counter() - began:.2f} s")
    return [contestant for contestant in going if contestant.runs]


def middle(numbers):
    """The median."""
    return statistics.median(numbers)


def spread(numbers, digits=2):
    """The median with the least and the most."""
    return f"{middle(numbers):.{digits}f} ({min(numbers):.{digits}f}–{max(numbers):.{digits}f})"


def ratios(above, below):
    """The ratios round by round: neighbours in time shared the same noise."""
    return [a / b for a, b in zip(above, below)]
