"""What can be done to a referral to care: begin it, each step of its life; the tasks about it follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases.actions import locked_open
from casework.figures.queries import own_figures
from casework.law import care_referrals as rules
from casework.law import figures
from casework.law.calendar import check_year
from casework.law.errors import check_day, check_order
from casework.law.workflow import CARE_REFERRAL, CARE_STATE_LABELS, Transition, required
from casework.models import CareReferral, Case, Document, Task
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

COMING = ("more_due_on", "first_visit_on", "due_on")  # days that may be ahead; all others have been


class NotOfThisCase(Refusal):
    user_message = _("This document belongs to another case.")
    field = "report"


@dataclass(frozen=True, kw_only=True)
class ReferralDetails:
    """What a person types when beginning one; `was_sent`: it has been sent already, perhaps nobody knows when."""

    unit: str
    asked_of: str = ""
    question: str = ""
    asked_on: date | None = None
    was_sent: bool = False
    sent_on: date | None = None
    sent_by: str = ""


@transaction.atomic
def begin(*, case: Case, details: ReferralDetails, by: User, at: datetime) -> CareReferral:
    """Write down that a referral is prepared, or that it has been sent already.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture, OutsideCalendar
    Doubts: DayOrderWrong
    """
    case = locked_open(case)
    words = {"unit": details.unit, "asked_of": details.asked_of, "question": details.question}
    referral = CareReferral(case=case, **words, asked_on=details.asked_on, written_by=by)
    check(referral, {"asked_on": details.asked_on}, at=at)
    referral.save()
    tell(referral, "care_referral.begun", by=by, at=at, on=details.asked_on)
    if details.was_sent or details.sent_on or details.sent_by:
        sent: dict[str, Any] = {"sent_on": details.sent_on, "sent_by": details.sent_by}
        return send(referral=referral, **sent, version=referral.version, by=by, at=at)
    return referral


@transaction.atomic
def send(
    *, referral: CareReferral, sent_on: date | None, sent_by: str = "", version: int, by: User, at: datetime
) -> CareReferral:
    """Write down that it was sent; from now on an answer is awaited.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, OutsideCalendar, NoRule
    Doubts: DayOrderWrong
    """
    return _take(referral, "send", {"sent_on": sent_on, "sent_by": sent_by}, version=version, by=by, at=at)


@transaction.atomic
def ask_for_more(
    *,
    referral: CareReferral,
    more_asked_on: date | None,
    more_asked: str,
    more_due_on: date | None,
    version: int,
    by: User,
    at: datetime,
) -> CareReferral:
    """Write down what the clinic wants to know before it answers, and until when, where it says so.

    Raises and doubts: as `send`.
    """
    asked = {"more_asked_on": more_asked_on, "more_asked": more_asked, "more_due_on": more_due_on}
    return _take(referral, "ask_for_more", asked | {"supplied_on": None}, version=version, by=by, at=at)


@transaction.atomic
def supply(*, referral: CareReferral, supplied_on: date, version: int, by: User, at: datetime) -> CareReferral:
    """Write down that the clinic has what it asked for; an answer is awaited again.

    Raises and doubts: as `send`.
    """
    return _take(referral, "supply", {"supplied_on": supplied_on}, end=tasks.do, version=version, by=by, at=at)


@transaction.atomic
def accept(
    *,
    referral: CareReferral,
    accepted_on: date | None,
    first_visit_on: date | None,
    version: int,
    by: User,
    at: datetime,
) -> CareReferral:
    """Write down that the clinic invites the client, also after it had refused.

    Raises and doubts: as `send`.
    """
    said = {"accepted_on": accepted_on, "first_visit_on": first_visit_on}
    return _take(referral, "accept", said, version=version, by=by, at=at)


@transaction.atomic
def refuse(
    *, referral: CareReferral, refused_on: date | None, refusal_reason: str, version: int, by: User, at: datetime
) -> CareReferral:
    """Write down that the clinic sent it back without taking the client. No time of appeal begins: there is none.

    Raises and doubts: as `send`.
    """
    said = {"refused_on": refused_on, "refusal_reason": refusal_reason}
    return _take(referral, "refuse", said, version=version, by=by, at=at)


@transaction.atomic
def complain(
    *, referral: CareReferral, complained_on: date, complaint: str, version: int, by: User, at: datetime
) -> CareReferral:
    """Write down that a complaint went to the unit. One that was answered before stays in the history.

    Raises and doubts: as `send`.
    """
    said = {"complained_on": complained_on, "complaint": complaint, "answered_on": None, "answer": ""}
    return _take(referral, "complain", said, version=version, by=by, at=at)


@transaction.atomic
def answer_complaint(
    *, referral: CareReferral, answered_on: date | None, answer: str, version: int, by: User, at: datetime
) -> CareReferral:
    """Write down what the unit answered to the complaint. If it takes the client after all, that is a step of its own.

    Raises and doubts: as `send`.
    """
    said = {"answered_on": answered_on, "answer": answer}
    return _take(referral, "answer_complaint", said, version=version, by=by, at=at)


@transaction.atomic
def examine(*, referral: CareReferral, examined_on: date | None, version: int, by: User, at: datetime) -> CareReferral:
    """Write down that the client was examined; the report is awaited.

    Raises and doubts: as `send`.
    """
    return _take(referral, "examine", {"examined_on": examined_on}, version=version, by=by, at=at)


@transaction.atomic
def report(
    *,
    referral: CareReferral,
    reported_on: date | None,
    report: Document | None = None,
    version: int,
    by: User,
    at: datetime,
) -> CareReferral:
    """Write down that the report is here, with its paper where that is among the documents of the case.

    Raises:
        NotOfThisCase, and as `send`.
    Doubts: as `send`.
    """
    said = {"reported_on": reported_on, "report": report}
    return _take(referral, "report", said, end=tasks.do, version=version, by=by, at=at)


@transaction.atomic
def withdraw(
    *, referral: CareReferral, withdrawn_on: date, withdrawn_reason: str, version: int, by: User, at: datetime
) -> CareReferral:
    """End it without an answer, or before the examination.

    Raises and doubts: as `send`.
    """
    said = {"withdrawn_on": withdrawn_on, "withdrawn_reason": withdrawn_reason}
    return _take(referral, "withdraw", said, version=version, by=by, at=at)


def locked(referral: CareReferral) -> CareReferral:
    """Fetch the referral anew with its case and itself locked, in that order.

    Raises:
        CaseIsClosed
    """
    case = locked_open(referral.case, about=referral.pk)
    referral = referral.locked("report")
    return referral.belonging(case)


def check(referral: CareReferral, values: Mapping[str, Any], *, at: datetime) -> None:
    """Check the values that a step or a correction would write, each by itself and beside what stands.

    Raises:
        NotOfThisCase, BeforeBirth, InTheFuture, OutsideCalendar
    Doubts: DayOrderWrong
    """
    report = values.get("report")
    if report is not None and report.case_id != referral.case_id:
        raise NotOfThisCase
    for name, on in values.items():
        if isinstance(on, date):
            check_year(on.year)
            today = date.max if name in COMING else helsinki(at)
            check_day(on, born_on=referral.case.client.born_on, today=today, field=name)
    known = {pair.earlier: getattr(referral, pair.earlier) for pair in rules.ORDER} | dict(values)
    for pair in rules.ORDER:
        check_order(known[pair.earlier], values.get(pair.later), field=pair.later)


def due_on(referral: CareReferral, state: str, values: Mapping[str, Any], *, at: datetime) -> date | None:
    """Reckon by when an answer is usually there, when the referral stands somewhere with these values.

    Raises:
        NoRule
    """
    today = helsinki(at)
    days = {name: getattr(referral, name) for name in CareReferral.CORRECTED} | dict(values)
    usual = figures.in_use(rules.answer_time(today), own_figures(today))
    return rules.due_on(state, days, usual_days=usual.usual_days, today=today)


def end_tasks(referral: CareReferral, end: Callable[..., Task], *, by: User, at: datetime) -> None:
    """End the tasks about what is awaited no more."""
    tasks.end_those_about(referral.pk, end, by=by, at=at)


def tell(
    referral: CareReferral, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str | int
) -> None:
    timeline.add(case=referral.case, kind=kind, by=by, at=at, on=on, about=referral, facts=facts)


def _take(
    referral: CareReferral,
    step: str,
    values: Mapping[str, Any],
    *,
    end: Callable[..., Task] = tasks.drop,
    version: int,
    by: User,
    at: datetime,
) -> CareReferral:
    """Take a step with what it writes down. What another round said before stays in the history."""
    referral = locked(referral)
    taken = _allowed(referral, step, by)
    referral.check_version(version)
    check(referral, values, at=at)
    due = due_on(referral, taken.target, values, at=at)
    why = Why(reason="", by=by, at=at, case=referral.case, kind="")
    corrections.fill_in(referral, values, why)
    referral.state, referral.due_on = taken.target, due
    referral.steps = [*referral.steps, step]
    referral.save_version("state", "due_on", "steps")
    end_tasks(referral, end, by=by, at=at)
    _tell_step(referral, taken, values, by=by, at=at)
    return referral


def _allowed(referral: CareReferral, step: str, by: User) -> Transition:
    found = required(CARE_REFERRAL, referral.state, step, labels=CARE_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    return found


def _tell_step(referral: CareReferral, step: Transition, values: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Tell of it on the day it happened, with the day ahead that it set."""
    [on, *_rest] = [values[name] for name in CareReferral.WRITTEN_BY[step.step] if name.endswith("_on")]
    coming = {name: values[name].isoformat() for name in COMING if values.get(name)}
    tell(referral, step.audit, by=by, at=at, on=on, **coming)
