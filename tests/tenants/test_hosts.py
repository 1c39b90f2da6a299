"""The first and the third wall: the host decides the municipality, and a cookie of one host is nothing at another."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants import hosts
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import in_console, in_municipality
from tests.people import PortalClient, browser_of, person

FRONT = "/"


@pytest.mark.parametrize(
    "host",
    ["nowhere.localhost", "localhost", "127.0.0.1", "kaavi.localhost.evil.example", "public.localhost", "-", "a b"],
)
def test_an_unknown_host_is_a_plain_404(db, host):
    answer = PortalClient(host).get(FRONT)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies


def test_an_unknown_host_is_a_plain_404_also_after_a_known_one(db, aino):
    assert browser_of(aino).get(FRONT).status_code == 200
    assert PortalClient("nowhere.localhost").get(FRONT).status_code == 404


def test_a_municipality_that_is_not_in_use_is_a_404(db, tuusniemi):
    with in_console():
        tuusniemi.state = tuusniemi.State.FAILED
        tuusniemi.save()

    assert PortalClient("tuusniemi.localhost").get(FRONT).status_code == 404


def test_a_host_that_was_found_is_not_asked_for_again_for_some_seconds(db):
    browser = PortalClient("tuusniemi.localhost")
    browser.get(FRONT)

    with CaptureQueriesContext(connection) as asked:
        browser.get(FRONT)
    assert not [one for one in asked.captured_queries if "tenants_domain" in one["sql"]]


def test_a_municipality_that_is_closed_is_a_404_after_some_seconds(db, tuusniemi, monkeypatch):
    browser = PortalClient("tuusniemi.localhost")
    assert browser.get(FRONT).status_code == 302
    with in_console():
        tuusniemi.state = tuusniemi.State.FAILED
        tuusniemi.save()

    later = time.monotonic() + hosts.MEMORY + 0.1
    monkeypatch.setattr("tenants.hosts.time.monotonic", lambda: later)
    assert browser.get(FRONT).status_code == 404


def test_unknown_hosts_are_not_remembered(db):
    PortalClient("nowhere.localhost").get(FRONT)

    assert hosts._found == {}


def test_a_change_to_a_remembered_municipality_stays_with_the_one_who_made_it(db):
    first = hosts.municipality_at("kaavi.localhost")
    assert first
    first.name = "Somewhere else"

    again = hosts.municipality_at("kaavi.localhost")
    assert again
    assert again.name == "Kaavi"


def test_host_names_are_found_whatever_their_case_and_port(db):
    assert PortalClient("KAAVI.localhost:8123").get(FRONT).status_code == 302


def test_who_is_not_signed_in_is_sent_to_sign_in(db):
    answer = PortalClient("kaavi.localhost").get(FRONT)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_nobody_is_inside_after_the_answer(kaavi):
    Client(headers={"host": "kaavi.localhost"}).get(FRONT)  # Django's own client: it does not put the test's place back

    assert connection.schema_name is None
    connection.set_tenant(kaavi)


def test_a_cookie_of_one_host_is_nothing_at_another(kaavi, aino):
    browser = browser_of(aino)
    with in_municipality("tuusniemi"):
        twin = person("Aino", Role.COORDINATOR)
        User.objects.filter(pk=twin.pk).update(
            id=aino.pk, password=aino.password, session_mark=aino.session_mark
        )  # even the same key and hash

    assert browser.get(FRONT).status_code == 200
    for host in ("tuusniemi.localhost", "varkaus.localhost", "console.localhost"):
        assert browser.get(FRONT, headers={"host": host}).status_code == 302, host


def test_a_copied_session_row_is_nothing_at_another_municipality(kaavi, aino):
    browser = browser_of(aino)
    row = Session.objects.get()
    with in_municipality("tuusniemi"):
        twin = person("Aino", Role.COORDINATOR)
        User.objects.filter(pk=twin.pk).update(id=aino.pk, password=aino.password, session_mark=aino.session_mark)
        Session.objects.create(session_key=row.session_key, session_data=row.session_data, expire_date=row.expire_date)

    assert browser.get(FRONT, headers={"host": "tuusniemi.localhost"}).status_code == 302


def test_a_session_ends_after_ten_hours_however_busy(aino):
    browser = browser_of(aino)
    session = browser.session
    session["began"] -= 10 * 60 * 60 + 1
    session.save()

    assert browser.get(FRONT).status_code == 302


def test_a_person_who_was_disabled_is_out_at_the_next_request(aino):
    browser = browser_of(aino)
    assert browser.get(FRONT).status_code == 200

    aino.is_active = False
    aino.save()

    assert browser.get(FRONT).status_code == 302


def test_pages_of_signed_in_people_are_never_stored(aino_browser):
    assert "no-store" in aino_browser.get(FRONT).headers["Cache-Control"]
