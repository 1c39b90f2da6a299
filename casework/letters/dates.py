"""Dates as letters write them: "23.11.2026", "23. marraskuuta 2026", "den 23 november 2026", "2026-11-23". Pure."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FINNISH = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_SWEDISH = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]
MONTHS = {f"{name}{ending}": number for number, name in enumerate(_FINNISH, 1) for ending in ("kuuta", "kuun")}
MONTHS |= {name: number for number, name in enumerate(_SWEDISH, 1)}
FIRST_YEAR, LAST_YEAR = 1990, 2099  # of anything that a letter decides

_WEEKDAY = r"""(?:(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?
    |(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|ma|ti|ke|to|pe|la|su)"""
_MONTH = "|".join([*(f"{name}kuuta" for name in _FINNISH), *_SWEDISH])
_OF_MONTH = "|".join(f"{name}kuun" for name in _FINNISH)
# How a date may be written, and in which order its day, month and year stand there.
_WRITTEN = {
    r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)": "dmy",
    rf"(?<![\d.])(\d{{1,2}})(?:\.\s*|:?e?\s+)(?:päivä(?:nä)?\s+)?({_MONTH})\s+(?:vuonna\s+)?(\d{{4}})(?!\d)": "dmy",
    rf"(?<!\w)({_OF_MONTH})\s+(\d{{1,2}})\.?\s+(?:päivä\w*\s+)?(?:vuonna\s+)?(\d{{4}})(?!\d)": "mdy",
    r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])": "ymd",
}
_FORMS = [(re.compile(pattern, re.IGNORECASE), order) for pattern, order in _WRITTEN.items()]
_ANY = "|".join(_WRITTEN)
_END_OF_MONTH = re.compile(
    rf"(?<!\w)(?:({_OF_MONTH})\s+(?:vuonna\s+|vuoden\s+)?(\d{{4}})\s+loppuun"
    rf"|till\s+(?:utgången|slutet)\s+av\s+({'|'.join(_SWEDISH)})\s+(\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
# What may stand between a label and its date; of a verbose expression, as the next one.
LEAD = rf"[\s:,–-]*(?:(?:on|är)\s+)?(?:{_WEEKDAY}\s+)?(?:den\s+)?$"
IS_A_DATE = re.compile(rf"(?:{_WEEKDAY}\s+)?(?:den\s+)?(?:{_ANY})\.?", re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True)
class Dated:
    """A date in a text: the day, and where its own words begin and end."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[Dated]:
    """Find the dates of a text that exist in the calendar, in their order."""
    written = ((found, order) for form, order in _FORMS for found in form.finditer(text))
    for found, order in sorted(written, key=lambda one: one[0].start()):
        try:
            yield Dated(_day(dict(zip(order, found.groups(), strict=True))), found.start(), found.end())
        except ValueError:
            continue


def ends_of_months_in(text: str) -> Iterator[date]:
    """Find the last days that are told by their month: "marraskuun 2027 loppuun", "till utgången av november 2027"."""
    for found in _END_OF_MONTH.finditer(text):
        finnish, year, swedish, its_year = found.groups()
        month, year = MONTHS[(finnish or swedish).lower()], int(year or its_year)
        if FIRST_YEAR <= year <= LAST_YEAR:
            yield date(year, month, calendar.monthrange(year, month)[1])


def _day(parts: dict[str, str]) -> date:
    """Raises ValueError for a day that does not exist, or of a year of which no letter decides."""
    year, month = int(parts["y"]), MONTHS.get(parts["m"].lower()) or int(parts["m"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(parts["y"])
    return date(year, month, int(parts["d"]))
