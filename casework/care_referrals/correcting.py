"""Correcting a referral to care, taking its latest step back, or taking back all of it; its task follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.applications.correcting import NoStepToTakeBack
from casework.care_referrals.actions import check, due_on, end_tasks, locked
from casework.care_referrals.occasions import cause_of
from casework.case_tasks import actions as tasks
from casework.law import care_referrals as rules
from casework.models import CareReferral, Task
from casework.timeline import corrections
from casework.timeline.corrections import Why
from tenants.accounts.models import User


@transaction.atomic
def correct(
    *, referral: CareReferral, facts: Mapping[str, Any], reason: str, version: int, by: User, at: datetime
) -> CareReferral:
    """Correct what was written down; what no step has written yet is not looked at. Another day moves the task.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, NotOfThisCase, BeforeBirth, InTheFuture, OutsideCalendar
    Doubts: DayOrderWrong
    """
    referral = _standing(referral, version)
    values = {name: value for name, value in facts.items() if name in referral.recorded}
    check(referral, values, at=at)
    values["due_on"] = _due_on(referral, values, at=at)
    before = cause_of(referral)
    corrections.correct(referral, values, _why(referral, "care_referral.corrected", reason=reason, by=by, at=at))
    _let_task_follow(referral, before, by=by, at=at)
    return referral


@transaction.atomic
def take_back_step(*, referral: CareReferral, reason: str, version: int, by: User, at: datetime) -> CareReferral:
    """Take back the latest step, which was never taken: what it wrote down goes, into the history.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        NoStepToTakeBack: it is in preparation.
    """
    referral = _standing(referral, version)
    if not has_step_to_take_back(referral):
        raise NoStepToTakeBack
    *earlier, latest = referral.steps
    before, state = cause_of(referral), rules.state_after(earlier)
    unwritten = CareReferral()
    values: dict[str, Any] = {name: getattr(unwritten, name) for name in CareReferral.WRITTEN_BY[latest]}
    values |= {"state": state, "due_on": due_on(referral, state, values, at=at)}
    referral.steps = earlier
    referral.save(update_fields=["steps"])
    corrections.correct(referral, values, _why(referral, "care_referral.corrected", reason=reason, by=by, at=at))
    _let_task_follow(referral, before, by=by, at=at)
    return referral


@transaction.atomic
def take_back(*, referral: CareReferral, reason: str, version: int, by: User, at: datetime) -> CareReferral:
    """Take back a referral that was written down by mistake. A report stays among the documents.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    referral = _standing(referral, version)
    corrections.take_back(referral, _why(referral, "care_referral.removed", reason=reason, by=by, at=at))
    end_tasks(referral, tasks.drop, by=by, at=at)
    return referral


def has_step_to_take_back(referral: CareReferral) -> bool:
    """Whether more was written down than that it is prepared."""
    return bool(referral.steps)


def _standing(referral: CareReferral, version: int) -> CareReferral:
    referral = locked(referral)
    corrections.check_standing(referral)
    referral.check_version(version)
    return referral


def _why(referral: CareReferral, kind: str, *, reason: str, by: User, at: datetime) -> Why:
    return Why(reason=reason, by=by, at=at, case=referral.case, kind=kind)


def _due_on(referral: CareReferral, values: Mapping[str, Any], *, at: datetime) -> Any:
    """The day that was typed, else the usual one where a day moved from which it is reckoned."""
    typed = values.get("due_on", referral.due_on)
    if typed != referral.due_on:
        return typed
    reckoned = due_on(referral, referral.state, values, at=at)
    return typed if reckoned == due_on(referral, referral.state, {}, at=at) else reckoned


def _let_task_follow(referral: CareReferral, before: str, *, by: User, at: datetime) -> None:
    """End the task about what is asked no more; one about what is asked again was dropped, and is opened again."""
    cause = cause_of(referral)
    if cause == before:
        return
    end_tasks(referral, tasks.drop, by=by, at=at)
    if referral.is_under_way:
        for task in Task.objects.filter(occasion__cause=cause, is_dropped=True):
            tasks.undo(task=task, by=by, at=at)
