"""The paper of an application for removal, read back: in the client's official language, with what it must tell."""

from datetime import date
from typing import Any

import pytest

from casework.models import Case, Removal
from casework.removals import letter as letters
from tenants.printing import report_pdf
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper
from tests.casework.removals.making import a_final_decision, a_removal, filed
from tests.casework.representatives.making import a_representation
from tests.conftest import NOON
from tests.papers import pdf_text, read_pdf

TODAY = date(2026, 11, 23)
LINE = "____"


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


def removal_of(case: Case, *, by: Any, **details: Any) -> Removal:
    return a_removal(decision=a_final_decision(case, by=by), by=by, **details)


def text_of(removal: Removal) -> str:
    return " ".join(pdf_text(report_pdf(letters.paper(removal, on=TODAY))).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Hakemus lainvoimaisen päätöksen poistamiseksi", "3.3.2025", "puutteelliseen selvitykseen")),
        ("sv", ("Ansökan om undanröjande av ett lagakraftvunnet beslut", "3.3.2025", "bristfällig utredning")),
    ],
)
def test_it_says_who_applies_about_which_decision_and_what_is_wrong_with_it(kaavi, aino, language, words):
    case = a_case(by=aino, language=language, phone="040 123 4567")
    paper = a_paper(case, title="Leikkauskertomus", dated_on=date(2024, 12, 2), by=aino)

    text = text_of(removal_of(case, attachments=[paper], by=aino))

    known = (case.client.name, case.client.identity_code, "040 123 4567", "Keva", "Leikkaus jäi huomiotta.")
    for word in (*words, *known, "Leikkauskertomus, 2.12.2024"):
        assert word in text


@pytest.mark.parametrize(("language", "paper"), [("fi", "fi"), ("sv", "sv"), ("so", "fi")])
def test_it_is_in_the_official_language_of_the_client(kaavi, aino, language, paper):
    removal = removal_of(a_case(by=aino, language=language), by=aino)

    assert read_pdf(report_pdf(letters.paper(removal, on=TODAY))).language == paper


@pytest.mark.parametrize(
    ("receiver", "name"),
    [("decider", "Keva"), ("board", "muutoksenhakulautakunta"), ("court", "akuutusoikeus"), ("unknown", LINE)],
)
def test_it_goes_to_whom_somebody_has_said_and_else_there_is_a_line_for_it(kaavi, aino, receiver, name):
    paper = letters.paper(removal_of(a_case(by=aino), receiver=receiver, by=aino), on=TODAY)

    assert name in dict(paper.facts)["Vastaanottaja"]


def test_it_claims_neither_that_it_is_free_nor_until_when_it_may_be_asked(kaavi, aino):
    text = text_of(removal_of(a_case(by=aino), by=aino)).lower()

    for claim in ("maksuton", "viiden vuoden", "5 vuo"):
        assert claim not in text


def test_both_errors_are_named_when_there_are_both(kaavi, aino):
    text = text_of(removal_of(a_case(by=aino), error="both", by=aino))

    assert "puutteelliseen selvitykseen" in text
    assert "lain vastainen" in text


def test_who_acts_by_power_of_attorney_signs_and_it_is_attached(kaavi, aino):
    case = a_case(by=aino)
    power = a_paper(case, "power_of_attorney", title="Valtakirja", dated_on=date(2026, 11, 3), by=aino)

    text = text_of(removal_of(case, signed_by="Asko Auttaja", power_of_attorney=power, by=aino))

    assert f"Asko Auttaja valtakirjalla, muutoksenhakija: {case.client.name}" in text
    assert "Valtakirja, 3.11.2026" in text


def test_a_guardian_signs_and_their_order_is_attached(kaavi, aino):
    case = a_case(by=aino)
    order = a_paper(case, title="Edunvalvontamääräys", dated_on=date(2026, 1, 7), by=aino)

    text = text_of(removal_of(case, representation=a_representation(case, document=order, by=aino), by=aino))

    assert "Tuula Turva" in text
    assert "Edunvalvontamääräys, 7.1.2026" in text


def test_of_a_client_who_has_died_the_estate_asks(kaavi, aino):
    case = a_case(by=aino, phone="040 123 4567")
    removal = removal_of(case, signed_by="Asko Auttaja", by=aino)
    Case.objects.update(outcome="died", closed_on=TODAY)

    text = text_of(removal)

    assert f"{case.client.name} (kuolinpesä)" in text
    assert "Kuolinpesä vaatii" in text
    for gone in ("Asko Auttaja", "040 123 4567"):
        assert gone not in text


def test_under_a_protective_order_it_tells_no_address_and_says_so(kaavi, aino):
    case = a_case(by=aino, language="sv", phone="040 123 4567", protective_order_source="Shown")

    text = text_of(removal_of(case, by=aino))

    assert "spärrmarkering" in text.lower()
    for canary in ("040 123", "Adress _", "Telefon _"):
        assert canary not in text


def test_why_it_is_late_stands_in_it(kaavi, aino):
    days: dict[str, Any] = {"filed_on": date(2020, 9, 1), "decided_on": date(2020, 11, 2)}
    decision = a_final_decision(**days, notice_on=date(2020, 11, 3), by=aino)
    late = filed(a_removal(decision=decision, by=aino), late_reason="Virhe löytyi nyt.", by=aino)

    assert "Virhe löytyi nyt." in text_of(late)
