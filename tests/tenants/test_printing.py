"""Papers: no letter anybody types breaks one."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tenants.printing import FONTS, Report, Section, Table, report_pdf
from tenants.printing.letters import letters_of, printable

ON = date(2026, 11, 23)


def printed(text: str) -> str:
    section = Section(heading=text, facts=[(text, text)], paragraphs=[text], points=[text])
    table = Section(heading="Table", table=Table(columns=["a"], rows=[[text]]))
    paper = Report(language="fi", title="Paper", author="Kaavi", on=ON, sections=[section, table], footer=text)
    return PdfReader(io.BytesIO(report_pdf(paper))).pages[0].extract_text()


@pytest.mark.parametrize("text", ["Äiti löysi Škodan", "Привет", "Ω ≤ 5 €", "a\u0301 – ”b”", "#let x = [*]$_`<a>"])
def test_letters_of_europe_and_signs_of_the_typesetter_are_printed_as_they_are(text):
    assert printable(text, FONTS) in printed(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hei 😀!", "Hei ?!"),
        ("مرحبا", "?????"),
        ("a\x01b\u200d\ufeff\u202ec", "abc"),
        ("line\r\nnext\x0bthird", "line\nnext\nthird"),
        ("a\u0301", "á"),
        ("\ud800x", "x"),
        ("\ue000", "?"),
    ],
)
def test_other_letters_have_a_stand_in_and_what_cannot_be_seen_is_left_out(text, expected):
    assert printable(text, FONTS) == expected


def test_the_typefaces_have_the_letters_of_the_three_languages():
    assert set(map(ord, "abcdefghijklmnopqrstuvwxyzåäöšžéÅÄÖŠŽÉ0123456789€–”’…§½")) <= letters_of(FONTS)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=30))
def test_no_text_breaks_a_paper(text):
    assert "Paper" in printed(text)
