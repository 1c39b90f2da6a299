"""The printed description: PDF and DOCX say the same, whatever is missing and whatever letters people use."""

import dataclasses
import io
import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cases import notes
from casework.descriptions import paper as papers
from casework.descriptions.facts import Known
from casework.descriptions.queries import known_of, texts_of
from casework.documents.word import report_docx
from casework.law.sections import SECTIONS
from casework.models import AbilityDescription, Assessment, Case, Client, DomainScore, Illness
from tenants.accounts.models import User
from tenants.printing import report_pdf
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description, what_is_known
from tests.conftest import NOON
from tests.papers import docx_text, pdf_text, read_pdf

TODAY = date(2026, 11, 23)
STRANGE = "👩‍⚕️ مرحبا q\u0301 \u202eabc \x01\x0b 日本 \ufeff ﷽ #{}$*_`<b>&amp;</b>"
LETTERS = st.text(max_size=60)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


def printed(description: AbilityDescription) -> list[str]:
    """What a draft says, as PDF and as DOCX."""
    paper = papers.draft(description, texts_of(description), known_of(description.case), on=TODAY)
    return [pdf_text(report_pdf(paper)), re.sub(r"\s+", " ", docx_text(report_docx(paper)))]


@pytest.fixture
def case(kaavi, aino):
    known: dict[str, Any] = {"phone": "040 123 4567", "street": "Koivukuja 3", "postal_code": "73600", "city": "Kaavi"}
    case = a_case(by=aino, **known)
    what_is_known(case, by=aino)
    return case


def test_both_papers_hold_what_whoever_decides_needs(case, aino):
    description = a_description(case=case, by=aino, strengths="Two hours of light work a day.")

    for text in printed(description):
        for words in (
            "Description of work and functional ability", case.client.name, case.client.identity_code,
            "Koivukuja 3, 73600 Kaavi", "040 123 4567", "Aino", "Sciatica", "M54.4", "2015",
            "Two hours of light work a day.", "Lifts five kilos.",
            "Moving and physical load", "1 – Poorly", "Physiotherapist's check, 5.10.2026", "Liisa Fysio", case.number,
        ):  # fmt: skip
            assert words in text


def test_a_draft_says_so_and_a_signed_one_who_signed(case, aino):
    description = a_description(case=case, by=aino)
    for text in printed(description):
        assert text.count("DRAFT") >= 2

    known = known_of(case)
    paper = papers.signed(description, texts_of(description), known, on=TODAY, by=aino, title="Coordinator of work")

    for text in (pdf_text(report_pdf(paper)), docx_text(report_docx(paper))):
        assert "DRAFT" not in text
        assert re.search(r"Aino\s+Coordinator of work\s+23\.11\.2026", text)


def test_under_a_protective_order_it_tells_no_place(kaavi, aino):
    contact: dict[str, Any] = {"phone": "040 123 4567", "street": "Koivukuja 3", "city": "Tuusniemi"}
    case = a_case(by=aino, protective_order_source="Shown", **contact)
    what_is_known(case, by=aino)

    for text in printed(a_description(case=case, by=aino)):
        assert "has a protective order" in text
        for canary in ("040 123", "Koivukuja", "Tuusniemi", "Kaavi", "kaavi", "Liisa Fysio"):
            assert canary not in text


def test_notes_and_other_clients_stay_off_the_paper(case, aino):
    other = a_case(by=aino, first_name="Liisa", last_name="Laine")
    what_is_known(other, by=aino)
    notes.write(case=case, kind="note", text="CANARY of a note", on=TODAY, by=aino, at=NOON)

    for text in printed(a_description(case=case, by=aino)):
        for canary in ("CANARY", "Laine", other.number, other.client.identity_code):
            assert canary not in text


def test_the_pdf_is_tagged_for_screen_readers(case, aino):
    description = a_description(case=case, by=aino, language="sv")
    paper = papers.draft(description, texts_of(description), known_of(case), on=TODAY)

    found = read_pdf(report_pdf(paper))

    assert found.language == "sv"
    assert found.is_universal
    assert found.tags.count("/H1") == 1
    assert {"/H2", "/Table", "/TH", "/TD"} <= set(found.tags)


def test_words_in_another_language_than_the_paper_are_marked_so(case, aino):
    health = "Pystyy istumaan noin puoli tuntia kerrallaan, mutta ei jaksa nostaa, kun kipu on kova."
    description = a_description(case=case, by=aino, language="sv", health=health)

    paper = papers.draft(description, texts_of(description), known_of(case), on=TODAY)

    assert {section.language for section in paper.sections if health in section.paragraphs} == {"fi"}


