"""On which ground something may be told of a client: provisions of law, and what a consent must be. Pure.

Rows come from `data/grounds.toml`, each with its source and how well it is known.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.law.benefits import TABLES, NamedRow
from casework.law.names import Names
from casework.law.origins import UNKNOWN
from casework.law.tables import Key, Row, read_rows, row_on


@dataclass(frozen=True, kw_only=True)
class Law(NamedRow):
    """A provision that allows telling some partners without consent; `help` says when."""

    partners: tuple[str, ...]
    help: Names


@dataclass(frozen=True, kw_only=True)
class ConsentRule(Row):
    """What a consent for a partner must be."""

    partner: str
    must_be_written: bool
    must_name: bool

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.partner,),)


@dataclass(frozen=True, kw_only=True)
class Tables:
    laws: tuple[Law, ...]
    consents: tuple[ConsentRule, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped table, once.

    Raises:
        RuleTableInvalid: the table cannot be trusted.
    """
    read = read_rows(TABLES / "grounds.toml", law=Law, consent=ConsentRule)
    return Tables(laws=read["law"], consents=read["consent"])


def laws_on(on: date, *, partner: str = "") -> tuple[Law, ...]:
    """Answer the provisions of a day, of all partners or of one."""
    rows = tables().laws
    return tuple(row for row in rows if row.is_valid_on(on) and (not partner or partner in row.partners))


def law_name(code: str, on: date) -> str:
    """Name a provision that was recorded on a day; one without a row is called by its code."""
    return next((row.name for row in laws_on(on) if row.code == code), code)


def law_told(code: str, on: date) -> str:
    """Name a provision that was recorded on a day and say how well it is known."""
    row = next((row for row in laws_on(on) if row.code == code), UNKNOWN)
    return f"{law_name(code, on)}, {row.certainty.words}"


def consent_rule(partner: str, on: date) -> ConsentRule | None:
    """Find what a consent for a partner must be on a day; None when nothing more than a consent is asked."""
    return row_on(tables().consents, (partner,), on)
