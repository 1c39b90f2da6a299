"""Starts processes, watches them and ends them together: none outlives the supervisor."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRACE = 12.0  # seconds between asking a process to end and ending it


class ProcessEnded(Exception):
    """A process ended that should run, or failed; `tail` holds the last lines that it said."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} ended with {_exit(code)}, see {log}")
        self.tail = log.read_text(errors="replace").splitlines()[-15:]


@dataclass(frozen=True)
class Child:
    """A process with a session of its own, so that Ctrl-C reaches the supervisor only."""

    name: str
    process: subprocess.Popen[bytes]
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
        log = self._logs / f"{name.replace(' ', '_')}.log"
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
        child = Child(name, process, log)
        self._children.append(child)
        return child

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


def _ends_with_its_parent() -> list[str]:
    """Answer the prefix by which Linux ends a child when the supervisor itself is killed, where it is known."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _exit(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
