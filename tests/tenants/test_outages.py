"""A full disk, a database that starts again: a sentence on the page, and nothing half written."""

import errno
import os
import threading
from contextlib import closing
from http.client import HTTPConnection

import psycopg
import pytest
from django.db import OperationalError
from django.urls import reverse

from casework.models import Document
from tenants.outages import is_full
from tests.browser.serving import served
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import a_pdf
from tests.databases import as_superuser
from tests.people import PortalClient, browser_of

OWN = "suunta_test_own"


def no_room(*given, **named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "pathlib.Path.replace", "pathlib.Path.mkdir"])
def test_a_file_that_has_no_room_leaves_neither_a_row_nor_a_piece(aino, settings, tmp_path, monkeypatch, step):
    settings.FILES = tmp_path
    case, browser = a_case(by=aino), browser_of(aino)
    browser.raise_request_exception = False
    form = {"file": a_pdf(), "kind": "statement_b", "title": "Lausunto", "dated_on": "2026-11-03"}
    monkeypatch.setattr(step, no_room)

    answer = browser.post(reverse("document_add", args=[case.number]), form)

    monkeypatch.undo()
    assert answer.status_code == 507
    assert "Palvelun levy on täynnä" in answer.text
    assert not Document.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    settings.FILES = tmp_path
    assert browser.post(reverse("document_add", args=[case.number]), {**form, "file": a_pdf()}).status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Tietokanta ei hetkeen vastannut"),
        ("sv", "Databasen svarade inte"),
        ("en", "Its database did not answer"),
    ],
)
def test_a_database_that_does_not_answer_is_said_in_the_visitors_language(db, monkeypatch, language, words):
    def away(*given, **named):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("tenants.accounts.invitations.find", away)
    visitor = PortalClient("kaavi.localhost", raise_request_exception=False)

    answer = visitor.get("/invitation/gZ3x-Secret_9/", headers={"Accept-Language": language})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert words in answer.text


@pytest.mark.parametrize("host", ["kaavi.localhost", "console.localhost"])
@pytest.mark.parametrize(
    ("language", "error", "nothing"),
    [
        ("fi", "Palvelussa tapahtui virhe", "Sivua ei löytynyt"),
        ("sv", "Ett fel uppstod i tjänsten", "Vi hittade inte sidan"),
        ("en", "An error occurred in the service", "We did not find this page"),
    ],
)
def test_any_other_error_and_a_page_that_is_not_there_are_said_in_the_visitors_language(
    db, monkeypatch, host, language, error, nothing
):
    monkeypatch.setattr("tenants.accounts.invitations.find", lambda *given, **named: 1 / 0)
    visitor, asked = PortalClient(host, raise_request_exception=False), {"Accept-Language": language}

    broken = visitor.get("/invitation/gZ3x-Secret_9/", headers=asked)
    missing = visitor.get("/nowhere/", headers=asked)

    assert (broken.status_code, missing.status_code) == (500, 404)
    assert error in broken.text
    assert nothing in missing.text
    assert "Traceback" not in broken.text


def test_a_full_disk_of_the_database_is_told_from_a_database_that_is_away():
    full, away = OperationalError("no space"), OperationalError("gone")
    full.__cause__, away.__cause__ = psycopg.errors.DiskFull(), psycopg.errors.AdminShutdown()

    assert [is_full(full), is_full(OSError(errno.ENOSPC, "")), is_full(OSError(errno.EDQUOT, ""))] == [True] * 3
    assert [is_full(away), is_full(OSError(errno.EPERM, "")), is_full(None)] == [False] * 3


def test_a_page_in_the_middle_of_which_the_database_ends_says_so_and_the_next_one_opens(own_database):
    with served(own_database) as port, as_superuser(OWN) as superuser:
        answers: list[tuple[int, str]] = []
        asking = threading.Thread(target=lambda: answers.append(ask(port)))
        superuser.execute("begin; lock table kaavi.django_session in access exclusive mode")
        asking.start()
        wait_until_somebody_waits()
        with as_superuser() as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = 'suunta_app'",
                [OWN],
            )
        asking.join()
        superuser.execute("rollback")

        assert answers[0][0] == 503
        assert "Tietokanta ei hetkeen vastannut" in answers[0][1]
        assert ask(port)[0] == 200


def ask(port):
    """Ask for a page that looks for a session."""
    headers = {"Host": "kaavi.localhost", "Cookie": f"suunta_session={'a' * 32}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as web:
        web.request("GET", "/account/login/", headers=headers)
        answer = web.getresponse()
        return answer.status, answer.read().decode()


def wait_until_somebody_waits():
    with as_superuser() as superuser:
        question = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
        for _ in range(1200):
            if superuser.execute(question, [OWN]).fetchone() != (0,):
                return
            threading.Event().wait(0.1)
    pytest.fail("nobody asked the locked table for two minutes")
