"""Lengths of time that no law gives: our own practice, from `data/practice.toml`. Pure."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casework.law.benefits import TABLES, NoRule
from casework.law.tables import Key, Row, read_rows, row_on


class Measure(enum.StrEnum):
    """What is measured."""

    CONTINUATION_TOLD = "continuation_told"
    PAID_DAYS_TOLD = "paid_days_told"
    JUST_ENDED = "just_ended"
    APPLIED_LATELY = "applied_lately"
    END_IS_NEAR = "end_is_near"
    CONSENT_ENDS = "consent_ends"
    REPRESENTATION_ENDS = "representation_ends"
    ASSESSMENT_OLD = "assessment_old"
    COUNTED_DAY_FAR = "counted_day_far"
    PRINTED_DAY_FAR = "printed_day_far"
    REMOVAL_ASKED = "removal_asked"
    REMOVAL_ENDS = "removal_ends"
    CARE_REPORT_ASKED = "care_report_asked"
    COMPLAINT_ASKED = "complaint_asked"


@dataclass(frozen=True, kw_only=True)
class MeasureRow(Row):
    """How long it is."""

    code: Measure
    days: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.code,),)


@lru_cache(maxsize=1)
def table() -> tuple[MeasureRow, ...]:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows: tuple[MeasureRow, ...] = read_rows(TABLES / "practice.toml", measure=MeasureRow)["measure"]
    return rows


@lru_cache(maxsize=256)
def length(measure: Measure, on: date) -> timedelta:
    """Answer how long something is by the practice of a day.

    Raises:
        NoRule: the table has no row of that day.
    """
    return timedelta(days=practice(measure, on).days)


def practice(measure: Measure, on: date) -> MeasureRow:
    """Answer the row that says how long something is on a day, with how well it is known.

    Raises:
        NoRule: the table has no row of that day.
    """
    found = row_on(table(), (measure,), on)
    if found is None:
        raise NoRule(subject=measure, day=on.isoformat())
    return found
