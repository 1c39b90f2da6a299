"""Whether a decision has become final and when, and until when its removal may be asked; unknown is said as unknown.

A decision is final when its time of appeal is over without an appeal, or when the last ruling on it is (A19). Suunta
knows no more of it than was written down, so nothing is forbidden by what stands here.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.applications import appeal_days
from casework.law import removal
from casework.law.calendar import OutsideCalendar
from casework.law.deadlines import AppealLevel
from casework.law.removal import Window
from casework.law.workflow import AppealState
from casework.models import Appeal, Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Standing(enum.Enum):
    """How a decision stands."""

    FINAL = enum.auto()
    NOT_YET = enum.auto()
    UNKNOWN = enum.auto()


@dataclass(frozen=True, kw_only=True)
class Finality:
    """How a decision stands, since when it is final, and why that is not known or not so yet."""

    standing: Standing
    on: date | None = None
    why: "StrOrPromise" = ""

    @property
    def is_final(self) -> bool:
        return self.standing is Standing.FINAL


@dataclass(frozen=True, kw_only=True)
class RemovalTime:
    """Until when the removal of a decision may be asked; without `ends_on` nobody knows, and one asks."""

    window: Window
    finality: Finality
    ends_on: date | None

    def is_late(self, on: date) -> bool:
        return self.ends_on is not None and on > self.ends_on


DAY_UNKNOWN = Finality(
    standing=Standing.UNKNOWN, why=_("The last day of appeal is not known, so nobody can tell whether it is final.")
)
UNDER_WAY = Finality(standing=Standing.NOT_YET, why=_("An appeal is under way: the decision is not final yet."))
STILL_TIME = Finality(
    standing=Standing.NOT_YET, why=_("The time of appeal is not over: the decision is not final yet.")
)
GIVEN_UP = Finality(
    standing=Standing.UNKNOWN, why=_("An appeal was withdrawn: since when the decision is final is not known.")
)
OTHERWISE = Finality(
    standing=Standing.UNKNOWN, why=_("What came of the appeal does not tell since when the decision is final.")
)


def removal_window(decision: Decision) -> Window | None:
    """Find the rule by which the removal of a decision may be asked; None where no rule says that it may."""
    body = appeal_days.body_of(decision.application, decision.notice_on, AppealLevel.FIRST)
    return removal.window(body.code, decision.notice_on) if body else None


def removal_time(decision: Decision, appeals: Sequence[Appeal], *, today: date) -> RemovalTime | None:
    """Say until when the removal of a decision may be asked; None where no rule says that it may be asked at all."""
    window = removal_window(decision)
    if window is None:
        return None
    finality = finality_of(decision, appeals, today=today)
    return RemovalTime(window=window, finality=finality, ends_on=_end(window, finality))


def finality_of(decision: Decision, appeals: Sequence[Appeal], *, today: date) -> Finality:
    """Tell whether a decision is final; `appeals` are all that stand against it, withdrawn ones too."""
    standing = [appeal for appeal in appeals if appeal.state != AppealState.WITHDRAWN]
    if not standing:
        is_given_up = any(appeal.filed_on for appeal in appeals)
        return GIVEN_UP if is_given_up else _after(decision.last_day, today=today)
    newest = max(standing, key=lambda appeal: not appeal.is_first_level)
    if newest.is_filed:
        return UNDER_WAY
    if newest.is_draft:
        return _after(newest.last_day, today=today)
    return _after_court(newest) if not newest.is_first_level else _after_board(newest, appeals, today=today)


def _after_court(ruled: Appeal) -> Finality:
    """After the ruling of a court of which it was read that it is the last one."""
    body = appeal_days.body_of(ruled.decision.application, ruled.notice_on, AppealLevel.COURT)
    if body is None or not body.is_final or ruled.has_changed_something or ruled.has_annulled:
        return OTHERWISE
    return Finality(standing=Standing.FINAL, on=ruled.result_on)


def _after_board(ruled: Appeal, appeals: Sequence[Appeal], *, today: date) -> Finality:
    """After a ruling of the first level: the appeal to the court that was begun with it was withdrawn."""
    further = [appeal for appeal in appeals if not appeal.is_first_level]
    if ruled.result not in (Appeal.Result.REJECTED, Appeal.Result.NOT_EXAMINED) or not further:
        return OTHERWISE
    if any(appeal.filed_on for appeal in further):
        return GIVEN_UP
    return _after(further[-1].last_day, today=today)


def _after(last_day: date | None, *, today: date) -> Finality:
    """After a time of appeal in which nothing was filed."""
    if last_day is None:
        return DAY_UNKNOWN
    return STILL_TIME if today <= last_day else Finality(standing=Standing.FINAL, on=last_day)


def _end(window: Window, finality: Finality) -> date | None:
    try:
        return window.ends_on(finality.on) if finality.on else None
    except OutsideCalendar:
        return None
