"""Tables for spreadsheet programs: CSV as Finnish Excel opens it (semicolons, decimal commas, UTF-8 with a mark)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; a text that a program would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
