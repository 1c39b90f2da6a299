"""Dates as letters write them: "23.11.2026", "23. marraskuuta 2026", "den 23 november 2026". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FINNISH = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_SWEDISH = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]
MONTHS = {f"{name}kuuta": number for number, name in enumerate(_FINNISH, 1)}
MONTHS |= {name: number for number, name in enumerate(_SWEDISH, 1)}
FIRST_YEAR, LAST_YEAR = 1990, 2099  # of anything that a letter decides

_WEEKDAY = r"""(?:(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?
    |(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|ma|ti|ke|to|pe|la|su)"""
_NUMBERS = r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)"
_NAMED = rf"(?<![\d.])(\d{{1,2}})\.?\s+({'|'.join(MONTHS)})\s+(\d{{4}})(?!\d)"
_DATE = re.compile(rf"{_NUMBERS}|{_NAMED}", re.IGNORECASE)
# What may stand between a label and its date; of a verbose expression, as the next one.
LEAD = rf"[\s:,–-]*(?:(?:on|är)\s+)?(?:{_WEEKDAY}\s+)?(?:den\s+)?$"
IS_A_DATE = re.compile(rf"(?:{_WEEKDAY}\s+)?(?:den\s+)?(?:{_NUMBERS}|{_NAMED})\.?", re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True)
class Dated:
    """A date in a text: the day, and where its own words begin and end."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[Dated]:
    """Find the dates of a text that exist in the calendar."""
    for found in _DATE.finditer(text):
        try:
            yield Dated(_day(found), found.start(), found.end())
        except ValueError:
            continue


def _day(found: re.Match[str]) -> date:
    """Raises ValueError for a day that does not exist, or of a year of which no letter decides."""
    day, month, year, named_day, name, named_year = found.groups()
    if not FIRST_YEAR <= int(year or named_year) <= LAST_YEAR:
        raise ValueError(year or named_year)
    return date(int(year or named_year), int(month) if month else MONTHS[name.lower()], int(day or named_day))
