"""Prints tagged PDF (PDF/UA-1) with typst. What is on a page and in which words is said by the floors above.

Values travel as JSON, so no text of a person is ever read as markup. `report` lays out plain papers of headings, facts,
paragraphs and tables; papers with a layout of their own bring their own typst file to `compiled`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tenants.errors import Refusal
from tenants.printing import letters
from tenants.printing.letters import printable

FOLDER = Path(__file__).parent
REPORT = FOLDER / "report.typ"
FONTS = FOLDER / "fonts"
NOT_IN_TYPEFACE = re.compile(r'the text `"(?P<text>.*)"` could not be displayed')  # PDF/UA-1 forbids empty boxes

type Fact = tuple[str, str]


class LetterMissing(Refusal):
    user_message = _lazy("This cannot be printed: the typeface has no “%(letter)s”.")

    def __init__(self, *, letter: str) -> None:
        self.letter = letter
        super().__init__(letter=letter)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a section; every row has as many cells as there are columns.

    `widths` are the columns' shares of the line; without them each is as wide as its words need.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with facts, paragraphs (a line break begins a new one), points and a table, in this order.

    `language` is said when paragraphs and points are written in another one than the paper. `lines` are ruled, to be
    written on by hand.
    """

    heading: str
    facts: Sequence[Fact] = ()
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Table | None = None
    language: str = ""
    lines: int = 0


@dataclass(frozen=True, kw_only=True)
class Report:
    """A plain paper. `note` stands under the title, `signature` lines at the end, `footer` on every page."""

    language: str
    title: str
    author: str
    on: date
    subtitle: str = ""
    note: str = ""
    facts: Sequence[Fact] = ()
    sections: Sequence[Section] = ()
    signature: Sequence[str] = field(default=())
    footer: str = ""
    text_size: int = 11  # points


def report_pdf(report: Report) -> bytes:
    """Print a report. A letter that no typeface has is printed as “?”: a text never breaks a paper."""
    with translation.override(report.language):
        words = {"page_of": _("Page {page} of {pages}"), "write_here": _("Room to write:")}
        page = {**asdict(report), "on": report.on.isoformat(), **words}
    return compiled(REPORT, _printable(page), on=report.on)


def compiled(template: Path, page: Mapping[str, Any], *, on: date) -> bytes:
    """Print values with a typst file that reads them from `sys.inputs.page`. The same values give the same bytes.

    Raises:
        LetterMissing: a text holds a letter that the typefaces do not have.
    """
    try:
        return typst.compile(
            template,
            root=template.parent,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=datetime.combine(on, time(12), UTC),
        )
    except typst.TypstError as error:
        missing = NOT_IN_TYPEFACE.search(error.message)
        if missing is None:
            raise
        raise LetterMissing(letter=missing["text"]) from error


def missing_letter(text: str) -> str:
    """The first letter of a text that no typeface of ours has, empty when it can be printed as it is."""
    return letters.missing_letter(text, FONTS)


def missing_letters(report: Report) -> list[str]:
    """The letters of a report that would be printed as “?”, each once, in the order of the alphabet."""
    return sorted({letter for text in _texts(asdict(report)) for letter in letters.missing_letters(text, FONTS)})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _printable(value: Any) -> Any:
    """Write every text of a page with letters the typefaces have."""
    if isinstance(value, str):
        return printable(value, FONTS)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
