"""The clock of a test. It stands at NOON, whatever the day of the run, until the test says another moment.

Python processes that work on the test's database (web servers, workers, commands) begin at the test's moment. The
database and the browser do not: whose outcome they decide asks for `real_clock`, and is run at odd hours as well.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import time_machine

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # Monday 23.11.2026, 12.00 in Helsinki
ODD_HOURS = {  # hours and days at which code is wrong
    "a winter night, 1.30 in Helsinki": datetime(2027, 1, 14, 23, 30, tzinfo=UTC),
    "half a minute before summer time": datetime(2027, 3, 28, 0, 59, 30, tzinfo=UTC),
    "a summer night, 2.30 in Helsinki": datetime(2027, 7, 14, 23, 30, tzinfo=UTC),
    "half a minute before winter time": datetime(2027, 10, 31, 0, 59, 30, tzinfo=UTC),
    "400 days from noon": NOON + timedelta(days=400),
    "0.40 in Helsinki, a night after a leap day": datetime(2028, 2, 29, 22, 40, tzinfo=UTC),
}
STANDING = str(Path(__file__).parent / "standing")


@pytest.fixture(scope="session")
def real_clock() -> None:
    """Let the test read the clock of the machine, as the processes do that it works with."""


@pytest.fixture(autouse=True)
def clock_of_the_test(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Begin the test at NOON; from there its clock goes on as clocks do."""
    if "real_clock" in request.fixturenames:
        yield None
        return
    with at_noon() as clock:
        yield clock


@contextmanager
def at_noon() -> Iterator[time_machine.Traveller]:
    """Begin at NOON, also what is started here: a fixture of a whole file says so itself."""
    with time_machine.travel(NOON) as clock, _followed():
        yield clock


@contextmanager
def _followed() -> Iterator[None]:
    """Give processes that are started on the test's own database the moment at which the test is."""
    start = subprocess.Popen.__init__

    def followed(process: "subprocess.Popen[bytes]", *words: Any, **options: Any) -> None:
        env = options.get("env") or {}
        database = env.get("DATABASE_URL", "")
        if "/suunta_test" in database and database != os.environ.get("DATABASE_URL"):
            options["env"] = {**env, "PYTHONPATH": STANDING, "SUUNTA_TEST_CLOCK": _ahead()}
        start(process, *words, **options)

    with mock.patch.object(subprocess.Popen, "__init__", followed):
        yield


def _ahead() -> str:
    """Answer how many seconds the test is ahead of the machine."""
    return str(datetime.now(UTC).timestamp() - time_machine.escape_hatch.time.time())


@pytest.fixture
def time_is(clock_of_the_test: time_machine.Traveller | None) -> Callable[[datetime], None]:
    """Set the clock of this process, which stands still from then on: `time_is(NOON)`."""
    assert clock_of_the_test is not None, "a test with the real clock cannot set it"
    return lambda moment: clock_of_the_test.move_to(moment, tick=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the machine's clock: these tests `make test-clocks` runs at other hours (tests.other_clocks)."""
    for item in items:
        if "real_clock" in getattr(item, "fixturenames", ()):
            item.add_marker("real_clock")
