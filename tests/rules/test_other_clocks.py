"""The clocks of tests: what `make test-clocks` needs, and that processes go by the clock of their test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.local.embedded import ROOT
from tenants.display import HELSINKI
from tests.clock import NOON, ODD_HOURS
from tests.other_clocks import LANES, Clock

WHAT_TIME_IS_IT = "from datetime import UTC, datetime; print(datetime.now(UTC).isoformat())"


def test_without_faketime_it_says_so_in_one_line():
    command = [sys.executable, "-m", "tests.other_clocks"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": ""}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "faketime is not installed (Debian: apt install faketime)\n"


def test_the_clocks_are_nights_and_the_hours_in_which_the_day_is_another_or_changes_its_length():
    moments = [clock.begins for lane in LANES for clock in lane]
    nights = [moment for moment in moments if moment.astimezone(HELSINKI).date() != moment.date()]
    changing = [
        moment
        for moment in moments
        if moment.astimezone(HELSINKI).utcoffset() != (moment + timedelta(minutes=1)).astimezone(HELSINKI).utcoffset()
    ]

    assert {night.astimezone(HELSINKI).dst() for night in nights} == {timedelta(0), timedelta(hours=1)}
    assert len(nights) >= 3
    assert len(changing) == 2
    assert all(lane == sorted(lane, key=lambda clock: clock.begins) for lane in LANES)


@pytest.fixture
def left_by_killed_processes() -> Iterator[None]:
    """What processes under another clock leave when they are killed, for all numbers that the next ones can have."""
    newest = int(Path("/proc/sys/kernel/ns_last_pid").read_text())
    names = [f"{name}_{newest + step}" for step in range(500) for name in ("sem.faketime_sem", "faketime_shm")]
    left = [path for name in names if not (path := Path("/dev/shm") / name).exists()]
    for path in left:
        path.touch()
    yield
    for path in left:
        path.unlink(missing_ok=True)


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed (Debian: apt install faketime)")
def test_another_clock_goes_beside_what_killed_processes_left_behind(left_by_killed_processes):
    """Numbers of processes come round again: once, one of six clocks did not begin for that."""
    tomorrow = Clock("the same hour tomorrow", begins=datetime.now(UTC) + timedelta(days=1))
    asked = [sys.executable, "-c", WHAT_TIME_IS_IT]

    now = subprocess.check_output(asked, text=True)
    then = subprocess.check_output(asked, env={**os.environ, **tomorrow.environment}, text=True)

    between = datetime.fromisoformat(then.strip()) - datetime.fromisoformat(now.strip())
    assert abs(between - timedelta(days=1)) < timedelta(minutes=1)


@pytest.mark.parametrize("moment", [NOON, *ODD_HOURS.values()])
def test_a_process_on_the_tests_database_goes_by_the_clock_of_the_test(time_is, moment):
    """Else the test would stand at its own noon while a web server or a worker goes by another day."""
    time_is(moment)
    env = {**os.environ, "DATABASE_URL": "postgresql:///suunta_test_own"}

    said = subprocess.check_output([sys.executable, "-c", WHAT_TIME_IS_IT], env=env, text=True)

    assert timedelta(0) <= datetime.fromisoformat(said.strip()) - moment < timedelta(minutes=1)


def test_with_the_machines_clock_a_process_has_it_too(real_clock):
    env = {**os.environ, "DATABASE_URL": "postgresql:///suunta_test_own"}

    said = subprocess.check_output([sys.executable, "-c", WHAT_TIME_IS_IT], env=env, text=True)

    assert abs(datetime.now(UTC) - datetime.fromisoformat(said.strip())) < timedelta(minutes=1)
