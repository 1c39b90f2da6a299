"""A pytest plugin: Ctrl-C ends the run. The test that runs is put away in order, no other begins, the servers stop.

Pytest's own way raises in the middle of whatever runs: half a database query or half a browser's answer is left, every
fixture that tidies up after it fails, and sometimes the run goes on. SIGTERM ends the run like Ctrl-C.
"""

import signal
from types import FrameType

import pytest

PATIENCE = 3.0  # seconds, after which the test is told to fail; again and again, should something swallow that
REASON = "interrupted"


def pytest_sessionstart(session: pytest.Session) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        session.shouldstop = REASON
        signal.signal(signal.SIGALRM, _fail)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def pytest_sessionfinish() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)


def _fail(number: int, frame: FrameType | None) -> None:
    pytest.fail(REASON, pytrace=False)
