"""Handing documents over: on the client's consent or a provision of law, and only what is known to be clean."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.consents import disclosures, guard
from casework.documents.actions import DocumentNotServed
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import Case, Disclosure, Document
from casework.models.consent import Partner, Purpose
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, a_paper, handed_over, taken_back, withdrawn
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
MULTI_SECTOR = "381/2023 15 §"


@pytest.fixture
def case(kaavi, aino, settings, tmp_path) -> Case:
    settings.FILES = tmp_path
    return a_case(by=aino)


def test_without_consent_nothing_is_handed_over(case, aino):
    document = a_paper(case, by=aino)
    a_consent(case, purpose=Purpose.DISCUSS, by=aino)

    with pytest.raises(guard.ConsentMissing) as refused:
        handed_over(document, by=aino)

    assert refused.value.field == "partner"
    assert not Disclosure.objects.exists()


def test_what_is_handed_over_is_written_down_with_its_ground(case, aino):
    document, consent = a_paper(case, by=aino), a_consent(case, by=aino)

    disclosure = handed_over(document, by=aino)

    assert (disclosure.consent, disclosure.basis, disclosure.recipient) == (consent, "consent", "Kela, Kuopio")
    event = case.events.get(kind="document.handed_over")
    assert event.facts == {"kind": "statement_b", "partner": "kela", "ground": "consent"}
    assert (event.on, event.about_id) == (date(2026, 11, 20), document.pk)


def test_the_same_twice_is_one_and_another_receiver_is_another(case, aino):
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)

    for recipient in ("Kela", "Kela", "Kela, Joensuu"):
        handed_over(document, recipient=recipient, by=aino)

    assert Disclosure.objects.count() == 2


def test_a_provision_of_law_needs_no_consent_and_allows_only_its_own_partners(case, aino):
    document = a_paper(case, by=aino)

    disclosure = handed_over(document, ground=MULTI_SECTOR, by=aino)

    assert (disclosure.basis, disclosure.basis_note, disclosure.consent) == ("law", MULTI_SECTOR, None)
    for partner in (Partner.EMPLOYER, Partner.SERVICE_PRODUCER, Partner.RELATIVE):
        with pytest.raises(disclosures.GroundDoesNotCover):
            handed_over(document, partner, ground=MULTI_SECTOR, by=aino)


@pytest.mark.parametrize("ground", ["", "1/1734 1 §"])
def test_a_ground_that_is_none_allows_nothing(case, aino, ground):
    with pytest.raises(disclosures.GroundDoesNotCover):
        handed_over(a_paper(case, by=aino), ground=ground, by=aino)


def test_the_law_of_2025_allowed_nothing_before(case, aino):
    with pytest.raises(disclosures.GroundDoesNotCover):
        handed_over(a_paper(case, by=aino), ground=MULTI_SECTOR, on=date(2024, 12, 31), by=aino)


def test_a_consent_for_one_employer_is_none_for_another(case, aino):
    document = a_paper(case, by=aino)
    a_consent(case, Partner.EMPLOYER, partner_name="Rakennus Oy", by=aino)

    with pytest.raises(guard.ConsentNamesAnother):
        handed_over(document, Partner.EMPLOYER, recipient="Siivous Oy", by=aino)
    assert handed_over(document, Partner.EMPLOYER, recipient="rakennus oy", by=aino).basis == "consent"


def test_after_the_consent_was_taken_back_nothing_is_handed_over_but_what_was_stays(case, aino):
    document, consent = a_paper(case, by=aino), a_consent(case, by=aino)
    handed_over(document, by=aino)
    taken_back(case, consent, by=aino)

    with pytest.raises(guard.ConsentMissing):
        handed_over(document, recipient="Kela, Joensuu", on=TODAY, by=aino)
    assert case.disclosures.count() == 1


@pytest.mark.parametrize("state", [Document.ScanState.INFECTED, Document.ScanState.WAITING])
def test_an_infected_or_waiting_file_is_not_handed_over(case, aino, monkeypatch, state):
    monkeypatch.setattr("tenants.scanning.is_set_up", lambda: True)
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)
    Document.objects.update(scan_state=state)

    with pytest.raises(DocumentNotServed):
        handed_over(document, by=aino)


def test_not_tomorrow_not_to_nobody_and_not_from_a_closed_case(case, aino):
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)

    with pytest.raises(InTheFuture):
        handed_over(document, on=TODAY + timedelta(1), by=aino)
    with pytest.raises(disclosures.ReceiverMissing):
        handed_over(document, recipient="", by=aino)
    withdrawn(case, by=aino)
    with pytest.raises(CaseIsClosed):
        handed_over(document, by=aino)


def test_a_case_opened_again_asks_the_consent_anew(case, aino):
    document = a_paper(case, by=aino)
    a_consent(case, by=aino)
    cases.reopen(case=withdrawn(case, by=aino), by=aino, at=NOON)

    with pytest.raises(guard.ConsentMissing):
        handed_over(document, on=TODAY, by=aino)
