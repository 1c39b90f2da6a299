"""When a statement is expected and when it becomes old, read from `data/statements.toml`. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.law.annexes import Annex
from casework.law.benefits import TABLES, NoRule
from casework.law.deadlines import months_deadline
from casework.law.origins import Origin
from casework.law.tables import Key, Row, read_rows, row_on
from tenants.display import day


@dataclass(frozen=True, kw_only=True)
class StatementRow(Row):
    kind: str

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.kind,),)


@dataclass(frozen=True, kw_only=True)
class AnswerTime(StatementRow):
    """Within how many days an answer is expected."""

    days: int


@dataclass(frozen=True, kw_only=True)
class Age(StatementRow):
    """How many months old a statement may be when an application is filed with it."""

    months: int


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped about statements."""

    answers: tuple[AnswerTime, ...]
    ages: tuple[Age, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows = read_rows(TABLES / "statements.toml", answer=AnswerTime, age=Age)
    return Tables(answers=rows["answer"], ages=rows["age"])


def answer_time(kind: str, *, asked_on: date) -> AnswerTime:
    """Find within how many days the answer to a statement of a kind is expected.

    Raises:
        NoRule: the rows do not reach back to that day.
    """
    row = row_on(tables().answers, (kind,), asked_on)
    if row is None:
        raise NoRule(subject=kind, day=day(asked_on))
    return row


def old_on(kind: str, *, written_on: date, months: int | None = None) -> date | None:
    """Reckon the day on which a statement reaches its age: after it, it is too old. None when its age is not watched.

    `months` is what the list of the benefit says that it is for; it comes before the general row.
    """
    row = row_on(tables().ages, (kind,), written_on)
    allowed = months or (row.months if row else None)
    return months_deadline(start=written_on, months=allowed).raw_day if allowed else None


def age_origin(kind: str, *, written_on: date, annex: Annex | None = None) -> Origin | None:
    """Say where the age that `old_on` reckons with comes from, by the same precedence."""
    if annex is not None and annex.months:
        return annex
    return row_on(tables().ages, (kind,), written_on)
