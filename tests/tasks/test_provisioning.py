"""Municipalities that were asked for on the console are made by the worker that may change structure."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from tasks import provisioning as task
from tenants import provisioning
from tenants.models import JobRun, Municipality
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON
from tests.databases import as_migrator, as_superuser
from tests.tasks.processes import wait_until

State = Municipality.State


def ask_for(schema="juuka", business_id="0172718-0", *, seconds_ago=10):
    with in_console():
        municipality = provisioning.request(
            schema_name=schema,
            name=schema.title(),
            business_id=business_id,
            domain=f"{schema}.localhost",
            admin_email=f"admin@{schema}.example",
        )
        asked_at = timezone.now() - timedelta(seconds=seconds_ago)
        Municipality.objects.filter(pk=municipality.pk).update(created_at=asked_at)
        return municipality


def state_of(schema):
    with in_console():
        return Municipality.objects.get(schema_name=schema).state


def test_a_real_worker_makes_what_was_asked_for(workers):
    ask_for()
    workers.worker(queues="provisioning", SUUNTA_LOGIN="migrator")
    workers.beat()

    wait_until(lambda: state_of("juuka") == State.ACTIVE)

    with in_municipality("juuka") as juuka, in_console():
        wait_until(lambda: JobRun.objects.filter(name=task.JOB, municipality=juuka, count=1, error="").exists())


def test_a_worker_with_the_applications_login_makes_nothing(own_database):
    ask_for()

    with pytest.raises(task.WrongLogin):
        task.make_requested()

    assert state_of("juuka") == State.REQUESTED


def test_one_that_cannot_be_made_says_so_and_stops_no_other(own_database, caplog):
    ask_for("juuka")
    ask_for("heinavesi", "0164690-3")
    with as_migrator(), in_console():
        take_the_name_of("juuka")

        assert task.make_requested() == 1

        assert JobRun.objects.get(name=task.JOB, municipality__schema_name="juuka").error == "ProgrammingError"
    assert (state_of("juuka"), state_of("heinavesi")) == (State.FAILED, State.ACTIVE)
    assert "A municipality was not made" in caplog.text


def test_what_was_asked_for_waits_while_the_template_is_of_another_version(own_database):
    ask_for()
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute("comment on schema template_municipality is '99999-newer'")

    with as_migrator():
        assert task.make_requested() == 0

    assert state_of("juuka") == State.REQUESTED
    with in_console():
        assert not JobRun.objects.exists()


def test_a_request_of_this_moment_is_left_to_the_command_that_asked(own_database):
    ask_for(seconds_ago=0)

    with as_migrator():
        assert task.make_requested() == 0

    assert state_of("juuka") == State.REQUESTED


def begin(municipality, *, lease):
    """Let somebody have begun to make it, whose lease ends then by the database's clock."""
    Municipality.objects.filter(pk=municipality.pk).update(state=State.BEING_MADE, lease_until=Now() + lease)


def test_one_that_somebody_else_has_begun_is_left_to_them(own_database):
    municipality = ask_for()
    with in_console():
        begin(municipality, lease=timedelta(minutes=5))

        assert task._make(municipality, at=NOON) is False

    assert state_of("juuka") == State.BEING_MADE


@pytest.mark.parametrize(("seconds", "state"), [(-1, State.ACTIVE), (60, State.BEING_MADE)])
def test_what_somebody_had_begun_who_was_killed_is_made_when_the_lease_is_over(own_database, seconds, state):
    with in_console():
        begin(ask_for(), lease=timedelta(seconds=seconds))

    with as_migrator():
        task.make_requested()

    assert state_of("juuka") == state


def take_the_name_of(schema):
    """Let a schema of this name stand there already."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
