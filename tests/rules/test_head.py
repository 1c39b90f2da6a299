"""HEAD is GET without the body on every page: scanners of mail and monitors ask so."""

import logging

import pytest

from tenants.accounts.models import Invitation
from tests.conftest import NOON
from tests.people import PortalClient
from tests.rules.test_nul import address, house  # noqa: F401  (a fixture)
from tests.tenants.accounts.test_invitations import PASSWORD, invite, link_in_the_mail, token_in_the_mail


def test_every_page_answers_head_as_it_answers_get(house):  # noqa: F811
    routes, browser, known = house
    wrong = []
    for route in (route for route in routes if route.name != "account_logout"):
        path = address(route, known)
        asked, told = browser.head(path), browser.get(path)
        if asked.status_code != told.status_code or b"".join(asked):
            wrong.append((str(route), asked.status_code, told.status_code))

    assert wrong == []


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/accessibility/", "/account/login/", "/nowhere/"])
def test_a_stranger_may_ask_by_head_too(db, path):
    asked, told = PortalClient("kaavi.localhost").head(path), PortalClient("kaavi.localhost").get(path)

    assert (asked.status_code, asked.content) == (told.status_code, b"")


@pytest.fixture
def log():
    """The lines of the log, whoever writes them."""
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Lines()
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def test_a_mail_scanner_that_asks_for_an_invitation_by_head_uses_nothing_up(paula, log, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    invite(paula)
    scanner = PortalClient("kaavi.localhost")

    answer = scanner.head(link_in_the_mail())

    assert (answer.status_code, answer.content) == (200, b"")
    assert Invitation.objects.get().accepted_at is None
    assert token_in_the_mail() not in "".join(log)


def test_the_log_has_no_part_of_an_invitation_that_was_used_up(paula, log, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    invite(paula)
    visitor = PortalClient("kaavi.localhost")
    visitor.post(link_in_the_mail(), {"name": "Eeva", "password": PASSWORD, "password_again": PASSWORD})

    assert visitor.head(link_in_the_mail()).status_code == 410
    assert "Gone" in "".join(log)
    assert token_in_the_mail()[:12] not in "".join(log)
