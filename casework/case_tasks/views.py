"""Tasks of a case."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.case_tasks import actions as tasks
from casework.case_tasks.forms import CorrectTaskForm, TaskForm
from casework.case_tasks.queries import done_tasks, open_tasks, task_of_case_or_404, task_or_404
from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404, case_or_404
from casework.models import Task
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page
from tenants.requests import path_here


@require_safe
@requires(Permission.SEE_CASE)
def case_tasks(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    today = timezone.localdate()
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=today),
        "today": today,
        "open_tasks": open_tasks(case),
        "done_tasks": done_tasks(case),
    }
    return render(request, "casework/case_tasks/case_tasks.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def task_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = TaskForm(request.POST or None, initial={"assignee": request.user})
    return form_page(
        request,
        form,
        partial(tasks.add, case=case),
        page=below_case(case, title=_("Add a task"), submit=_("Save the task")),
        done=_("The task is saved."),
        then=case,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def task_correct(request: PortalRequest, case_number: str, task_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    task = task_of_case_or_404(case, task_id)
    tasks_url = reverse("case_tasks", args=[case.number])
    remove_url = reverse("task_remove", args=[case.number, task.pk])
    page = correction_page(case, task, title=_("Correct a task"), cancel=tasks_url, remove_url=remove_url)
    form = CorrectTaskForm(request.POST or None, initial=known(task))
    done = _("The task is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(tasks.correct, task=task), page=page, done=done, then=tasks_url)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def task_remove(request: PortalRequest, case_number: str, task_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    task = task_of_case_or_404(case, task_id)
    tasks_url = reverse("case_tasks", args=[case.number])
    page = take_back_page(case, task, title=_("Take back a task"), cancel=tasks_url)
    form = TakeBackForm(request.POST or None, initial={"version": task.version})
    done = _("The task is taken back. It stays in the history.")
    return form_page(request, form, partial(tasks.take_back, task=task), page=page, done=done, then=tasks_url)


@require_POST
@requires(Permission.SEE_CASE)
def task_done(request: PortalRequest, task_id: uuid.UUID) -> HttpResponse:
    task = task_or_404(request.user, task_id, on=timezone.localdate())
    tasks.do(task=task, by=request.user, at=timezone.now())
    messages.success(request, _("The task is done."))
    return redirect(_back(request, task))


@require_POST
@requires(Permission.SEE_CASE)
def task_undo(request: PortalRequest, task_id: uuid.UUID) -> HttpResponse:
    task = task_or_404(request.user, task_id, on=timezone.localdate())
    tasks.undo(task=task, by=request.user, at=timezone.now())
    messages.success(request, _("The task is open again."))
    return redirect(_back(request, task))


def _back(request: PortalRequest, task: Task) -> str:
    """The page the button was on: a path of this host in the hidden field `next`, else the case, else Today."""
    asked = path_here(request.POST.get("next", ""))
    return asked or (task.case.get_absolute_url() if task.case else "today")
