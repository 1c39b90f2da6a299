"""A worker of the version before runs on in the schemas of the new one, alone and beside it, and does no harm."""

import re
from functools import partial

import pytest

from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.models import JobRun
from tenants.scope import in_console, in_municipality
from tests import newer
from tests.conftest import NOON
from tests.mail_server import received
from tests.newer import playing
from tests.people import person
from tests.tasks.processes import wait_until

PLACES = ("kaavi", "tuusniemi")


@pytest.fixture
def coordinators(own_database):
    """One in each place."""
    for schema in PLACES:
        with in_municipality(schema):
            person("Aino", Role.COORDINATOR)


def write_in_each(key):
    for schema in PLACES:
        with in_municipality(schema):
            context = {"path": "/x/", "expires_at": NOON}
            outbox.write("accounts/emails/invitation", to=User.objects.get(), context=context, key=key, at=NOON)


def has_taken(mail_server, count):
    return len(mail_server.mails()) >= count


def test_a_worker_of_the_version_before_does_no_harm_beside_the_new_one(
    own_database, coordinators, workers, mail_server
):
    write_in_each("before")
    old = workers.worker()
    workers.beat()
    wait_until(partial(has_taken, mail_server, 2))

    done = playing.migrate(own_database, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    with playing.newer():
        write_in_each("by the old one alone")
        wait_until(partial(has_taken, mail_server, 4))
        workers.worker(DJANGO_SETTINGS_MODULE=newer.SETTINGS)
        write_in_each("beside")
        wait_until(partial(has_taken, mail_server, 6))
        workers.kill(old)
        write_in_each("after")
        wait_until(partial(has_taken, mail_server, 8))

    assert sorted(letter["To"] for letter in received(mail_server)) == [
        *["aino@kaavi.example"] * 4,
        *["aino@tuusniemi.example"] * 4,
    ]
    with in_console():
        failed = list(JobRun.objects.exclude(error=""))
    errors = {error for run in failed for error in re.findall(r"\((\w+)\)", run.which) or [run.error]}
    assert errors <= {"BeingUpdated"}  # of what works in all: those that are missing are named on the job page
