"""When the continuation of a benefit granted until a day is prepared, from `data/continuations.toml`. Pure."""

import enum
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.law.benefits import TABLES
from casework.law.calendar import is_known, months_after, office_day_before
from casework.law.tables import Key, Row, read_rows, row_on


class Step(enum.StrEnum):
    """What is to be done before the end."""

    DOCTOR = "doctor"
    STATEMENT = "statement"


@dataclass(frozen=True, kw_only=True)
class Lead(Row):
    """How many months before the end a step is due."""

    step: Step
    months: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.step,),)


@dataclass(frozen=True, kw_only=True)
class Continued(Row):
    """A benefit whose continuation is prepared, and the benefits that go on from it.

    `statement_alone`: whether a new statement is normally enough; None where that is not known.
    """

    benefit: str
    family: tuple[str, ...]
    statement_alone: bool | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.benefit,),)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A step and the day by which it is done."""

    step: Step
    on: date
    lead: Lead


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped about continuations."""

    leads: tuple[Lead, ...]
    continued: tuple[Continued, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows = read_rows(TABLES / "continuations.toml", lead=Lead, continued=Continued)
    return Tables(leads=rows["lead"], continued=rows["continued"])


def continued(benefit: str, on: date) -> Continued | None:
    """Find how a benefit is continued; None where no continuation is prepared so."""
    return row_on(tables().continued, (benefit,), on)


def steps(*, ends_on: date, known_on: date) -> list[Due]:
    """Reckon by when each step is done, on an office day; where that had gone by when the end was known, then.

    Of an end in a year whose holidays are not known there is none yet.
    """
    if not is_known(ends_on.year):
        return []
    rows = [row for row in tables().leads if row.is_valid_on(ends_on)]
    return [Due(step=row.step, on=max(_day(ends_on, row), known_on), lead=row) for row in rows]


def _day(ends_on: date, row: Lead) -> date:
    return office_day_before(months_after(ends_on, -row.months))
