"""How long decisions and appeals usually take, from `data/processing_times.toml`. Pure."""

import enum
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.law.benefits import TABLES, Matter, the_row
from casework.law.deadlines import DeciderKind
from casework.law.tables import Key, Row, read_rows


class Basis(enum.StrEnum):
    """What a usual time rests on: measured, promised by the decider, or our own guess."""

    AVERAGE = "average"
    TARGET = "target"
    ESTIMATE = "estimate"


@dataclass(frozen=True, kw_only=True)
class UsualTime(Row):
    """How many calendar days a decision usually takes from arrival."""

    usual_days: int
    basis: Basis
    measured_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationTime(UsualTime):
    benefit: str
    decider_kind: DeciderKind
    matter: Matter
    is_from_filing: bool = True  # else from another day, so that nobody can say by when the decision usually comes

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.benefit, self.decider_kind, self.matter),)


@dataclass(frozen=True, kw_only=True)
class AppealTime(UsualTime):
    body: str

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.body,),)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped about usual times."""

    applications: tuple[ApplicationTime, ...]
    appeals: tuple[AppealTime, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows = read_rows(TABLES / "processing_times.toml", application=ApplicationTime, appeal=AppealTime)
    return Tables(applications=rows["application"], appeals=rows["appeal"])


def usual_time(benefit: str, decider_kind: DeciderKind, on: date, *, matter: Matter = Matter.NEW) -> ApplicationTime:
    """Find how long a decision on a benefit usually takes; a continuation without a row of its own as a new matter.

    Raises:
        NoRule: no figure for that benefit and kind of decider.
    """
    rows = tables().applications
    own = any((benefit, decider_kind, matter) in row.keys for row in rows)
    return the_row(rows, (benefit, decider_kind, matter if own else Matter.NEW), on)


def usual_appeal_time(body: str, on: date) -> AppealTime:
    """Find how long an appeal usually takes at a board, a review or a court.

    Raises:
        NoRule: no figure for that body.
    """
    return the_row(tables().appeals, (body,), on)
