"""Starts processes, watches them and ends them together: none outlives the supervisor.

A process is a command of its own, or a fork of the supervisor, which then need not import again what it has imported.
"""

import ctypes
import multiprocessing
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
GRACE = 12.0  # seconds between asking a process to end and ending it
TO_DIE_WITH_THE_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class ProcessEnded(Exception):
    """A process ended that should run, or failed; `tail` holds the last lines that it said."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} ended with {_exit(code)}, see {log}")
        self.tail = log.read_text(errors="replace").splitlines()[-15:]


class Process(Protocol):
    """What a supervisor asks of a process; `subprocess.Popen` is one."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(frozen=True)
class Forked:
    """A fork of this process, asked the same way as a command."""

    process: BaseProcess

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Ask again and again: `join` would wait for a pipe that grandchildren may hold open.

        Raises:
            TimeoutExpired
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.process.exitcode) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.process.name, timeout or 0.0)
            time.sleep(0.02)
        return code


@dataclass(frozen=True)
class Child:
    """A process with a session of its own, so that Ctrl-C reaches the supervisor only."""

    name: str
    process: Process
    log: Path

    def check(self) -> None:
        """Raise ProcessEnded if the process is no longer there."""
        code = self.process.poll()
        if code is not None:
            raise ProcessEnded(self.name, code, self.log)

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the process and everything it started."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


class Supervisor:
    """The processes of one service; each writes `<logs>/<name>.log`, begun anew."""

    def __init__(self, logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._children: list[Child] = []

    def start(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> Child:
        """Start a process that shall run until the end."""
        log = self._log_of(name)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*_ends_with_its_parent(), *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self._watch(Child(name, process, log))

    def fork(self, name: str, module: str, arguments: Sequence[str], *, environment: Mapping[str, str]) -> Child:
        """Start `python -m module arguments` as a fork of this process, with all that is imported here already."""
        log = self._log_of(name)
        log.write_bytes(b"")
        given = (log, os.getpid(), environment, [module, *arguments])
        process = multiprocessing.get_context("fork").Process(target=_become, args=given, name=name)
        process.start()
        return self._watch(Child(name, Forked(process), log))

    def finish(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        """Run a process to its end.

        Raises:
            ProcessEnded: it failed.
        """
        child = self.start(name, command, environment=environment)
        code = child.process.wait()
        self._children.remove(child)
        if code != 0:
            raise ProcessEnded(name, code, child.log)

    def check(self) -> None:
        """Raise ProcessEnded if any process is no longer there."""
        for child in self._children:
            child.check()

    def stop(self) -> None:
        """End every process: asked first, then killed. Grandchildren of a dead process are ended too."""
        for child in self._children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            child.signal_group(signal.SIGKILL)
            child.process.wait()
        self._children.clear()

    def _log_of(self, name: str) -> Path:
        return self._logs / f"{name.replace(' ', '_')}.log"

    def _watch(self, child: Child) -> Child:
        self._children.append(child)
        return child


def _become(log: Path, parent: int, environment: Mapping[str, str], command: list[str]) -> None:
    """Make a fork what `start` makes a command: its own session and log, and an end with the supervisor's end."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    _end_with(parent)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND), 1)
    os.dup2(1, 2)
    os.closerange(3, 1024)  # the locks of the supervisor are not this process's
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


def _end_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TO_DIE_WITH_THE_PARENT, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("The supervisor has ended")


def _ends_with_its_parent() -> list[str]:
    """Answer the prefix by which Linux ends a child when the supervisor itself is killed, where it is known."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _exit(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
