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
THE_SAME_AT_ANY_HOUR = {
    "tests/billing/test_commands.py": 1,  # a refusal at the shell
    "tests/browser/test_autosave.py": 8,  # what is typed is not lost
    "tests/browser/test_passkey.py": 3,
    "tests/casework/reminders/test_mails.py": 1,  # processes that are told the day
    "tests/deploy/test_static_files.py": 2,
    "tests/tasks/test_kills.py": 1,  # no mail is lost
    "tests/tasks/test_provisioning.py": 1,
    "tests/tasks/test_worker.py": 2,
    "tests/tenants/mail/test_deliver_mail.py": 1,
}


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


@pytest.mark.parametrize(("mark", "known"), [("any_hour", LOOKS_ONLY), ("in_turn", THE_SAME_AT_ANY_HOUR)])
def test_what_is_not_under_every_clock_stands_here(mark, known):
    used = re.compile(rf"^@pytest\.mark\.{mark}\b", re.M)
    counted = {
        str(path.relative_to(ROOT)): len(used.findall(path.read_text())) for path in (ROOT / "tests").rglob("*.py")
    }

    assert {path: count for path, count in counted.items() if count} == known


def test_a_process_on_the_tests_database_is_refused_to_who_has_not_asked_for_the_machines_clock():
    """Else the test would stand at its own noon while a web server or a worker goes by another day."""
    env = {**os.environ, "DATABASE_URL": "postgresql:///suunta_test_own"}

    with pytest.raises(AssertionError, match="asks for real_clock"):
        subprocess.run([sys.executable, "-V"], env=env, check=True)
