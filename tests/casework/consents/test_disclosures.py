"""Handing documents over: on the client's consent or a provision of law, and only what is known to be clean."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.consents import disclosures, guard
from casework.documents.actions import DocumentNotServed
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.models import Case, Disclosure, Document
from casework.models.consent import Partner, Purpose
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, a_paper, handed_over, taken_back, withdrawn
from tests.conftest import NOON
from tests.people import browser_of

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


# --- what was written down wrong ----------------------------------------------------------------------------------


def corrected(disclosure, *, by, **others) -> Disclosure:
    said = {name: getattr(disclosure, name) for name in ("partner", "recipient", "on", "ground", "version")} | others
    return disclosures.correct(disclosure=disclosure, **said, reason="Väärä päivä", by=by, at=NOON)


def test_what_was_handed_over_is_corrected_on_a_ground_that_holds(case, aino):
    consent = a_consent(case, given_on=date(2026, 11, 2), by=aino)
    disclosure = handed_over(a_paper(case, by=aino), by=aino)

    with pytest.raises(guard.ConsentMissing):
        corrected(disclosure, on=date(2026, 11, 1), by=aino)
    with pytest.raises(disclosures.ReceiverMissing):
        corrected(disclosure, recipient="", by=aino)
    found = corrected(disclosure, on=date(2026, 11, 5), by=aino)
    assert (found.on, found.consent, found.recipient) == (date(2026, 11, 5), consent, "Kela, Kuopio")
    found = corrected(found, on=date(2026, 11, 1), ground=MULTI_SECTOR, by=aino)

    assert (found.basis, found.ground, found.consent) == ("law", MULTI_SECTOR, None)
    assert case.events.filter(kind="disclosure.corrected", about_id=found.pk).count() == 2
    assert [earlier.correction.reason for earlier in corrections.of_row(found)] == ["Väärä päivä"] * 2


def test_what_was_not_handed_over_is_taken_off_and_holds_no_consent(case, aino):
    consent = a_consent(case, by=aino)
    disclosure = handed_over(a_paper(case, by=aino), by=aino)

    disclosures.take_back(disclosure=disclosure, reason="Jäi tänne", version=1, by=aino, at=NOON)

    assert (case.disclosures.count(), consent.disclosures.count()) == (0, 0)
    with pytest.raises(TakenBack):
        corrected(disclosure, version=2, by=aino)


def test_it_is_corrected_and_taken_off_where_it_is_listed(case, aino, aino_browser):
    a_consent(case, by=aino)
    disclosure = handed_over(a_paper(case, by=aino), by=aino)
    listed, page = (
        reverse("case_disclosures", args=[case.number]),
        reverse("disclosure_correct", args=[case.number, disclosure.pk]),
    )
    assert page in aino_browser.get(listed).content.decode()
    form = aino_browser.get(page).context["form"]
    typed = {name: value for name, value in form.initial.items() if value} | {"recipient": "Kela, Joensuu"}
    assert "reason" in aino_browser.post(page, typed).context["form"].errors
    assert aino_browser.post(page, typed | {"reason": "Väärä toimisto"}).url == listed

    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert "Kela, Kuopio" in told
    remove = reverse("disclosure_remove", args=[case.number, disclosure.pk])
    aino_browser.post(remove, {"version": 2, "reason": "Jäi tänne"})
    assert (aino_browser.get(page).status_code, aino_browser.get(listed).status_code) == (404, 200)
    assert aino_browser.get(reverse("case_timeline", args=[case.number])).status_code == 200


@pytest.mark.parametrize("name", ["disclosure_correct", "disclosure_remove"])
def test_its_pages_are_behind_the_door_of_its_case(case, aino, bertta, daavid, cecilia, tuusniemi, name):
    a_consent(case, by=aino)
    disclosure = handed_over(a_paper(case, by=aino), by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    page = reverse(name, args=[case.number, disclosure.pk])

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(reverse(name, args=[a_case(by=aino).number, disclosure.pk])).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
