"""Writes a report as DOCX with real headings, so that whoever gets it can go on in a word processor. No macros."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row

from tenants.names import pasted
from tenants.printing import Fact, Report, Section, Table

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
TYPEFACE = "Calibri"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_docx(report: Report) -> bytes:
    """Write a report. Every letter a person can type comes through; control characters are left out."""
    document = docx.Document()
    _set_up(document, report)
    _head(document, report)
    for section in report.sections:
        _write_section(document, section)
    for line in report.signature:
        document.add_paragraph(_clean(line)).paragraph_format.keep_with_next = True
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Document, report: Report) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.footer.paragraphs[0].text = _clean(report.footer)
    normal = document.styles["Normal"].font
    normal.name, normal.size = TYPEFACE, Pt(11)
    _set_language(document, LOCALES.get(report.language, report.language))
    known, made_at = document.core_properties, datetime.combine(report.on, time(12), UTC).replace(tzinfo=None)
    known.title, known.author, known.comments = _clean(report.title), _clean(report.author), ""
    known.language = LOCALES.get(report.language, report.language)
    known.created = known.modified = made_at
    known.last_modified_by, known.revision = "", 1


def _set_language(document: Document, locale: str) -> None:
    """Say the language of all text, for spelling and for screen readers (WCAG 3.1.1)."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _head(document: Document, report: Report) -> None:
    document.add_paragraph(_clean(report.author))
    document.add_heading(_clean(report.title), level=1)
    for text in (report.subtitle, report.note):
        if text:
            document.add_paragraph().add_run(_clean(text)).bold = text == report.subtitle
    _write_facts(document, report.facts)


def _write_section(document: Document, section: Section) -> None:
    document.add_heading(_clean(section.heading), level=2)
    _write_facts(document, section.facts)
    for text in section.paragraphs:
        for line in filter(str.strip, text.splitlines()):
            document.add_paragraph(_clean(line))
    for point in section.points:
        document.add_paragraph(_clean(point), style="List Bullet")
    if section.table:
        _write_table(document, section.table)


def _write_facts(document: Document, facts: Sequence[Fact]) -> None:
    for label, value in facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{_clean(label)}: ").bold = True
        line.add_run(_clean(value))


def _write_table(document: Document, table: Table) -> None:
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, heading in zip(drawn.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(_clean(heading)).bold = True
    _repeat_as_header(drawn.rows[0])
    for row in table.rows:
        for cell, value in zip(drawn.add_row().cells, row, strict=True):
            cell.text = _clean(value)
    document.add_paragraph()


def _repeat_as_header(row: _Row) -> None:
    """Mark the row as the table's header, on every page and for screen readers."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _clean(text: str) -> str:
    """As in the PDF: what cannot be seen is left out, and nothing turns the text after it around."""
    return NOT_IN_XML.sub("", pasted(text))
