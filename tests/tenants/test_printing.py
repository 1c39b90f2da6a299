"""Papers: no letter anybody types breaks one."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tenants.printing import FONTS, Report, Section, Table, missing_letters, report_pdf
from tenants.printing.letters import letters_of, missing_letter, printable

ON = date(2026, 11, 23)
A4_WIDTH, MARGIN = 595.3, 62.4  # points
COMPOUND = "lääkinnälliskuntoutuksellisenkin"


def words_of(pdf: bytes) -> list[tuple[float, float]]:
    """From where to where each word of a PDF stands on its line, in points."""
    pages: Any = pymupdf.open(stream=pdf, filetype="pdf")
    return [(word[0], word[2]) for page in pages for word in page.get_text("words")]


def languages_of(node: Any) -> Iterator[str]:
    """The languages that parts of a PDF's structure tree are said to be in."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from languages_of(child)
    elif isinstance(node, DictionaryObject):
        if "/Lang" in node:
            yield str(node["/Lang"])
        if "/K" in node:
            yield from languages_of(node["/K"])


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


def test_a_letter_whose_parts_the_typeface_has_is_set_from_them_and_reads_as_it_was_typed():
    name = "Ǩiõll Čeʹvetjäuʹrr ǩ Ǯǯ Ǥǥ Ŋŋ"
    paper = Report(language="fi", title=name, author="Kaavi", on=ON)

    page = PdfReader(io.BytesIO(report_pdf(paper))).pages[0]

    content = page.get_contents()
    assert content is not None
    assert printable(name, FONTS) == name
    assert "Čeʹvetjäuʹrr" in page.extract_text()
    for letter in "Ǩǩ":  # what a screen reader and a copy take (ISO 32000-1, 14.9.4); the glyphs are K and a caron
        assert f"/ActualText<FEFF{ord(letter):04X}>".encode() in content.get_data()
    assert missing_letter(name, FONTS) == ""
    assert missing_letter(f"{name} ✅", FONTS) == "✅"


def test_letters_that_will_not_be_printed_are_named_before():
    section = Section(
        heading="Terveys", paragraphs=["Hyvä 😀\nمرحبا"], table=Table(columns=["a"], rows=[["😀 ǩ\u200b"]])
    )
    paper = Report(language="fi", title="Ǯǯ", author="Kaavi", on=ON, sections=[section])

    assert missing_letters(paper) == ["ا", "ب", "ح", "ر", "م", "😀"]


@pytest.mark.parametrize("word", [COMPOUND, "työkyvyttömyyseläkehakemuksen", "x" * 90, f"https://kaavi.fi/{'a' * 80}"])
def test_a_long_word_in_a_narrow_cell_breaks_and_stays_within_its_column(word):
    table = Table(columns=[word] * 5, rows=[[word] * 5])
    paper = Report(language="fi", title="Paper", author="Kaavi", on=ON, sections=[Section(heading="T", table=table)])

    found = words_of(report_pdf(paper))

    assert min(left for left, _right in found) >= MARGIN - 1
    assert max(right for _left, right in found) <= A4_WIDTH - MARGIN + 1


def test_words_in_another_language_than_the_paper_are_marked_so():
    section = Section(heading="Omat sanat", paragraphs=["Jag orkar inte."], language="sv")
    paper = Report(language="fi", title="Paper", author="Kaavi", on=ON, sections=[section])

    root: Any = PdfReader(io.BytesIO(report_pdf(paper))).root_object

    assert root["/Lang"] == "fi"
    assert "sv" in languages_of(root["/StructTreeRoot"])


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=30))
def test_no_text_breaks_a_paper(text):
    assert "Paper" in printed(text)
