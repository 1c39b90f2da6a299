"""Within which time a benefit is to be claimed, what a late claim brings, and how far back it is paid. Pure.

The rows are those of a benefit in `data/benefits.toml`. A late claim is never refused here: who decides is the decider.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.law.deadlines import Deadline, months_deadline
from casework.law.origins import UNKNOWN, Origin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class WindowStart(enum.StrEnum):
    """From what a claim window is counted."""

    INCAPACITY_STARTS = "incapacity_starts"
    PAID_PERIOD_ENDS = "paid_period_ends"
    DAY_WANTED = "day_wanted"

    @property
    def label(self) -> "StrOrPromise":
        return START_LABELS[self]


START_LABELS = {
    WindowStart.INCAPACITY_STARTS: _("Incapacity for work began"),
    WindowStart.PAID_PERIOD_ENDS: _("The paid period ended"),
    WindowStart.DAY_WANTED: _("It is wanted from"),
}


@dataclass(frozen=True, kw_only=True)
class ClaimWindow(Origin):
    """Within how many months a benefit must be claimed, and counted from what."""

    months: int
    counted_from: WindowStart


@dataclass(frozen=True, kw_only=True)
class LateClaim(Origin):
    """That a late claim can still be paid when refusing it would be unreasonable."""


@dataclass(frozen=True, kw_only=True)
class Backpay(Origin):
    """For how many calendar months before the month of filing a benefit is paid at most."""

    months: int


def claim_deadline(windows: Iterable[ClaimWindow], *, counted_from: str, counted_on: date | None) -> Deadline | None:
    """Reckon the last day to claim; None while the day is not known from which it is counted, or no window is.

    Raises:
        OutsideCalendar: the last day is in a year whose holidays are not known.
    """
    window = next((window for window in windows if window.counted_from == counted_from), None)
    if window is None or counted_on is None:
        return None
    return months_deadline(start=counted_on, months=window.months, origin=window)


def paid_from(backpay: Backpay, *, filed_on: date) -> date:
    """Answer the first day that can be paid of a claim that is filed on a day: the first of a month."""
    years, month_index = divmod(filed_on.year * 12 + filed_on.month - 1 - backpay.months, 12)
    return date(years, month_index + 1, 1)


def late_words(late: LateClaim | None) -> "tuple[StrOrPromise, Origin]":
    """Say what a claim after the last day still brings, and how well that is known."""
    if late is not None:
        return _("A late claim can still be paid when refusing it would be unreasonable."), late
    return _("A late claim can be filed. It may be paid for a shorter time: ask the decider."), UNKNOWN
