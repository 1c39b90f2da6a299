"""Reading tasks: those of a case, and one by its own address, as Today and the case page post to it."""

import uuid
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from casework.cases.door import pass_door
from casework.cases.queries import subject
from casework.models import Case, Task
from tenants.accounts.models import User
from tenants.audit import access_log

DONE_SHOWN = 50


def task_or_404(user: User, task_id: uuid.UUID, *, on: date) -> Task:
    """Fetch one's own task, whatever became of its case, or one of a case that is open to the person; log the look.

    Raises:
        Http404: there is none, or it is of a case the person may not see, or of nobody's case and somebody else's.
        ReasonNeeded: it is somebody else's, in somebody else's case.
    """
    task: Task | None = Task.objects.select_related("case").filter(pk=task_id).first()
    is_own = task is not None and task.assignee_id == user.pk
    if task is None or (task.case is None and not is_own):
        raise Http404
    if task.case is not None:
        if not is_own:
            pass_door(user, [task.case], on=on)
        access_log.record(by=user, action="task.seen", subjects=[subject(task.case)])
    return task


def task_of_case_or_404(case: Case, task_id: uuid.UUID) -> Task:
    """Fetch a task of a case that stands.

    Raises:
        Http404
    """
    task: Task = get_object_or_404(case.tasks.select_related("case", "assignee"), pk=task_id)
    return task


def open_tasks(case: Case) -> QuerySet[Task]:
    """The tasks of a case that are not done."""
    return case.tasks.filter(done_at=None).select_related("assignee")


def done_tasks(case: Case) -> QuerySet[Task]:
    """The tasks of a case that were done last."""
    return case.tasks.exclude(done_at=None).select_related("done_by").order_by("-done_at")[:DONE_SHOWN]
