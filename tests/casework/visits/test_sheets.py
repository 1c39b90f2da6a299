"""The preparation sheet as a paper: in the client's language, with illnesses and limits, never where somebody lives."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.visits.actions import Preparation
from casework.visits.sheets import sheet
from tenants.rough_days import parse
from tests.casework.applications.making import an_illness
from tests.casework.cases.making import a_case
from tests.casework.visits.making import PLACE, SALO, an_appointment, in_db, prepared

CONTACT: dict[str, Any] = {"phone": "040 765 4321", "street": "Salakatu 7", "postal_code": "73600", "city": "Kaavi"}


def text_of(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def printed(browser, appointment, name="appointment_sheet_pdf"):
    return browser.get(reverse(name, args=[appointment.case.number, appointment.pk]))


@pytest.fixture
def visit(kaavi, aino):
    case = a_case(by=aino, language="en", **CONTACT)
    an_illness(case, "Back pain", icd10="M54.5", since=parse("2015"), effect="Cannot sit for an hour.", by=aino)
    return prepared(an_appointment(case, by=aino), by=aino)


def test_the_paper_holds_what_the_client_says_and_every_illness_with_its_limits(visit, aino_browser):
    answer = printed(aino_browser, visit)

    words = text_of(answer)
    for expected in ("I cannot sit for an hour.", "A statement B.", "Back pain (M54.5), since 2015: Cannot sit for an"):
        assert expected in words
    for fact in ("Matti Meikäläinen", "5.3.1974", PLACE, SALO, "Aino"):
        assert fact in words


def test_the_paper_is_a_download_whose_name_tells_of_nobody(visit, aino_browser):
    headers = printed(aino_browser, visit).headers

    assert headers["Content-Disposition"] == f'attachment; filename="{visit.case.number}-2026-11-26.pdf"'
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["appointment_sheet", "appointment_sheet_pdf"])
def test_neither_address_nor_phone_nor_identity_code_is_on_it(visit, aino_browser, name):
    answer = printed(aino_browser, visit, name)

    words = text_of(answer) if name.endswith("pdf") else answer.text
    for secret in ("040 765 4321", "Salakatu", "73600", visit.case.client.identity_code):
        assert secret not in words


@pytest.mark.parametrize("name", ["appointment_sheet", "appointment_sheet_pdf"])
def test_under_a_protective_order_it_names_no_place_and_no_other_person(kaavi, aino, aino_browser, name):
    case = a_case(by=aino, protective_order_source="the client", **CONTACT)

    answer = printed(aino_browser, prepared(an_appointment(case, by=aino), by=aino), name)

    words = text_of(answer) if name.endswith("pdf") else answer.text
    assert "Aino" in words
    assert not [secret for secret in (PLACE, SALO, "040 765 4321", "Salakatu", "73600", "Kaavi,") if secret in words]


def test_under_a_heading_to_which_nothing_was_written_there_are_lines_to_write_on(kaavi, aino):
    made = prepared(an_appointment(a_case(by=aino), by=aino), preparation=Preparation(wants_to_say="Selkä."), by=aino)

    found = {section.heading: (section.paragraphs, section.lines) for section in sheet(in_db(made), []).sections}

    assert found["Mitä haluan sanoa"] == (["Selkä."], 0)
    assert found["Mitä pyydämme"] == ([], 4)
    assert all(paragraphs or lines for paragraphs, lines in found.values())


@pytest.mark.parametrize(("spoken", "written"), [("fi", "fi"), ("sv", "sv"), ("en", "en"), ("so", "fi"), ("sgn", "fi")])
def test_the_fixed_words_are_in_the_language_of_the_client(kaavi, aino, aino_browser, spoken, written):
    case = a_case(by=aino, language=spoken)
    made = an_appointment(case, by=aino)

    assert sheet(in_db(made), []).language == written
    assert f'lang="{written}"' in printed(aino_browser, made, "appointment_sheet").text


def test_a_letter_that_no_typeface_has_breaks_no_paper(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    an_illness(case, "Pain 🤕 ﷽", by=aino)

    assert printed(aino_browser, an_appointment(case, by=aino)).content.startswith(b"%PDF")


def test_a_sheet_nobody_has_written_is_still_a_paper(kaavi, aino, aino_browser):
    made = an_appointment(a_case(by=aino), by=aino, place="", with_whom="")

    assert printed(aino_browser, made).content.startswith(b"%PDF")
    assert printed(aino_browser, made, "appointment_sheet").status_code == 200


def test_the_text_is_large_enough_for_ones_knees(visit, aino_browser):
    sizes = []

    def note(text, cm, tm, font, size):
        if "sit" in text:
            sizes.append(size * abs(tm[0]))

    page = PdfReader(BytesIO(printed(aino_browser, visit).content)).pages[0]
    page.extract_text(visitor_text=note)

    assert min(sizes) >= 14
