"""What goes with an application and which forms a benefit has, from `data/annexes.toml`. Pure.

A municipality may put a row of its own in place of one, or beside them (`own`); what law gives and was read is not
replaced.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from casework.law.as_of import nearest
from casework.law.benefits import TABLES, Matter
from casework.law.deadlines import months_deadline
from casework.law.names import Names
from casework.law.origins import Certainty, Confidence
from casework.law.tables import Key, Row, read_rows


class Need(enum.StrEnum):
    """Whether it has to go with the application. `NOT_HERE`: a municipality says that it is not asked for there."""

    NEEDED = "needed"
    WHEN = "when"
    HELPFUL = "helpful"
    UNKNOWN = "unknown"
    NOT_HERE = "not_here"


class Giver(enum.StrEnum):
    """From whom it comes."""

    DOCTOR = "doctor"
    OCCUPATIONAL_HEALTH = "occupational_health"
    TREATING_UNIT = "treating_unit"
    EMPLOYER = "employer"
    CLIENT = "client"


@dataclass(frozen=True, kw_only=True)
class Annex(Row):
    """One thing on the list. `kinds`: those of evidence that are it; without one, evidence says itself that it is."""

    code: str
    benefits: tuple[str, ...]
    names: Names
    need: Need
    kinds: tuple[str, ...] = ()
    giver: Giver | None = None
    months: int | None = None
    matter: Matter | None = None
    when: Names | None = None
    note: Names | None = None
    form: str = ""

    @property
    def keys(self) -> tuple[Key, ...]:
        matters = (self.matter,) if self.matter else tuple(Matter)
        return tuple((benefit, self.code, str(matter)) for benefit, matter in product(self.benefits, matters))

    @property
    def name(self) -> str:
        """The name in the active language."""
        return str(self.names)

    @property
    def is_needed(self) -> bool:
        return self.need is Need.NEEDED

    @property
    def is_own(self) -> bool:
        return self.confidence is Confidence.OWN

    @property
    def is_correctable(self) -> bool:
        """Whether a municipality may put its own in its place: not of what was read in a statute."""
        return self.certainty is not Certainty.STATUTE

    def is_met_by(self, kind: str, annex: str) -> bool:
        """Tell whether evidence of a kind, which may say of which row it is, is this."""
        return annex == self.code if annex else kind in self.kinds

    def old_on(self, dated_on: date) -> date | None:
        """Reckon the day after which a paper is too old to file with; None when its age is not watched."""
        return months_deadline(start=dated_on, months=self.months).raw_day if self.months else None

    def is_old(self, dated_on: date, *, on: date) -> bool:
        old_on = self.old_on(dated_on)
        return old_on is not None and old_on < on


@dataclass(frozen=True, kw_only=True)
class Form(Row):
    """A form by its number, and what it is for."""

    number: str
    benefits: tuple[str, ...]
    what_for: Names | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((benefit, self.number) for benefit in self.benefits)

    def __str__(self) -> str:
        return f"{self.number} ({self.what_for})" if self.what_for else self.number


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped about annexes and forms."""

    annexes: tuple[Annex, ...]
    forms: tuple[Form, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows = read_rows(TABLES / "annexes.toml", annex=Annex, form=Form)
    return Tables(annexes=rows["annex"], forms=rows["form"])


def of_benefit(benefit: str, on: date, *, matter: Matter | None = None, own: Sequence[Annex] = ()) -> tuple[Annex, ...]:
    """Answer the list of a benefit on a day as it is in use; empty when nothing is known. Without `matter`, of both."""
    return tuple(row for row in known_of(benefit, on, matter=matter, own=own) if row.need is not Need.NOT_HERE)


def known_of(benefit: str, on: date, *, matter: Matter | None = None, own: Sequence[Annex] = ()) -> tuple[Annex, ...]:
    """Answer the same with the rows of which a municipality says that they are not asked for there."""
    shipped = _shipped(benefit, on, matter)
    replacing = {row.code: row for row in own if benefit in row.benefits}
    if not replacing:
        return shipped
    in_use = [replacing.get(row.code, row) if row.is_correctable else row for row in shipped]
    codes = {row.code for row in tables().annexes if benefit in row.benefits}
    added = [row for code, row in replacing.items() if code not in codes]
    return tuple(dict.fromkeys((*in_use, *added)))


def of_kind(rows: Iterable[Annex], kind: str) -> Annex | None:
    """Find the row of which a paper of a kind is."""
    return next((row for row in rows if kind in row.kinds), None)


def forms_of(benefit: str, on: date) -> tuple[Form, ...]:
    """Answer the forms of a benefit, in the order of the table."""
    found = [row for row in tables().forms if benefit in row.benefits]
    numbers = dict.fromkeys(row.number for row in found)
    return tuple(nearest([row for row in found if row.number == number], on) for number in numbers)


def name_of(code: str, own: Iterable[Annex] = (), *, benefit: str = "") -> str:
    """Name a row by its code, and its benefit where that is known, for a history; else the code itself."""
    alike = [row for row in (*own, *tables().annexes) if row.code == code]
    of_it = [row for row in alike if benefit in row.benefits]
    return next((row.name for row in (*of_it, *alike)), code)


@lru_cache(maxsize=4096)
def _shipped(benefit: str, on: date, matter: Matter | None) -> tuple[Annex, ...]:
    """Of each thing that is shipped for a benefit, the row of the day or the nearest to it."""
    rows = [row for row in tables().annexes if benefit in row.benefits]
    rows = [row for row in rows if matter is None or row.matter in (None, matter)]
    alike = dict.fromkeys((row.code, row.matter) for row in rows)
    return tuple(nearest([row for row in rows if (row.code, row.matter) == one], on) for one in alike)
