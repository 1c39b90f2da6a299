"""Real workers and beats, and waiting for what they do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.local.embedded import ROOT
from tasks.work import WORK

QUEUES = ",".join(sorted({"celery", "wake", *(work.queue for work in WORK.values())}))
PATIENCE = 60.0  # seconds on a busy machine; a step of a drill that needs longer has failed


class Crew:
    """The Celery processes of one test, each in a session of its own."""

    def __init__(self, environment: dict[str, str], logs: Path, *, app: str) -> None:
        self._app = app
        self._environment = environment
        self._logs = logs
        self._processes: list[subprocess.Popen[bytes]] = []

    def worker(self, *, queues: str = QUEUES, **variables: str) -> subprocess.Popen[bytes]:
        name = f"--hostname=worker{len(self._processes)}@test"
        return self._start("worker", f"--queues={queues}", "--concurrency=1", name, "--without-mingle", **variables)

    def beat(self) -> subprocess.Popen[bytes]:
        return self._start("beat", f"--schedule={self._logs / f'beat{len(self._processes)}'}", "--pidfile=")

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and everything it started, the way a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_hands(self, process: subprocess.Popen[bytes]) -> None:
        """Kill what a worker works with, the way a kernel without memory does; the worker makes itself new ones."""
        for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def kill_all(self) -> None:
        for process in self._processes:
            self.kill(process)

    def said(self) -> str:
        """Everything the processes wrote, for a test that failed."""
        return "\n".join(path.read_text() for path in sorted(self._logs.glob("*.log")))

    def _start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        log = self._logs / f"{len(self._processes)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", self._app, *words, "--loglevel=WARNING"],
                cwd=ROOT,
                env={**self._environment, **variables},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._processes.append(process)
        return process


@contextmanager
def crew(environment: dict[str, str], logs: Path, *, app: str = "tests.tasks.quick") -> Iterator[Crew]:
    """Give a crew and end all of it whatever happens."""
    logs.mkdir()
    people = Crew(environment, logs, app=app)
    try:
        yield people
    finally:
        people.kill_all()
        sys.stderr.write(people.said())  # shown with a test that failed


def wait_until(is_so: Callable[[], object], *, patience: float = PATIENCE) -> None:
    """Wait for the processes to get there, so many seconds at most."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "the processes did not get there"
        time.sleep(0.05)
