"""The health pages tell the truth, also when what they ask is away, and to whoever asks for a process at any host."""

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

PLAIN = "text/plain; charset=utf-8"
HOSTS = [
    "10.0.0.7",
    "10.0.0.7:8000",
    "[::1]:8000",
    "nobody.example",
    "console.localhost",
    "kaavi.localhost",
    "not a host",
]
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

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", PLAIN)
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


# --- of a process, at every host --------------------------------------------------------------------------------


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_a_process_says_at_every_host_and_address_that_it_is_well(own_database, settings, host, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1

    answer = PortalClient(host).get(path)

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", PLAIN)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_it_can_be_asked_without_a_body_and_not_told_anything(own_database, path):
    assert (PortalClient("10.0.0.7").head(path).status_code, PortalClient("10.0.0.7").head(path).content) == (200, b"")
    assert PortalClient("10.0.0.7").post(path).status_code == 405


def test_without_the_database_a_process_lives_and_is_not_ready(database_away):
    assert PortalClient("10.0.0.7").get("/health/live").status_code == 200
    answer = PortalClient("10.0.0.7").get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"no answer: database\n")


def test_with_a_public_schema_that_is_behind_a_process_is_not_ready(own_database):
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute("delete from django_migrations where app = 'tenants' and name = '0006_schema_versions'")

    answer = PortalClient("10.0.0.7").get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"being updated\n")


def test_a_process_is_ready_while_one_municipality_is_being_updated_and_names_none(own_database):
    with in_console():
        Municipality.objects.filter(schema_name="kaavi").update(schema_version="00001-older")

    assert PortalClient("10.0.0.7").get("/health/ready").content == b"ok\n"
