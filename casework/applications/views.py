"""The pages of an application and the steps of its life."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.applications import actions as applications
from casework.applications import evidence, queries
from casework.applications import presenters as presented
from casework.applications.forms import (
    AskForMoreForm,
    EvidenceForm,
    FileApplicationForm,
    NewApplicationForm,
    ReExamineForm,
    SupplyForm,
    WithdrawForm,
)
from casework.cases.head import head
from casework.cases.queries import case_or_404
from casework.models import Application
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.forms import SuuntaForm


@require_GET
@requires(Permission.SEE_CASE)
def case_applications(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    today = timezone.localdate()
    page = {
        "case": case,
        "head": head(case, user=request.user, today=today),
        "today": today,
        **queries.for_case(case),
    }
    return render(request, "casework/applications/case_applications.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = NewApplicationForm(request.POST or None, today=timezone.localdate(), initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            drafted = applications.draft(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(
                request, _("The application is begun. Attach what goes with it, then record when it was filed.")
            )
            return redirect(drafted)
    return render(request, "casework/applications/application_new.html", {"case": case, "form": form})


@require_GET
@requires(Permission.SEE_CASE)
def application(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    today = timezone.localdate()
    sent = queries.evidence_of(found)
    page = {
        "case": found.case,
        "application": found,
        "card": presented.card(found, today=today),
        "today": today,
        "evidence": sent,
        "old_statements": presented.old_statements(found, sent, on=found.filed_on or today),
        "statements": found.statement_requests.shown(found.case),
        "can_work": request.user.has(Permission.WORK_CASE) and found.case.is_open,
    }
    return render(request, "casework/applications/application.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_evidence(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    form = EvidenceForm(request.POST or None, application=found, initial={"sent_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            evidence.attach(application=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The evidence is on the list."))
            return redirect(found)
    return _form_page(request, "application_evidence", found, form)


@require_POST
@requires(Permission.WORK_CASE)
def application_evidence_remove(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, evidence_id: uuid.UUID
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    piece = queries.evidence_or_404(found, evidence_id)
    evidence.detach(evidence=piece, by=request.user, at=timezone.now())
    messages.success(request, _("The evidence is taken off the list."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_file(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    done = gettext_lazy("The application is filed. It waits for a decision.")
    return _step(request, found, FileApplicationForm, applications.file, "application_file", "filed_on", done)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_ask_for_more(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    done = gettext_lazy("The request and its last day are recorded.")
    return _step(
        request, found, AskForMoreForm, applications.ask_for_more, "application_ask_for_more", "asked_on", done
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_supply(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    done = gettext_lazy("The decider has the application again.")
    return _step(request, found, SupplyForm, applications.supply, "application_supply", "supplied_on", done)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_re_examine(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    done = gettext_lazy("A new decision is awaited.")
    return _step(request, found, ReExamineForm, applications.re_examine, "application_re_examine", "asked_on", done)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_withdraw(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    done = gettext_lazy("The application is withdrawn.")
    return _step(request, found, WithdrawForm, applications.withdraw, "application_withdraw", "withdrawn_on", done)


def _step(
    request: PortalRequest,
    found: Application,
    form_class: type[SuuntaForm],
    action: Callable[..., Application],
    template: str,
    day_field: str,
    done: Promise,
) -> HttpResponse:
    """Ask what a step of the workflow needs, and take it."""
    form = form_class(request.POST or None, initial={day_field: timezone.localdate(), "version": found.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            action(application=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, str(done))
            return redirect(found)
    return _form_page(request, template, found, form)


def _form_page(request: PortalRequest, template: str, found: Application, form: SuuntaForm) -> HttpResponse:
    page: dict[str, Any] = {
        "case": found.case,
        "application": found,
        "title": presented.title_of(found),
        "payer": presented.payer_of(found),
        "form": form,
        "re_examination_rule": presented.re_examination_rule(found),
    }
    return render(request, f"casework/applications/{template}.html", page)
