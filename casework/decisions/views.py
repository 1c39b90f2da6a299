"""The pages of a decision: recording it, its notice, its text, and the coverage check."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.applications import appeal_days, queries
from casework.applications.form_pages import below_application
from casework.cases.correcting import TakeBackForm, correction_page, take_back_page
from casework.cases.kept_ends import is_worked_on
from casework.decisions import actions as decisions
from casework.decisions import correcting, further
from casework.decisions import coverage as coverage_checks
from casework.decisions import presenters as presented_decisions
from casework.decisions.forms import CorrectDecisionForm, CoverageForm, DecisionDocumentForm, DecisionForm, NoticeForm
from casework.law.deadlines import AppealLevel
from casework.letters.presenters import FORM_ID, Claimed, letter_beside, used
from casework.models import Application, CoverageCheck, Decision
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_new(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    application = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    words: dict[str, Any] = {
        "title": _("Record the decision"),
        "submit": _("Record the decision"),
        "intro": _(
            "Anything but a full grant opens the check whether every illness was considered, "
            "and Suunta calculates the last day of appeal, or asks for it."
        ),
    }
    act = partial(decisions.record, application=application)
    is_filed = application.filed_on is not None
    words["acts"] = ("decide",) if is_filed else ("file",)  # whose filing both share
    return _decision_page(request, application, act, words, is_filed=is_filed)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_further(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    application = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    words = {
        "acts": ("decide_further",),
        "title": _("Another decision came"),
        "submit": _("Record the decision"),
        "intro": [
            _("A supplement, a decision on another period, or an error that the decider has put right itself."),
            _(
                "The earlier decision stays on the page beside it. "
                "Each has its own last day of appeal and its own check."
            ),
        ],
    }
    return _decision_page(request, application, partial(further.record_further, application=application), words)


def _decision_page(
    request: PortalRequest,
    application: Application,
    act: Callable[..., Decision],
    words: dict[str, Any],
    *,
    is_filed: bool = True,
) -> HttpResponse:
    """The form of a letter of decision, with what was read in the letter beside it."""
    chosen = request.POST.get("document") or request.GET.get("document", "")
    beside = letter_beside(application.case, Claimed.of(application), chosen=chosen, on=timezone.localdate())
    is_using = "use" in request.POST
    known = {"channel": application.case.client.decision_channel, "version": application.version, "document": chosen}
    initial = used(request.POST, beside.letter) if is_using else known
    sent = None if is_using else request.POST or None
    form = DecisionForm(sent, application=application, is_filed=is_filed, initial=initial)
    page = below_application(
        application,
        form_id=FORM_ID,
        template="casework/decisions/decision_form.html",
        values={"beside": beside},
        **words,
    )
    return form_page(request, form, act, page=page, done=_("The decision is recorded."))


@require_safe
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
    rule_on = partial(appeal_days.rule_of, found.application, level=AppealLevel.FIRST)
    form = NoticeForm(request.POST or None, noticed=found, rule_on=rule_on)
    deadline = appeal_days.of_decision(found)
    page = below_application(
        found.application,
        title=_("Confirm the notice"),
        submit=_("Confirm"),
        cancel=found.get_absolute_url(),
        template="casework/decisions/decision_notice.html",
        values=presented_decisions.notice_page(found, deadline, today=timezone.localdate()),
    )
    act = partial(decisions.confirm_notice, decision=found)
    return form_page(request, form, act, page=page, done=_("The notice is confirmed."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_document(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    known = {"version": found.version}
    form = DecisionDocumentForm(request.POST or None, case=found.application.case, initial=known)
    page = below_application(
        found.application,
        title=_("Attach the text of the decision"),
        submit=_("Attach"),
        cancel=found.get_absolute_url(),
        template="casework/decisions/decision_document.html",
    )
    act = partial(decisions.attach_document, decision=found)
    return form_page(request, form, act, page=page, done=_("The text of the decision is attached."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_correct(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    case, here = found.application.case, found.get_absolute_url()
    remove_url = reverse("decision_remove", args=[case.number, found.pk])
    page = correction_page(case, found, title=_("Correct the decision"), cancel=here, remove_url=remove_url)
    form = CorrectDecisionForm(request.POST or None, decision=found)
    done = _("The decision is corrected. What follows from it was reckoned anew.")
    return form_page(request, form, partial(correcting.correct, decision=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def decision_remove(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    found = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    case = found.application.case
    page = take_back_page(case, found, title=_("Take back the decision"), cancel=found.get_absolute_url())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back, decision=found)
    done = _("The decision is taken back. The application waits again.")
    return form_page(request, form, act, page=page, done=done, then=found.application.get_absolute_url())


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
    application = found.application
    return request.user.has(Permission.WORK_CASE) and is_worked_on(application.case, application=application)
