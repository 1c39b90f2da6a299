"""`make test-clocks`: every test that reads the machine's clock, at the hours and days at which code is wrong.

The library of Debian's `faketime` gives pytest another clock; embedded servers, workers, web servers and Chromium
follow it. Two of them are tried at a time, each lane in a state folder of its own. Files keep their real time (that
library does not reach them), and the monotonic clock goes with the wall: Python cannot sleep without it
(FAKETIME_DONT_FAKE_MONOTONIC).

The library is loaded without the command of that name. The command makes a semaphore called by its process number and
gives up when there is one: each process that was killed under another clock has left one, and numbers come round again.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.clock import ODD_HOURS

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = "/usr/$LIB/faketime/libfaketime.so.1"  # the loader puts the machine's own folder for $LIB
PYTEST = [sys.executable, "-m", "pytest", "-q", "-m", "real_clock and not deep", "-p", "no:cacheprovider"]


@dataclass(frozen=True)
class Clock:
    """A moment at which the tests begin; from there its clock goes on."""

    name: str
    begins: datetime

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to go by it. As an offset all processes agree on the moment, whenever they start."""
        return {"LD_PRELOAD": LIBRARY, "FAKETIME": f"{(self.begins - datetime.now(UTC)).total_seconds():+.0f}"}


CLOCKS = [Clock(name, begins) for name, begins in ODD_HOURS.items()]
LANES = CLOCKS[:3], CLOCKS[3:]  # in each the earlier clock first: its database is kept for the later ones


def main() -> int:
    """Run all; answer 1 when a test failed, or when the machine cannot do it."""
    if shutil.which("faketime") is None:
        sys.stderr.write("faketime is not installed (Debian: apt install faketime)\n")
        return 1
    files = _files_that_read_the_clock()
    with ThreadPoolExecutor(len(LANES)) as lanes:
        outcomes = [lanes.submit(lambda lane: list(_run(*lane, files=files)), lane) for lane in enumerate(LANES)]
        return 0 if all(is_well for outcome in outcomes for is_well in outcome.result()) else 1


def _files_that_read_the_clock() -> list[str]:
    """Ask pytest once which files hold such tests, instead of letting it collect all of them for every clock."""
    asked = subprocess.run([*PYTEST, "--collect-only"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = sorted({line.partition("::")[0] for line in asked.stdout.splitlines() if "::" in line})
    if asked.returncode or not files:
        raise SystemExit(asked.stdout + asked.stderr)
    return files


def _run(number: int, clocks: list[Clock], *, files: list[str]) -> Iterator[bool]:
    home = {"SUUNTA_HOME": str(ROOT / ".suunta" / "clocks" / str(number))}
    for clock in clocks:
        environment = {**os.environ, **home, **clock.environment}
        begun = time.monotonic()
        done = subprocess.run(
            [*PYTEST, *files],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        lines = done.stdout.strip().splitlines() or ["nothing was said"]
        said = "\n".join(lines) if done.returncode else lines[-1]
        seconds = time.monotonic() - begun
        sys.stdout.write(f"{clock.begins:%d.%m.%Y %H:%M:%S} UTC, {clock.name}: {said} ({seconds:.0f} s)\n")
        sys.stdout.flush()
        yield done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
