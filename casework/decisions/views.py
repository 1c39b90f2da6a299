"""The pages of a decision: recording it, its notice, its text, and the coverage check."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.applications import appeal_days, queries
from casework.applications import presenters as presented
from casework.decisions import actions as decisions
from casework.decisions import coverage as coverage_checks
from casework.decisions import presenters as presented_decisions
from casework.decisions.forms import CoverageForm, DecisionDocumentForm, DecisionForm, NoticeForm
from casework.models import CoverageCheck, Decision
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_new(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    application = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    known = {"channel": application.case.client.decision_channel, "version": application.version}
    form = DecisionForm(request.POST or None, case=application.case, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            found = decisions.record(application=application, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The decision is recorded."))
            return redirect(found)
    page = {
        "case": application.case,
        "application": application,
        "title": presented.title_of(application),
        "form": form,
    }
    return render(request, "casework/decisions/decision_new.html", {**page, "payer": presented.payer_of(application)})


@require_GET
@requires(Permission.SEE_CASE)
def decision(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    page = presented_decisions.page(found, today=timezone.localdate(), can_work=_can_work(request, found))
    if page["check"] is not None:
        page["form"] = _coverage_form(found, page["check"])
    return render(request, "casework/decisions/decision.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_notice(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    known = {name: getattr(found, name) for name in NoticeForm.base_fields}
    form = NoticeForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            decisions.confirm_notice(decision=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The last day of appeal is confirmed."))
            return redirect(found)
    deadline = appeal_days.of_decision(found)
    page = presented_decisions.notice_page(found, deadline, today=timezone.localdate())
    return render(request, "casework/decisions/decision_notice.html", {**page, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_document(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    form = DecisionDocumentForm(request.POST or None, case=found.application.case)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            decisions.attach_document(decision=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The text of the decision is attached."))
            return redirect(found)
    page = presented_decisions.head(found)
    return render(request, "casework/decisions/decision_document.html", {**page, "form": form})


@require_POST
@requires(Permission.WORK_CASE)
def coverage(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    """Save the coverage check, and close it when a conclusion is given. Its form is on the page of the decision."""
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    check = queries.coverage_check_or_404(found)
    form = _coverage_form(found, check, request)
    if form.is_valid():
        with form.refusals():
            _save_check(request, check, form)
            return redirect(f"{found.get_absolute_url()}#coverage")
    page = presented_decisions.page(found, today=timezone.localdate(), can_work=True)
    return render(request, "casework/decisions/decision.html", {**page, "form": form})


@require_POST
@requires(Permission.WORK_CASE)
def coverage_reopen(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    check = queries.coverage_check_or_404(found)
    coverage_checks.reopen(check=check, version=check.version, by=request.user, at=timezone.now())
    messages.success(request, _("The check is open again."))
    return redirect(found)


def _save_check(request: PortalRequest, check: CoverageCheck, form: CoverageForm) -> None:
    known = {"check": check, "findings": form.findings, "version": form.cleaned_data["version"]}
    if form.is_to_stay_open:
        coverage_checks.fill(**known, by=request.user, at=timezone.now())
        messages.success(request, _("The check is saved and stays open."))
        return
    ending = {name: form.cleaned_data[name] for name in ("conclusion", "is_appeal_waived", "reason")}
    coverage_checks.close(**known, **ending, by=request.user, at=timezone.now())
    messages.success(request, _("The check is closed."))


def _coverage_form(found: Decision, check: CoverageCheck, request: PortalRequest | None = None) -> CoverageForm:
    application = found.application
    return CoverageForm(
        request.POST if request else None,
        check=check,
        illnesses=queries.illnesses_of(application.case),
        evidence=queries.evidence_of(application),
    )


def _can_work(request: PortalRequest, found: Decision) -> bool:
    return request.user.has(Permission.WORK_CASE) and found.application.case.is_open
