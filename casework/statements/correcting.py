"""Correcting a statement request, taking its latest step back, or taking back all of it; its task follows.

None of these is a step of its life: the facts were written down wrong, and the old ones stay in the history.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.applications.correcting import NoStepToTakeBack
from casework.case_tasks import actions as tasks
from casework.law.calendar import check_year
from casework.law.errors import check_day, check_order
from casework.law.workflow import StatementState
from casework.models import Application, StatementRequest, Task
from casework.statements.actions import NotOfThisCase, end_tasks, locked
from casework.statements.occasions import cause_of
from casework.timeline import corrections
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki


@dataclass(frozen=True, kw_only=True)
class StatementFacts:
    """What was written down about a request; what no step has written yet is not looked at."""

    kind: str
    asked_of: str
    purpose: str = ""
    application: Application | None = None
    asked_on: date
    due_on: date
    reminded_on: date | None = None
    returned_on: date | None = None
    return_reason: str = ""
    received_on: date | None = None
    written_on: date | None = None


@transaction.atomic
def correct(
    *, request: StatementRequest, facts: StatementFacts, reason: str, version: int, by: User, at: datetime
) -> StatementRequest:
    """Correct what was written down about a request. Another day ends the task about the old one.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, NotOfThisCase
        BeforeBirth, InTheFuture, OutsideCalendar
    Doubts: DayOrderWrong
    """
    request = _standing(request, version)
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    values = {name: value for name, value in said.items() if name in request.recorded}
    if facts.application is not None and facts.application.case_id != request.case_id:
        raise NotOfThisCase
    _check_days(request, values, at=at)
    before = cause_of(request)
    corrections.correct(request, values, _why(request, "statement.corrected", facts.kind, reason=reason, by=by, at=at))
    if cause_of(request) != before:
        end_tasks(request, tasks.drop, by=by, at=at)
        _open_task_again(request, by=by, at=at)
    return request


@transaction.atomic
def take_back_step(*, request: StatementRequest, reason: str, version: int, by: User, at: datetime) -> StatementRequest:
    """Take back the latest step, which was never taken: the statement is awaited as before. A paper stays in the case.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        NoStepToTakeBack: it was only asked for.
    """
    request = _standing(request, version)
    values = _before_latest_step(request)
    if not values:
        raise NoStepToTakeBack
    why = _why(request, "statement.corrected", request.kind, reason=reason, by=by, at=at)
    corrections.correct(request, values, why)
    _open_task_again(request, by=by, at=at)
    return request


@transaction.atomic
def take_back(*, request: StatementRequest, reason: str, version: int, by: User, at: datetime) -> StatementRequest:
    """Take back a request that was written down by mistake. A paper that came stays among the documents.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    request = _standing(request, version)
    why = _why(request, "statement.removed", request.kind, reason=reason, by=by, at=at)
    corrections.take_back(request, why)
    end_tasks(request, tasks.drop, by=by, at=at)
    return request


def has_step_to_take_back(request: StatementRequest) -> bool:
    """Whether more was written down than that it was asked for and reminded of."""
    return request.state != StatementState.ASKED


def _standing(request: StatementRequest, version: int) -> StatementRequest:
    request = locked(request)
    corrections.check_standing(request)
    request.check_version(version)
    return request


def _why(request: StatementRequest, kind: str, statement: str, *, reason: str, by: User, at: datetime) -> Why:
    return Why(reason=reason, by=by, at=at, case=request.case, kind=kind, facts={"kind": statement})


def _check_days(request: StatementRequest, values: dict[str, Any], *, at: datetime) -> None:
    """Each day by itself, and in the order in which they come: asked, then all others; written, then received."""
    for name in ("asked_on", "reminded_on", "returned_on", "received_on", "written_on"):
        check_day(values.get(name), born_on=request.case.client.born_on, today=helsinki(at), field=name)
    for name in ("due_on", "written_on"):
        if values.get(name):
            check_year(values[name].year)
    for name in ("due_on", "reminded_on", "returned_on", "received_on"):
        if values.get(name):
            check_order(values["asked_on"], values[name], field=name)
    if values.get("received_on") and values.get("written_on"):
        check_order(values["written_on"], values["received_on"], field="received_on")


def _before_latest_step(request: StatementRequest) -> dict[str, Any]:
    """What the request said before its latest step; nothing when there is none to take back."""
    awaited = StatementState.RETURNED if request.returned_on else StatementState.ASKED
    match request.state:
        case StatementState.RECEIVED:
            return {"state": awaited.value, "received_on": None, "written_on": None, "document": None}
        case StatementState.CANCELLED:
            return {"state": awaited.value}
        case StatementState.RETURNED:
            return {"state": StatementState.ASKED.value, "returned_on": None, "return_reason": ""}
    return {}


def _open_task_again(request: StatementRequest, *, by: User, at: datetime) -> None:
    """The task about the day that counts again was dropped with it; the sweep, which told of it once, does not."""
    if request.is_awaited:
        for task in Task.objects.filter(occasion__cause=cause_of(request), is_dropped=True):
            tasks.undo(task=task, by=by, at=at)
