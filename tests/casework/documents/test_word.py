"""DOCX: it begins from a document of our own, and says what a PDF says to those who cannot see it."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Twips

from casework.documents.word import report_docx
from tenants import files
from tenants.printing import Report, Section, Table
from tests.papers import ReadDocx, colours, contrast, is_well_formed, read_docx

ON = date(2026, 11, 23)
COMPOUND = "lääkinnälliskuntoutuksellisenkin"


def a_report(**details: Any) -> Report:
    table = Table(columns=["Sairaus", "ICD-10"], rows=[["Iskias " * 12, "M54.4"], [COMPOUND, "–"]])
    sections = [
        Section(
            heading="Terveys", facts=[("Nimi", "Aino")], paragraphs=["Yksi.\nKaksi."], points=["Kohta"], table=table
        ),
        Section(heading="Omat sanat", paragraphs=["Jag orkar inte sitta."], language="sv"),
    ]
    known: dict[str, Any] = {"language": "fi", "title": "Kuvaus", "author": "Kaavi", "footer": "Asia 2026-0001"}
    return Report(**known | {"on": ON, "sections": sections, "signature": ["Aino", "23.11.2026"]} | details)


def written(**details: Any) -> ReadDocx:
    return read_docx(report_docx(a_report(**details)))


def test_it_holds_nothing_of_a_library_or_a_word_processor():
    found = written()

    assert set(found.parts) == {
        *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml"),
        *("word/_rels/document.xml.rels", "word/settings.xml", "word/numbering.xml", "word/fontTable.xml"),
        "word/footer.xml",
    }
    for foreign in ("python", "Microsoft Macintosh", "thumbnail", "ja-JP", "theme1"):
        assert foreign not in found.markup


def test_every_colour_of_letters_can_be_read_on_white():
    found = colours(written().markup)

    assert found
    assert {colour: round(contrast(colour), 1) for colour in found if contrast(colour) < 4.5} == {}


@pytest.mark.parametrize(("language", "locale"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
def test_language_title_and_author_are_those_of_the_paper(language, locale):
    found = written(language=language, title="Työ- ja toimintakyky")

    assert found.languages == {locale}
    assert f'<w:themeFontLang w:val="{locale}"' in found.markup
    assert (found.title, found.author) == ("Työ- ja toimintakyky", "Kaavi")


def test_words_in_another_language_than_the_paper_say_so():
    found = docx.Document(io.BytesIO(report_docx(a_report())))

    [run] = [run for one in found.paragraphs for run in one.runs if run.text == "Jag orkar inte sitta."]

    assert [one.get(qn("w:val")) for one in run._r.iter(qn("w:lang"))] == ["sv-FI"]


def test_every_page_says_which_of_how_many_it_is():
    found = written()

    assert found.fields == ["PAGE", "NUMPAGES"]
    assert "Asia 2026-0001" in found.text


def test_headings_are_headings_and_looks_are_styles():
    found = written()

    assert found.styles.count("Heading 1") == 1
    assert found.styles.count("Heading 2") == 2
    assert {"Author", "Fact", "List Bullet", "Signature"} <= set(found.styles)
    assert "<w:b/>" not in found.markup.partition("<w:body>")[2].partition("</w:body>")[0]


def test_the_first_row_of_a_table_is_its_head_and_no_row_is_cut_by_a_page():
    [table] = docx.Document(io.BytesIO(report_docx(a_report()))).tables

    assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows] == [1, 0, 0]
    assert [len(list(row._tr.iter(qn("w:cantSplit")))) for row in table.rows] == [1, 1, 1]


def test_a_column_is_as_wide_as_its_words_need_and_the_table_no_wider_than_the_text():
    [table] = docx.Document(io.BytesIO(report_docx(a_report()))).tables

    wide, narrow = (column.width for column in table.columns)

    assert wide > 3 * narrow
    assert wide + narrow <= Twips(9412)


def test_we_would_take_it_ourselves():
    content = report_docx(a_report())

    assert is_well_formed(content)
    assert files.check_upload(io.BytesIO(content), "kuvaus.docx").kind is files.Kind.DOCX
