"""The pages of an appeal and the steps of its life."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.appeals import actions as appeals
from casework.appeals import presenters as presented
from casework.appeals.forms import AnswerForm, AppealTextForm, FileAppealForm, WithdrawAppealForm
from casework.applications import queries
from casework.decisions.forms import NoticeForm
from casework.models import Appeal
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.forms import SuuntaForm


@require_POST
@requires(Permission.WORK_CASE)
def appeal_new(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    decision = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    begun = appeals.draft(decision=decision, by=request.user, at=timezone.now())
    messages.success(
        request, _("The appeal is begun. Its grounds are filled in from the coverage check; continue from there.")
    )
    return redirect(begun)


@require_GET
@requires(Permission.SEE_CASE)
def appeal(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    can_work = request.user.has(Permission.WORK_CASE) and found.decision.application.case.is_open
    page = presented.page(found, today=timezone.localdate(), can_work=can_work)
    return render(request, "casework/appeals/appeal.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_edit(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    known = {name: getattr(found, name) for name in AppealTextForm.base_fields}
    form = AppealTextForm(request.POST or None, initial=known)
    return _step(request, found, form, appeals.edit, "appeal_edit", gettext_lazy("The text is saved."))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_notice(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    if found.is_first_level:  # its days are those of the decision
        return redirect("decision_notice", case_number, found.decision_id)
    known = {name: getattr(found, name) for name in NoticeForm.base_fields}
    form = NoticeForm(request.POST or None, initial=known)
    done = gettext_lazy("The last day of appeal is confirmed.")
    return _step(request, found, form, appeals.confirm_notice, "appeal_notice", done)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_file(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    today = timezone.localdate()
    known = {"filed_on": today, "version": found.version}
    form = FileAppealForm(request.POST or None, appeal=found, today=today, initial=known)
    return _step(request, found, form, appeals.file, "appeal_file", gettext_lazy("The appeal is filed."))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_decide(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    channel = found.decision.application.case.client.decision_channel
    form = AnswerForm(request.POST or None, initial={"result_channel": channel, "version": found.version})
    return _step(request, found, form, appeals.decide, "appeal_decide", gettext_lazy("The ruling is recorded."))


@require_POST
@requires(Permission.WORK_CASE)
def appeal_further(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    begun = appeals.draft_next(appeal=found, by=request.user, at=timezone.now())
    messages.success(request, _("The next appeal is begun."))
    return redirect(begun)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_withdraw(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    known = {"withdrawn_on": timezone.localdate(), "version": found.version}
    form = WithdrawAppealForm(request.POST or None, initial=known)
    return _step(request, found, form, appeals.withdraw, "appeal_withdraw", gettext_lazy("The appeal is withdrawn."))


def _step(
    request: PortalRequest,
    found: Appeal,
    form: SuuntaForm,
    action: Callable[..., Appeal],
    template: str,
    done: Promise,
) -> HttpResponse:
    """Take a step with a valid form, else show the form."""
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            action(appeal=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, str(done))
            return redirect(found)
    page = presented.page(found, today=timezone.localdate(), can_work=True)
    return render(request, f"casework/appeals/{template}.html", {**page, "form": form})
