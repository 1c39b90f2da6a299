"""Reading tasks: those of a case, and one by its own address, as Today and the case page post to it."""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404

from casework.cases.queries import subject, visible_cases
from casework.models import Case, Task
from tenants.accounts.models import User
from tenants.audit import access_log

DONE_SHOWN = 50


def task_or_404(user: User, task_id: uuid.UUID) -> Task:
    """Fetch a task of a case the person may see, or one's own, whatever became of the case; log the look.

    Raises:
        Http404
    """
    visible = Q(case__in=visible_cases(user).values("pk")) | Q(assignee=user)
    task = Task.objects.select_related("case").filter(visible, pk=task_id).first()
    if task is None:
        raise Http404
    if task.case is not None:
        access_log.record(by=user, action="task.seen", subjects=[subject(task.case)])
    return task


def open_tasks(case: Case) -> QuerySet[Task]:
    """The tasks of a case that are not done."""
    return case.tasks.filter(done_at=None).select_related("assignee")


def done_tasks(case: Case) -> QuerySet[Task]:
    """The tasks of a case that were done last."""
    return case.tasks.exclude(done_at=None).select_related("done_by").order_by("-done_at")[:DONE_SHOWN]
