"""The outbox as an operator sees it."""

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html

from tenants.mail.kinds import kind_of
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.conftest import NOON
from tests.people import browser_of
from tests.tenants.markup import select, words

CONSOLE = "deploy.urls_console"
SECRET = "Virtanen"


def written(key: str, state: OutgoingEmail.State, template: str = "x") -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        key=key,
        to_email=f"{key}@kaavi.example",
        template=template,
        language="fi",
        subject=SECRET,
        text=SECRET,
        html=SECRET,
        state=state,
        due_at=NOON,
    )


@pytest.fixture
def unclear_mail(kaavi):
    return written("unclear", OutgoingEmail.State.UNKNOWN)


@pytest.fixture
def oiva_browser(db, console, oiva):
    return browser_of(oiva)


def list_address(**query: str) -> str:
    return reverse("mail_list", urlconf=CONSOLE, query=query)


def decide_address(mail: OutgoingEmail, place: str = "kaavi") -> str:
    return reverse("mail_decide", args=[place, mail.pk], urlconf=CONSOLE)


def test_the_list_of_a_place_shows_addresses_and_states_but_no_text(unclear_mail, oiva_browser):
    page = oiva_browser.get(list_address(place="kaavi")).content.decode()

    assert "unclear@kaavi.example" in page
    assert SECRET not in page


def test_the_kind_of_a_mail_is_a_word_of_the_floor_that_writes_it(kaavi, oiva, oiva_browser):
    with in_municipality("kaavi"):
        for template in ("accounts/emails/invitation", "casework/emails/appeal_deadline", "unnamed"):
            written(template, OutgoingEmail.State.PENDING, template)

    page = html.fromstring(oiva_browser.get(list_address(place="kaavi")).text)

    shown = {words(row[1]) for row in select(page, "tbody tr")}
    with translation.override(oiva.language):
        named = {
            str(kind_of(template)) for template in ("accounts/emails/invitation", "casework/emails/appeal_deadline")
        }
    assert shown == {"unnamed"} | named
    assert not any("/" in name for name in named)


def test_another_place_shows_its_own_mails_only(unclear_mail, oiva_browser):
    for query in ({"place": "tuusniemi"}, {}):
        assert "unclear@kaavi.example" not in oiva_browser.get(list_address(**query)).content.decode()


def test_an_unknown_place_is_a_404(oiva_browser):
    assert oiva_browser.get(list_address(place="nowhere")).status_code == 404


@pytest.mark.parametrize(("decision", "state"), [("sent", "sent"), ("resend", "pending")])
def test_an_operator_decides_the_fate_of_an_unclear_mail(unclear_mail, oiva_browser, decision, state):
    oiva_browser.post(decide_address(unclear_mail), {"decision": decision})

    with in_municipality("kaavi"):
        unclear_mail.refresh_from_db()
    assert unclear_mail.state == state


def test_the_neighbours_mail_is_not_found_under_ones_own_place(unclear_mail, oiva_browser):
    assert oiva_browser.post(decide_address(unclear_mail, "tuusniemi"), {"decision": "sent"}).status_code == 404


def test_finance_may_not_look(console, fiona):
    assert browser_of(fiona).get(list_address()).status_code == 403
