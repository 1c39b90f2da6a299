"""Statement requests of a case: ask, look at, and the steps until the statement is here."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.cases.queries import case_or_404
from casework.models import StatementRequest
from casework.statements import actions as statements
from casework.statements import queries
from casework.statements.forms import (
    AskForStatementForm,
    CancelStatementForm,
    NewerStatementForm,
    ReceiveForm,
    RemindForm,
    SendBackForm,
)
from casework.statements.presenters import card
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.forms import SuuntaForm


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    initial = {"asked_on": timezone.localdate(), **request.GET.dict()}
    form = AskForStatementForm(request.POST or None, case=case, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            statements.ask(case=case, details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The request is written down. When its day goes by, it becomes a task."))
            return redirect("case_visits", case.number)
    return render(request, "casework/statements/statement_new.html", {"case": case, "form": form})


@require_GET
@requires(Permission.SEE_CASE)
def statement(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    page = {
        "case": found.case,
        "found": found,
        "card": card(found, today=timezone.localdate()),
        "can_work": request.user.has(Permission.WORK_CASE) and found.case.is_open,
    }
    return render(request, "casework/statements/statement.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_remind(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = RemindForm(request.POST or None, initial={"reminded_on": timezone.localdate(), "version": found.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            statements.remind(request=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The reminder is written down."))
            return redirect(found)
    return _form_page(request, "statement_remind", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_send_back(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = SendBackForm(request.POST or None, initial={"returned_on": timezone.localdate(), "version": found.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            statements.send_back(request=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("It is written down what is missing. A better statement is expected."))
            return redirect(found)
    return _form_page(request, "statement_send_back", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_receive(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    """Write down that it came; when it came before, say so kindly and lead to where a newer paper can be kept."""
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    initial = {"received_on": timezone.localdate(), "version": found.version}
    form = ReceiveForm(request.POST or None, request.FILES or None, case=found.case, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            arrival, version = form.arrival, form.cleaned_data["version"]
            try:
                statements.receive(request=found, arrival=arrival, version=version, by=request.user, at=timezone.now())
            except statements.CameBefore as told:
                messages.info(request, str(told.user_message))
                return redirect(found)
            messages.success(request, _("The statement is here."))
            return redirect(found)
    return _form_page(request, "statement_receive", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_newer(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = NewerStatementForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            statements.keep_newer(request=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The newer paper is kept as a new version."))
            return redirect(found)
    return _form_page(request, "statement_newer", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_cancel(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = CancelStatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            statements.cancel(request=found, by=request.user, at=timezone.now())
            messages.success(request, _("The statement is no longer expected."))
            return redirect(found)
    return _form_page(request, "statement_cancel", found, form)


def _form_page(request: PortalRequest, template: str, found: StatementRequest, form: SuuntaForm) -> HttpResponse:
    page: dict[str, Any] = {"case": found.case, "found": found, "form": form}
    return render(request, f"casework/statements/{template}.html", page)
