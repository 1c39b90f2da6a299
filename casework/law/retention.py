"""How long what is written down of a client is kept. Pure: rows of `data/retention.toml`, each with its source."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casework.law.benefits import TABLES, NoRule
from casework.law.tables import Key, Row, read_rows, row_on


class Kept(enum.StrEnum):
    """What is kept for a time of its own."""

    CASE = "case"
    ACCESS_LOG = "access_log"


@dataclass(frozen=True, kw_only=True)
class Retention(Row):
    """For how many years after the end something is kept."""

    what: Kept
    years: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.what,),)

    def kept_until(self, ended_on: date) -> date:
        """Answer the last day: the same day of the year, or the last of its month when there is none (150/1930 3 §)."""
        year = ended_on.year + self.years
        try:
            return ended_on.replace(year=year)
        except ValueError:  # 29 February
            return date(year, 3, 1) - timedelta(days=1)


@lru_cache(maxsize=1)
def table() -> tuple[Retention, ...]:
    """Read the shipped table, once.

    Raises:
        RuleTableInvalid: the table cannot be trusted.
    """
    rows: tuple[Retention, ...] = read_rows(TABLES / "retention.toml", retention=Retention)["retention"]
    return rows


def rule(what: Kept, on: date) -> Retention:
    """Find the rule that is in force on a day.

    Raises:
        NoRule: there was none.
    """
    row = row_on(table(), (what,), on)
    if row is None:
        raise NoRule(subject=what, day=f"{on.day}.{on.month}.{on.year}")
    return row