def test_the_docx_has_real_headings_a_language_header_rows_and_no_macros(case, aino):
    description = a_description(case=case, by=aino, language="sv")
    content = report_docx(papers.draft(description, texts_of(description), known_of(case), on=TODAY))

    found = docx.Document(io.BytesIO(content))

    styles = [paragraph.style.name for paragraph in found.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 4
    assert {language.get(qn("w:val")) for language in found.styles.element.iter(qn("w:lang"))} == {"sv-FI"}
    assert found.core_properties.language == "sv-FI"
    assert all(list(table.rows[0]._tr.iter(qn("w:tblHeader"))) for table in found.tables)
    assert len(found.tables) == 3
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "vba" in name.lower()]


def test_the_same_paper_gives_the_same_pdf(case, aino):
    description = a_description(case=case, by=aino)
    paper = papers.draft(description, texts_of(description), known_of(case), on=TODAY)

    assert report_pdf(papers.from_json(papers.to_json(paper))) == report_pdf(paper)


def test_strange_letters_break_nothing(case, aino):
    texts: dict[str, Any] = {section.code: STRANGE for section in SECTIONS}
    case.client.first_name = STRANGE

    for text in printed(a_description(case=case, by=aino, **texts)):
        assert "#{}$*_`<b>&amp;</b>" in text


@dataclasses.dataclass
class Imagined:
    """A case that was never written down: any part of it may be missing."""

    description: AbilityDescription
    texts: dict[str, str]
    known: Known


@st.composite
def imagined(draw: st.DrawFn) -> Imagined:
    maybe = st.one_of(st.just(""), LETTERS)
    client = Client(
        **{name: draw(maybe) for name in ("first_name", "last_name", "identity_code", "phone", "street", "city")},
        born_on=date(1974, 3, 5),
        protective_order_source=draw(st.sampled_from(["", "Shown"])),
    )
    coordinator = User(name=draw(maybe), email=draw(maybe))
    language = draw(st.sampled_from(["fi", "sv", "en"]))
    case = Case(number="2026-0001", client=client, coordinator=coordinator)
    day = draw(st.dates(date(1950, 1, 1), TODAY))
    assessment = Assessment(kind=draw(st.sampled_from(Assessment.Kind.values)), assessed_on=day, assessor=draw(maybe))
    score = DomainScore(
        assessment=assessment, domain=draw(st.sampled_from(["moving", "hopes"])), score=draw(st.integers(0, 4))
    )
    illness = Illness(name=draw(maybe), icd10=draw(maybe), since=draw(st.sampled_from([None, day])), effect=draw(maybe))
    known = Known(
        entries=[],
        scores=draw(st.sampled_from([[], [score]])),
        assessments=draw(st.sampled_from([[], [assessment]])),
        illnesses=draw(st.sampled_from([[], [illness]])),
        is_protected=client.is_protected,
    )
    texts = draw(st.dictionaries(st.sampled_from([section.code for section in SECTIONS]), LETTERS))
    return Imagined(AbilityDescription(case=case, number=1, language=language), texts, known)


@settings(max_examples=40, deadline=None)
@given(imagined())
def test_whatever_is_missing_there_is_a_pdf_and_a_docx(story):
    paper = papers.draft(story.description, story.texts, story.known, on=TODAY)

    assert report_pdf(paper).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(report_docx(paper))).paragraphs
    assert papers.to_json(papers.from_json(papers.to_json(paper))) == papers.to_json(paper)


def test_a_name_in_skolt_sami_is_printed_as_typed(kaavi, aino):
    case = a_case(by=aino, first_name="Ǩiõll", last_name="Čeʹvetjäuʹrr")

    pdf, word = printed(a_description(case=case, by=aino))

    assert "Ǩiõll Čeʹvetjäuʹrr" in word
    assert "iõll Čeʹvetjäuʹrr" in pdf
    assert "?" not in pdf


def test_a_person_with_one_name_has_one_on_paper(kaavi, aino):
    case = a_case(by=aino, first_name="", last_name="Zahra")
    description = a_description(case=case, by=aino)

    facts = dict(papers.draft(description, texts_of(description), known_of(case), on=TODAY).facts)

    assert "Zahra" in facts.values()


def test_a_text_that_would_turn_around_what_follows_is_written_as_it_reads(case, aino):
    for text in printed(a_description(case=case, by=aino, health="abc\u202edef\u2066ghi\u200b.")):
        assert "abcdefghi." in text
        assert "\u202e" not in text
