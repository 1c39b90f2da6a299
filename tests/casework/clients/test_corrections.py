"""Old details of a client stay, sealed; what a protective order hides stays hidden in the history, too."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.models import Case, Client, Correction
from casework.timeline import corrections
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

DAY = date(2026, 11, 23)
CANARY = "Kanariakatu 7"
PAGES = ("case", "case_basics", "case_timeline", "case_corrections", "client_edit", "client_reveal")


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, opened_on=date(2026, 10, 1), street=CANARY)


def change(case, *, by, **others):
    client = Client.objects.get(pk=case.client_id)
    known: dict[str, Any] = {name: getattr(client, name) for name in ClientDetails.__dataclass_fields__}
    details = ClientDetails(**known | others)
    return clients.change(client=client, details=details, version=client.version, by=by, at=NOON)


def pages_of(case, user):
    browser = browser_of(user)
    return "".join(browser.get(reverse(name, args=[case.number])).content.decode() for name in PAGES)


def test_an_old_address_is_read_in_the_history_and_lies_sealed(case, aino, aino_browser):
    change(case, by=aino, street="Uusikatu 1")

    [earlier] = corrections.of_row(Client.objects.get())
    assert [(str(old.label), old.said) for old in earlier.olds] == [("Katuosoite", CANARY)]
    assert CANARY in aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert CANARY in aino_browser.get(reverse("client_edit", args=[case.number])).content.decode()
    kept: Any = Correction.objects.values_list("before", flat=True)
    assert b"Kanaria" not in kept[0].content


@pytest.mark.parametrize("is_protected_first", [True, False])
def test_no_page_tells_an_old_address_of_a_protected_client(case, aino, daavid, is_protected_first):
    cases.add_participant(case=case, user=daavid, since=DAY, by=aino, at=NOON)
    order, moved = {"protective_order_source": "DVV"}, {"street": "Piilokatu 2"}
    for others in (order, moved) if is_protected_first else (moved, order):
        change(case, by=aino, **others)

    for user in (aino, daavid):
        assert [word for word in (CANARY, "Piilokatu 2") if word in pages_of(case, user)] == []


def test_who_gives_a_reason_sees_the_old_address_with_the_new_one(case, aino, aino_browser):
    change(case, by=aino, street="Piilokatu 2", protective_order_source="DVV")

    reason = {"reason": "Lähetän kutsun lääkäriin."}
    page = aino_browser.post(reverse("client_reveal", args=[case.number]), reason).content.decode()

    assert [word in page for word in (CANARY, "Piilokatu 2")] == [True, True]
    assert AccessEntry.objects.filter(action="client.revealed", subject=case.number).exists()


def test_an_order_that_has_ended_hides_the_old_address_no_more(case, aino):
    change(case, by=aino, street="Piilokatu 2", protective_order_source="DVV")
    change(case, by=aino, street="Piilokatu 2", protective_order_source="")

    assert CANARY in pages_of(case, aino)


def test_details_changed_without_an_open_case_stand_in_the_history_of_the_closed_one(case, aino):
    cases.close(case=case, outcome="moved", closed_on=DAY, version=case.version, by=aino, at=NOON)

    change(case, by=aino, street="Uusikatu 1")

    assert Correction.objects.get().case is None
    [earlier] = corrections.described(corrections.of_case(case))
    assert [old.said for old in earlier.olds] == [CANARY]


def test_another_answer_keeps_the_first_one(case, aino):
    for answer, version in ((True, 1), (False, 2)):
        clients.record_voluntariness(
            client=case.client, is_voluntary=answer, asked_on=DAY, version=version, by=aino, at=NOON
        )

    newest, _first = corrections.of_row(Client.objects.get())
    assert [(str(old.label), old.said) for old in newest.olds] == [("Haluaa palvelun", "kyllä")]


# --- the team ---------------------------------------------------------------------------------------------------------


def test_the_day_of_joining_is_corrected_with_a_reason(case, aino, daavid, aino_browser):
    participant = cases.add_participant(case=case, user=daavid, since=DAY, by=aino, at=NOON)
    page = reverse("participant_correct", args=[case.number, participant.pk])
    assert page in aino_browser.get(reverse("case_team", args=[case.number])).content.decode()
    assert list(aino_browser.get(page).context["form"].fields) == ["since", "reason", "version"]
    assert "reason" in aino_browser.post(page, {"since": "2026-11-02", "version": 1}).context["form"].errors

    aino_browser.post(page, {"since": "2026-11-02", "version": 1, "reason": "Aloitti aiemmin"})

    participant.refresh_from_db()
    assert participant.since == date(2026, 11, 2)
    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert [words in told for words in ("Daavid", "23.11.2026", "Aloitti aiemmin")] == [True] * 3


def test_nobody_joined_after_they_left(case, aino, daavid):
    participant = cases.add_participant(case=case, user=daavid, since=date(2026, 11, 2), by=aino, at=NOON)
    cases.remove_participant(participant=participant, until=date(2026, 11, 9), by=aino, at=NOON)
    right: dict[str, Any] = {"participant": participant, "reason": "x", "version": 1, "by": aino, "at": NOON}

    with pytest.raises(cases.LeftBefore):
        cases.correct_participant(since=date(2026, 11, 10), **right)
