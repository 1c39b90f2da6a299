"""The clock of a test. It stands at NOON, whatever the day of the run, until the test says another moment.

Other processes (web servers, workers, browsers, the database) do not see it: who works with them asks for `real_clock`.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
import time_machine

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # Monday 23.11.2026, 12.00 in Helsinki


@pytest.fixture(scope="session")
def real_clock() -> None:
    """Let the test read the clock of the machine, as the processes do that it works with."""


@pytest.fixture(autouse=True)
def clock_of_the_test(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Begin the test at NOON; from there its clock goes on as clocks do."""
    if "real_clock" in request.fixturenames:
        yield None
        return
    with time_machine.travel(NOON) as clock, _alone():
        yield clock


@contextmanager
def _alone() -> Iterator[None]:
    """Refuse to start a process on the test's own database: it would go by another day than the test."""
    start = subprocess.Popen.__init__

    def refused(process: "subprocess.Popen[bytes]", *words: Any, **options: Any) -> None:
        database = (options.get("env") or {}).get("DATABASE_URL", "")
        is_ours = "/suunta_test" in database and database != os.environ.get("DATABASE_URL")
        assert not is_ours, "who starts a process on the test database asks for real_clock"
        start(process, *words, **options)

    with mock.patch.object(subprocess.Popen, "__init__", refused):
        yield


@pytest.fixture
def time_is(clock_of_the_test: time_machine.Traveller | None) -> Callable[[datetime], None]:
    """Set the clock of this process, which stands still from then on: `time_is(NOON)`."""
    assert clock_of_the_test is not None, "a test with the real clock cannot set it"
    return lambda moment: clock_of_the_test.move_to(moment, tick=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the machine's clock: these tests `make test-clocks` runs at other hours (tests.other_clocks).

    What its turn is not for (`SUUNTA_CLOCK=2/6` is the third of six clocks) is left to another of its clocks.
    """
    for item in items:
        if "real_clock" in getattr(item, "fixturenames", ()):
            item.add_marker("real_clock")
    if turn := os.environ.get("SUUNTA_CLOCK"):
        number, clocks = map(int, turn.split("/"))
        in_turn = sorted((item for item in items if item.get_closest_marker("in_turn")), key=lambda item: item.nodeid)
        others = {item for place, item in enumerate(in_turn) if place % clocks != number}
        items[:] = [item for item in items if item not in others]
