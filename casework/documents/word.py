"""Writes a report as DOCX with real headings, so that whoever gets it can go on in a word processor. No macros.

Every look is a style of the reference document, whose parts lie in the folder `reference`.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import docx
from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table as DrawnTable
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tenants.names import pasted
from tenants.printing import Fact, Report, Section, Table

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
REFERENCE = Path(__file__).parent / "reference"
PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/numbering.xml",
    "word/fontTable.xml",
    "word/footer.xml",
)
TEXT_WIDTH = 9412  # between the margins, in twentieths of a point
NARROWEST, WIDEST = 8, 40  # letters of a column's longest text that count for its width
RULED = "_" * 70
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_docx(report: Report) -> bytes:
    """Write a report. Every letter a person can type comes through; control characters are left out."""
    document = docx.Document(io.BytesIO(_reference()))
    _set_up(document, report)
    _head(document, report)
    for section in report.sections:
        _write_section(document, section)
    for line in report.signature:
        _paragraph(document, line, "Signature")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@cache
def _reference() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for part in PARTS:
            package.writestr(part, (REFERENCE / part).read_bytes())
    return packed.getvalue()


def _set_up(document: Document, report: Report) -> None:
    locale = LOCALES.get(report.language, report.language)
    for language in [
        *document.styles.element.iter(qn("w:lang")),
        *document.settings.element.iter(qn("w:themeFontLang")),
    ]:
        language.set(qn("w:val"), locale)  # for spelling and for screen readers (WCAG 3.1.1)
    _write_footer(document.sections[0].footer.paragraphs[0], report)
    known, made_at = document.core_properties, datetime.combine(report.on, time(12), UTC).replace(tzinfo=None)
    known.title, known.author, known.language = _clean(report.title), _clean(report.author), locale
    known.created = known.modified = made_at
    known.revision = 1


def _write_footer(paragraph: Paragraph, report: Report) -> None:
    """The footer's own words, and at the right margin the page of how many: the word processor counts them."""
    with translation.override(report.language):
        words = _("Page {page} of {pages}")
    paragraph.add_run(f"{_clean(report.footer)}\t")
    for part in re.split(r"(\{page\}|\{pages\})", words):
        field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(part)
        if field:
            _add_field(paragraph, field)
        elif part:
            paragraph.add_run(part)


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _head(document: Document, report: Report) -> None:
    _paragraph(document, report.author, "Author")
    _paragraph(document, report.title, "Heading 1")
    for text, style in ((report.subtitle, "Subtitle"), (report.note, "Note")):
        if text:
            _paragraph(document, text, style)
    _write_facts(document, report.facts)


def _write_section(document: Document, section: Section) -> None:
    if section.heading.strip():
        _paragraph(document, section.heading, "Heading 2")
    _write_facts(document, section.facts)
    for text in section.paragraphs:
        for line in filter(str.strip, text.splitlines()):
            _paragraph(document, line, "Normal", section.language)
    for point in section.points:
        _paragraph(document, point, "List Bullet", section.language)
    for _line in range(section.lines):
        _paragraph(document, RULED, "Normal")
    if section.table:
        _write_table(document, section.table)


def _paragraph(document: Document, text: str, style: str, language: str = "") -> None:
    paragraph = document.add_paragraph()
    _give_style(paragraph, style)
    _tell_language(paragraph.add_run(_clean(text)), language)


def _give_style(paragraph: Paragraph, name: str) -> None:
    """As `paragraph.style = name`, which looks through all styles twice: half the time of a long paper."""
    paragraph._p.style = _style_ids()[name]


@cache
def _style_ids() -> dict[str, str]:
    return {str(style.name): str(style.style_id) for style in docx.Document(io.BytesIO(_reference())).styles}


def _tell_language(run: Run, language: str) -> None:
    """Say the language of words that are in another one than the paper (WCAG 3.1.2)."""
    if not language:
        return
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), LOCALES.get(language, language))
    run._r.get_or_add_rPr().append(told)


def _write_facts(document: Document, facts: Sequence[Fact]) -> None:
    for label, value in facts:
        line = document.add_paragraph()
        _give_style(line, "Fact")
        line.add_run(f"{_clean(label)}: ", style="Fact label")
        line.add_run(_clean(value))


def _write_table(document: Document, table: Table) -> None:
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Suunta table")
    _set_widths(drawn, table)
    _fill(drawn.rows[0], table.columns, "Table head")
    _mark(drawn.rows[0], "w:tblHeader")
    for row in table.rows:
        _fill(drawn.add_row(), row, "Table text")
    _give_style(document.add_paragraph(), "After table")


def _fill(row: _Row, values: Sequence[str], style: str) -> None:
    """Write the cells of a row, which no page break may cut."""
    for cell, value in zip(row._tr.tc_lst, values, strict=True):
        paragraph = Paragraph(cell.p_lst[0], row.table)
        _give_style(paragraph, style)
        paragraph.add_run(_clean(value))
    _mark(row, "w:cantSplit")


def _mark(row: _Row, name: str) -> None:
    """Mark a row as a header, on every page and for screen readers, or as one that no page break may cut."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _set_widths(drawn: DrawnTable, table: Table) -> None:
    """Share the width as the table says, else by what stands in its columns: short ones leave room for long ones.

    Of the head and its columns: a row that is added takes their widths.
    """
    columns = zip(*[table.columns, *table.rows], strict=True)
    wanted = table.widths or [min(WIDEST, max(NARROWEST, *map(len, column))) for column in columns]
    for column, share in zip(drawn.columns, wanted, strict=True):
        column.width = Twips(TEXT_WIDTH * share // sum(wanted))
        for cell in column.cells:
            cell.width = column.width


def _clean(text: str) -> str:
    """As in the PDF: what cannot be seen is left out, and nothing turns the text after it around."""
    return NOT_IN_XML.sub("", pasted(text))
