"""The health page tells the truth, also when what it asks is away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import path

from deploy.health import health
from deploy.local import embedded
from tenants import due
from tenants.models import Municipality
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON
from tests.databases import as_superuser
from tests.people import PortalClient

urlpatterns = [path("health/", health, name="health")]


@pytest.fixture
def ask(settings):
    settings.CONSOLE_URLCONF = __name__
    return lambda: PortalClient("console.localhost").get("/health/")


@pytest.fixture
def database_away(own_database):
    connection.close()
    there = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "nowhere"
    yield
    connection.settings_dict["NAME"] = there


def test_all_is_well_and_nobody_has_to_sign_in_to_know(ask, own_database):
    answer = ask()

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]


def test_a_broker_that_is_away_is_named(ask, own_database, settings):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{embedded.free_port()}/0"

    assert (ask().status_code, ask().content) == (503, b"no answer: broker\n")


def test_a_database_that_is_away_is_named(ask, database_away):
    assert (ask().status_code, ask().content) == (503, b"no answer: database\n")


def test_a_municipality_that_is_being_updated_is_named_and_takes_nobody_elses_process_away(ask, own_database):
    with in_console():
        Municipality.objects.filter(schema_name="kaavi").update(schema_version="00001-older")

    assert (ask().status_code, ask().content) == (200, b"ok\nbeing updated: kaavi\n")


def test_a_public_schema_that_is_newer_takes_no_process_of_the_version_before_away(ask, own_database):
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute("insert into django_migrations (app, name, applied) values ('tenants', '9999_newer', now())")
        superuser.execute("comment on schema public is '99999-newer'")

    assert ask().status_code == 200


def test_work_that_waits_for_ten_minutes_is_named_and_what_waits_less_is_not(ask, own_database):
    with in_municipality("kaavi"):
        due.announce(due.Kind.MAIL, at=NOON - timedelta(minutes=12))
        due.announce(due.Kind.REMINDERS, at=NOON - timedelta(minutes=2))

    assert (ask().status_code, ask().content) == (200, b"ok\nlate: mail.deliver_due for 12 minutes\n")


def test_a_public_schema_that_is_behind_is_503(ask, own_database):
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute("delete from django_migrations where app = 'tenants' and name = '0006_schema_versions'")

    assert (ask().status_code, ask().content) == (503, b"being updated\n")
