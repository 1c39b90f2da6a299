"""Days that people know only roughly: the day, its month or its year; how each is typed, kept and read. Pure.

How it is written for people is `tenants.display`; columns and the field of a form are `tenants.rough_columns`.
"""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

FIRST_YEAR, LAST_YEAR = 1900, 2199
YEAR_TYPED = re.compile(r"(?P<year>\d{4})")
MONTH_TYPED = re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})")
DAY_TYPED = re.compile(r"(?P<day>\d{1,2})[.](?P<month>\d{1,2})[.](?P<year>\d{4})")
ISO_TYPED = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")  # of the browser's own input of days


class NotARoughDay(Refusal):
    user_message = _("Write a year, a month or a day: 2015, 5/2015 or 1.5.2015.")


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNCLEAR = "unclear"  # a first of January from before this was asked: the day, or only the year


class RoughDay(NamedTuple):
    """The days that may be meant: one, those of a month, or those of a year; kept as the first of them."""

    first: date
    precision: Precision = Precision.DAY

    @property
    def last(self) -> date:
        """The last day that may be meant."""
        if self.precision == Precision.DAY:
            return self.first
        month = self.first.month if self.precision == Precision.MONTH else 12
        return date(self.first.year, month, monthrange(self.first.year, month)[1])

    @property
    def is_unclear(self) -> bool:
        """Whether nobody has said yet if the first of January is meant, or only its year."""
        return self.precision == Precision.UNCLEAR

    @property
    def short(self) -> str:
        """What is known of it, as it is typed and stands in a table: 2015, 5/2015, 1.5.2015."""
        on = self.first
        if self.precision == Precision.DAY:
            return f"{on.day}.{on.month}.{on.year}"
        return f"{on.month}/{on.year}" if self.precision == Precision.MONTH else str(on.year)

    @property
    def kept(self) -> str:
        """The same as a history keeps it."""
        return f"{self.first.isoformat()} {self.precision}"

    @classmethod
    def read(cls, kept: str) -> Self:
        """Read what a history keeps; of before this was asked, a day without more."""
        first, _space, precision = kept.partition(" ")
        on = date.fromisoformat(first)
        return cls(on, Precision(precision) if precision else as_from_before(on))


def rough(on: date | RoughDay | None) -> RoughDay | None:
    """Take a day that is known exactly, or a rough one, or none."""
    return on if on is None or isinstance(on, RoughDay) else RoughDay(on)


def as_from_before(on: date) -> Precision:
    """Judge a day of before this was asked: people were told to write the first day of a year they knew only."""
    return Precision.UNCLEAR if (on.month, on.day) == (1, 1) else Precision.DAY


def parse(text: str) -> RoughDay:
    """Read what was typed: 2015, 5/2015, 05.2015, 1.5.2015, or a day as browsers send it.

    Raises:
        NotARoughDay
    """
    typed = re.sub(r"\s", "", text)
    kinds = (YEAR_TYPED, MONTH_TYPED, DAY_TYPED, ISO_TYPED)
    found = next((match for kind in kinds if (match := kind.fullmatch(typed))), None)
    if found is None:
        raise NotARoughDay
    parts = {name: int(number) for name, number in found.groupdict().items() if number}
    if not FIRST_YEAR <= parts["year"] <= LAST_YEAR:
        raise NotARoughDay
    precision = Precision.DAY if "day" in parts else Precision.MONTH if "month" in parts else Precision.YEAR
    try:
        return RoughDay(date(**{"month": 1, "day": 1} | parts), precision)
    except ValueError:
        raise NotARoughDay from None
