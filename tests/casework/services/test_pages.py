"""Logging a service; here also the manners of every form that is sent twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from lxml import html

from casework.models import Case, ServiceEntry
from tenants.accounts.permissions import Role
from tenants.once import sending
from tenants.once.models import SentForm
from tests.casework.cases.making import a_case
from tests.clock import NOON
from tests.people import PortalClient, browser_of, person
from tests.tenants.markup import select

FILLED = {"product": "coordination", "on": "2026-11-23", "minutes": "75", "what": "Tapaaminen", "is_billable": "on"}
ADDED = "Työ on kirjattu."
SENT_BEFORE = "Olit jo lähettänyt tämän lomakkeen kerran. Myös silloin lähettämäsi on tallessa."


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino)


def address(case: Case) -> str:
    return f"/cases/{case.number}/services/add/"


def key_of(browser: PortalClient, case: Case) -> str:
    """The one-time key that the page draws."""
    (field,) = select(html.fromstring(browser.get(address(case)).content), f"input[name={sending.FIELD}]")
    return str(field.get("value"))


def said(browser: PortalClient, answer: Any) -> list[str]:
    """What the person reads on the page they are led to."""
    return [str(message) for message in get_messages(browser.get(answer.headers["Location"]).wsgi_request)]


def test_every_showing_of_a_form_has_a_key_of_its_own(case, aino_browser):
    assert key_of(aino_browser, case) != key_of(aino_browser, case)


def test_the_same_filled_form_sent_twice_is_one_entry(case, aino_browser):
    """Case A1: the second sending leads to the first."""
    fields = FILLED | {sending.FIELD: key_of(aino_browser, case)}

    first = aino_browser.post(address(case), fields)
    words = said(aino_browser, first)
    second = aino_browser.post(address(case), fields)

    assert ServiceEntry.objects.count() == 1
    assert second.status_code == first.status_code == 302
    assert second.headers["Location"] == first.headers["Location"] == f"/cases/{case.number}/services/"
    assert said(aino_browser, second) == words == [ADDED]


def test_what_waits_to_be_read_is_not_said_twice(case, aino_browser):
    fields = FILLED | {sending.FIELD: key_of(aino_browser, case)}

    aino_browser.post(address(case), fields)
    second = aino_browser.post(address(case), fields)

    assert said(aino_browser, second) == [ADDED]


def test_two_showings_are_two_entries(case, aino_browser):
    for _ in range(2):
        aino_browser.post(address(case), FILLED | {sending.FIELD: key_of(aino_browser, case)})

    assert ServiceEntry.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"minutes": ""}, {"on": "2026-11-24"}], ids=["not valid", "refused by the action"])
def test_a_form_that_came_back_can_be_sent_with_the_same_key(case, aino_browser, wrong):
    key = {sending.FIELD: key_of(aino_browser, case)}

    assert aino_browser.post(address(case), FILLED | wrong | key).status_code == 200
    assert not SentForm.objects.exists()
    assert aino_browser.post(address(case), FILLED | key).status_code == 302
    assert ServiceEntry.objects.count() == 1


def test_who_goes_back_and_types_something_else_loses_nothing_and_is_told(case, aino_browser):
    key = {sending.FIELD: key_of(aino_browser, case)}

    said(aino_browser, aino_browser.post(address(case), FILLED | key))
    second = aino_browser.post(address(case), FILLED | {"minutes": "30"} | key)

    assert set(ServiceEntry.objects.values_list("minutes", flat=True)) == {75, 30}
    assert said(aino_browser, second) == [ADDED, SENT_BEFORE]


def test_a_key_is_nothing_to_somebody_else_or_to_another_form(case, aino, aino_browser, kaavi):
    other_browser, other_case = browser_of(person("Eeva", Role.SUPERVISOR)), a_case(by=aino, last_name="Toinen")
    key = {sending.FIELD: key_of(aino_browser, case)}
    aino_browser.post(address(case), FILLED | key)

    aino_browser.post(address(other_case), FILLED | key)
    other_browser.post(address(case), FILLED | key)

    assert ServiceEntry.objects.filter(case=other_case).count() == 1
    assert SentForm.objects.count() == ServiceEntry.objects.count()


def test_nothing_of_what_was_typed_is_kept_with_the_key(case, aino_browser):
    aino_browser.post(address(case), FILLED | {sending.FIELD: "avain"})

    kept = SentForm.objects.values().get()

    assert all("Tapaaminen" not in str(value) and "avain" not in str(value) for value in kept.values())


def test_old_keys_are_forgotten(case, aino_browser):
    aino_browser.post(address(case), FILLED | {sending.FIELD: "avain"})

    assert sending.forget_old(at=timezone.now()) == 0
    assert sending.forget_old(at=NOON + sending.KEPT_FOR + timedelta(minutes=5)) == 1
