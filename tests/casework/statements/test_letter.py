"""The letter that asks for a statement: the question, by when, the consent it rests on, and where the answer goes."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.models import Correction, StatementRequest
from casework.models.consent import Partner, Purpose
from casework.statements import letter as letters
from tenants.printing import report_pdf
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent
from tests.casework.statements.making import a_statement
from tests.conftest import NOON
from tests.papers import pdf_text, read_docx, read_pdf
from tests.people import browser_of

TODAY = date(2026, 11, 23)
HOME = "Työkykykoordinaatio\nKaavintie 1\n73600 Kaavi"
NAMES = ("statement_letter", "statement_pdf", "statement_docx")


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def asked(aino, **details: Any) -> StatementRequest:
    request = a_statement(by=aino, **details)
    return letters.write(
        request=request, purpose=request.purpose, return_to=HOME, version=request.version, by=aino, at=NOON
    )


def text_of(request: StatementRequest, language: str = "fi") -> str:
    return pdf_text(report_pdf(letters.paper(request, language=language, on=TODAY)))


def page(name: str, request: StatementRequest) -> str:
    return reverse(name, args=[request.case.number, request.pk])


def test_it_says_who_is_asked_what_by_when_and_where_to_send_it(kaavi, aino):
    request = asked(aino)

    text = text_of(request)

    for words in (
        *("Dr Koski, Kaavi health centre", "20.11.2026", "what cannot be done because of them", "Kaavintie 1"),
        *(request.case.client.name, request.case.client.identity_code),
    ):
        assert words in text


def test_it_names_the_consent_it_rests_on(kaavi, aino):
    request = asked(aino)
    a_consent(request.case, Partner.HEALTH_CARE, Purpose.HAND_OVER, valid_until=date(2027, 5, 31), by=aino)

    text = text_of(request)

    assert "1.9.2026" in text
    assert "31.5.2027" in text
    assert "____" not in text


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"partner": Partner.KELA, "purpose": Purpose.HAND_OVER},
        {"partner": Partner.HEALTH_CARE, "purpose": Purpose.DISCUSS, "valid_until": date(2026, 10, 1)},
        {"partner": Partner.HEALTH_CARE, "purpose": Purpose.ACCOMPANY},
    ],
)
def test_without_a_consent_it_claims_none_and_the_client_signs(kaavi, aino, given):
    request = asked(aino)
    if given:
        a_consent(request.case, **given, by=aino)

    text = text_of(request)

    assert "1.9.2026" not in text
    assert "____" in text


@pytest.mark.parametrize(("asked_for", "spoken", "language"), [("", "sv", "sv"), ("fi", "sv", "fi"), ("", "ar", "fi")])
def test_it_is_in_a_language_in_which_a_receiver_is_written_to(kaavi, aino, asked_for, spoken, language):
    request = asked(aino, case=a_case(by=aino, language=spoken))

    paper = letters.paper(request, language=letters.language_of(request.case.client, asked_for), on=TODAY)

    assert read_pdf(report_pdf(paper)).language == language


def test_under_a_protective_order_it_names_no_municipality_and_says_so(kaavi, aino):
    case = a_case(by=aino, protective_order_source="Shown", city="Tuusniemi")
    request = a_statement(case=case, asked_of="Tri Koski", by=aino)

    text = text_of(request)

    assert "turvakielto" in text.lower()
    assert "Kaavi" not in text
    assert "Tuusniemi" not in text


def test_the_return_address_is_remembered_for_the_next_letter(kaavi, aino, aino_browser):
    asked(aino)
    another = a_statement(case=a_case(by=aino), by=aino)

    assert "Kaavintie 1" in aino_browser.get(page("statement_letter", another)).text


def test_the_letter_is_written_and_then_printed(kaavi, aino, aino_browser):
    request = a_statement(by=aino)
    typed = {"purpose": "Jaksaako seistä?", "return_to": HOME, "version": request.version}

    shown = aino_browser.post(page("statement_letter", request), typed, follow=True).text

    assert page("statement_pdf", request) in shown
    assert "Jaksaako seistä?" in read_pdf(aino_browser.get(page("statement_pdf", request)).content).text
    assert "Jaksaako seistä?" in read_docx(aino_browser.get(page("statement_docx", request)).content).text


def test_another_question_keeps_the_first_one_in_the_history(kaavi, aino):
    request = asked(aino)

    letters.write(request=request, purpose="Uusi", return_to=HOME, version=request.version, by=aino, at=NOON)

    assert "what cannot be done" in Correction.objects.latest("created_at").before


def test_two_who_write_it_do_not_write_over_each_other(kaavi, aino):
    request = a_statement(by=aino)
    asked_again: dict[str, Any] = {"purpose": "Uusi", "return_to": HOME, "version": request.version}
    letters.write(request=request, **asked_again, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        letters.write(request=request, **asked_again, by=aino, at=NOON)


@pytest.mark.parametrize("name", NAMES)
def test_the_outsider_finds_nothing(kaavi, aino, cecilia, tuusniemi, name):
    address = page(name, a_statement(by=aino))
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_who_has_another_role_is_refused(kaavi, aino, paula, name):
    assert browser_of(paula).get(page(name, a_statement(by=aino))).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_the_colleague_without_a_reason_is_asked_for_one(kaavi, aino, bertta, name):
    request = a_statement(by=aino)

    answer = browser_of(bertta).get(page(name, request))

    assert answer.headers["Location"].startswith(reverse("case_reason", args=[request.case.number]))


@pytest.mark.parametrize("name", ["statement", *NAMES])
def test_a_page_asks_few_questions(kaavi, aino, aino_browser, django_assert_max_num_queries, name):
    request = asked(aino)

    with django_assert_max_num_queries(15):
        assert aino_browser.get(page(name, request)).status_code == 200
