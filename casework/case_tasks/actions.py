"""What can be done to a task: add, correct, take back, done, no longer needed, and not done after all."""

import uuid
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.models import Case, Task
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.errors import Refusal


class CannotDoTasks(Refusal):
    user_message = _("%(name)s may not see cases in their present role. Choose another person.")
    field = "assignee"


@transaction.atomic
def add(*, case: Case | None, title: str, due_on: date, assignee: User, by: User, at: datetime) -> Task:
    """Promise something by a day, on a case or on its own. The day may have passed: what is late must not be lost.

    Raises:
        CannotDoTasks: the person may not see cases.
        CaseIsClosed
    """
    _check_assignee(assignee)
    if case is not None:
        case = locked_open(case)
    task: Task = Task.objects.create(case=case, title=title, due_on=due_on, assignee=assignee, written_by=by)
    if case is not None:
        facts = {"due_on": due_on.isoformat(), "assignee": assignee.name}
        timeline.add(case=case, kind="task.added", by=by, at=at, about=task, facts=facts)
    return task


@transaction.atomic
def correct(
    *, task: Task, title: str, due_on: date, assignee: User, reason: str, version: int, by: User, at: datetime
) -> Task:
    """Correct what was promised, by which day and by whom; also of a task that is done, and of a closed case.

    Raises:
        TakenBack, EditedMeanwhile
        CannotDoTasks: the person may not see cases.
    """
    task = _to_correct(task, version)
    if assignee != task.assignee:
        _check_assignee(assignee)
    facts = {"due_on": due_on.isoformat(), "assignee": assignee.name}
    why = Why(reason=reason, by=by, at=at, case=task.case, kind="task.corrected", facts=facts)
    corrections.correct(task, {"title": title, "due_on": due_on, "assignee": assignee}, why)
    return task


@transaction.atomic
def take_back(*, task: Task, reason: str, version: int, by: User, at: datetime) -> Task:
    """Take back a task that should not have been written: nobody is asked for it any more. A rule's never comes again.

    Raises:
        TakenBack, EditedMeanwhile
    """
    task = _to_correct(task, version)
    corrections.take_back(task, Why(reason=reason, by=by, at=at, case=task.case, kind="task.removed"))
    return task


@transaction.atomic
def do(*, task: Task, by: User, at: datetime) -> Task:
    """Mark a task done. Doing it twice is well: the first counts.

    Raises:
        TakenBack
    """
    task = _locked(task)
    if task.is_done:
        return task
    task.done_at, task.done_by = at, by
    task.save(update_fields=["done_at", "done_by"])
    _tell(task, "task.done", by=by, at=at)
    return task


@transaction.atomic
def drop(*, task: Task, by: User, at: datetime) -> Task:
    """End a task that nobody needs any more, without saying it was done. Twice is well, and so is a done one.

    Raises:
        TakenBack
    """
    task = _locked(task)
    if task.is_done:
        return task
    task.done_at, task.done_by, task.is_dropped = at, by, True
    task.save(update_fields=["done_at", "done_by", "is_dropped"])
    _tell(task, "task.dropped", by=by, at=at)
    return task


def end_those_about(about: uuid.UUID, end: Callable[..., Task], *, rule: str = "", by: User, at: datetime) -> None:
    """End (`do`, `drop`) the open tasks that rules wrote about a record, or those of one rule only."""
    for task in Task.objects.filter(occasion__about=about, done_at=None, occasion__cause__startswith=rule):
        end(task=task, by=by, at=at)


@transaction.atomic
def hand_over(*, task: Task, assignee: User, version: int, by: User, at: datetime) -> Task:
    """Give an open task to somebody else, also of a closed case; whose it was stays in its history. A done one stays.

    Raises:
        TakenBack, EditedMeanwhile
        CannotDoTasks: the person may not see cases.
    """
    task = _locked(task)
    if task.is_done:
        return task
    task.check_version(version)
    _check_assignee(assignee)
    facts = {"due_on": task.due_on.isoformat(), "assignee": assignee.name}
    why = Why(reason="", by=by, at=at, case=task.case, kind="task.handed_over", facts=facts)
    corrections.correct(task, {"assignee": assignee}, why)
    return task


@transaction.atomic
def undo(*, task: Task, by: User, at: datetime) -> Task:
    """Open a done task again, or one that was not needed. Twice is well.

    Raises:
        TakenBack
    """
    task = _locked(task)
    if not task.is_done:
        return task
    task.done_at = task.done_by = None
    task.is_dropped = False
    task.save(update_fields=["done_at", "done_by", "is_dropped"])
    _tell(task, "task.undone", by=by, at=at)
    return task


def _tell(task: Task, kind: str, *, by: User, at: datetime) -> None:
    if task.case is not None:
        timeline.add(case=task.case, kind=kind, by=by, at=at, about=task)


def _locked(task: Task) -> Task:
    """Fetch it anew and locked.

    Raises:
        TakenBack
    """
    task = task.locked("case")
    corrections.check_standing(task)
    return task


def _to_correct(task: Task, version: int) -> Task:
    """Lock the case first, as what else writes tasks does."""
    if task.case is not None:
        task.case.locked()
    task = task.locked("case", "assignee")
    corrections.check_standing(task)
    task.check_version(version)
    return task


def _check_assignee(assignee: User) -> None:
    if not assignee.has(Permission.SEE_CASE):
        raise CannotDoTasks(name=assignee.name)
