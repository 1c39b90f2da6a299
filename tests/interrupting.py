"""A pytest plugin: Ctrl-C ends the run. The test that runs is put away in order, no other begins, the servers stop.

A run on several cores hands it on to its workers, and each of them does so; the run itself has no test to put away.

Pytest's own way raises in the middle of whatever runs: half a database query or half a browser's answer is left, every
fixture that tidies up after it fails, and sometimes the run goes on. SIGTERM ends the run like Ctrl-C.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

PATIENCE = 3.0  # seconds, after which the test is told to fail; again and again, should something swallow that
REASON = "interrupted"


def pytest_sessionstart(session: pytest.Session) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        session.shouldstop = REASON
        signal.signal(signal.SIGALRM, _fail)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)

    hands_out_to_workers = session.config.pluginmanager.has_plugin("dsession")
    signal.signal(signal.SIGINT, _hand_on if hands_out_to_workers else stop)
    signal.signal(signal.SIGTERM, _hand_on if hands_out_to_workers else stop)


def pytest_sessionfinish() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)


def _hand_on(number: int, frame: FrameType | None) -> NoReturn:
    """Interrupt the workers, who may not have heard of it, and then this run; it waits ten seconds for them."""
    for thread in Path("/proc/self/task").iterdir():
        for pid in (thread / "children").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGINT)
    raise KeyboardInterrupt


def _fail(number: int, frame: FrameType | None) -> None:
    pytest.fail(REASON, pytrace=False)
