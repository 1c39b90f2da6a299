"""`make test-clocks`: what it needs, and that no test slips out of it."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest

from deploy.local.embedded import ROOT
from tenants.display import HELSINKI
from tests.other_clocks import LANES

LOOKS_ONLY = {"tests/browser/test_every_page.py": 2}  # the furnished house is repeated by test_every_page_opens


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
    assert all(list(lane) == sorted(lane, key=lambda clock: clock.begins) for lane in LANES)


def test_only_what_looks_at_pages_is_the_same_at_any_hour():
    marked = re.compile(r"mark\.any_hour\b")
    found = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "tests").rglob("test_*.py")
        if (count := len(marked.findall(path.read_text()))) and path.name != "test_other_clocks.py"
    }

    assert found == LOOKS_ONLY


def test_a_process_on_the_tests_database_is_refused_to_who_has_not_asked_for_the_machines_clock():
    """Else the test would stand at its own noon while a web server or a worker goes by another day."""
    with pytest.raises(AssertionError, match="asks for real_clock"):
        subprocess.run([sys.executable, "-V"], env={**os.environ, "DATABASE_URL": "postgresql:///ours"}, check=True)
