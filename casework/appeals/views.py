"""The pages of an appeal and the steps of its life."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.appeals import actions as appeals
from casework.appeals import correcting
from casework.appeals import letter as letters
from casework.appeals import presenters as presented
from casework.appeals.form_pages import below_appeal
from casework.appeals.forms import AnswerForm, AppealTextForm, CorrectAppealForm, WithdrawAppealForm
from casework.appeals.queries import letter_of, supplements_of
from casework.applications import appeal_days, queries
from casework.cases.correcting import (
    TakeBackForm,
    TakeBackStepForm,
    correction_page,
    known,
    step_back_words,
    take_back_page,
)
from casework.cases.kept_ends import is_worked_on
from casework.decisions.forms import NoticeForm
from casework.models import Appeal
from casework.readings import presenters as readings
from casework.readings.queries import readings_about
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import answer_button, form_page


@require_POST
@requires(Permission.WORK_CASE)
def appeal_new(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    decision = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    done = _("The appeal is begun. Its grounds are filled in from the coverage check; continue from there.")
    return answer_button(request, partial(appeals.draft, decision=decision), done=done)


@require_safe
@requires(Permission.SEE_CASE)
def appeal(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    application = found.decision.application
    can_work = request.user.has(Permission.WORK_CASE) and is_worked_on(application.case, application=application)
    today = timezone.localdate()
    page = presented.page(found, today=today, can_work=can_work)
    page |= letters.panel(letter_of(found, on=today), on=today) | {"supplements": supplements_of(found)}
    page |= readings.panel(found, readings_about(found), today=today)
    return render(request, "casework/appeals/appeal.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_edit(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    form = AppealTextForm(request.POST or None, appeal=found)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=appeal_days.words_of(found).edit,
        submit=_("Save the text"),
        template="casework/appeals/appeal_edit.html",
    )
    act = partial(appeals.edit, appeal=found)
    return form_page(request, form, act, page=page, done=_("The text is saved."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_notice(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    if found.is_first_level:  # its days are those of the decision
        return redirect("decision_notice", case_number, found.decision_id)
    rule_on = partial(appeal_days.rule_of, found.decision.application, level=Appeal.Level(found.level).stage)
    form = NoticeForm(request.POST or None, noticed=found, rule_on=rule_on)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("Confirm the notice"),
        submit=_("Confirm"),
        intro=_("Compare with the ruling itself. The day or the rule printed in its appeal instructions decides."),
    )
    act = partial(appeals.confirm_notice, appeal=found)
    return form_page(request, form, act, page=page, done=_("The notice is confirmed."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_decide(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    form = AnswerForm(request.POST or None, appeal=found)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("Record the ruling"),
        submit=_("Record the ruling"),
        intro=presented.what_follows(found),
    )
    act = partial(appeals.decide, appeal=found)
    return form_page(request, form, act, page=page, done=_("The ruling is recorded."), then=found)


@require_POST
@requires(Permission.WORK_CASE)
def appeal_further(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    return answer_button(request, partial(appeals.draft_next, appeal=found), done=_("The next appeal is begun."))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_withdraw(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    words = appeal_days.words_of(found)
    known = {"withdrawn_on": timezone.localdate(), "version": found.version}
    form = WithdrawAppealForm(request.POST or None, appeal=found, initial=known)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=words.withdraw,
        submit=words.withdraw,
        tone="danger",
        intro=_intro_of_withdrawal(found),
    )
    act = partial(appeals.withdraw, appeal=found)
    return form_page(request, form, act, page=page, done=str(words.withdrawn), then=found)


def _intro_of_withdrawal(appeal: Appeal) -> str:
    if appeal.is_draft and not appeals.has_time_after_all(appeal):
        return _("It stays in the case. Nothing reminds of its last day any more; it can be begun again in time.")
    return _("It stays in the case. It can be begun again while there is time.")


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_correct(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    case, here, words = found.decision.application.case, found.get_absolute_url(), appeal_days.words_of(found)
    remove_url = reverse("appeal_remove", args=[case_number, found.pk]) if correcting.can_be_taken_back(found) else ""
    page = correction_page(case, found, title=words.correct, cancel=here, remove_url=remove_url)
    form = CorrectAppealForm(request.POST or None, appeal=found, initial=known(found))
    act = partial(correcting.correct, appeal=found)
    return form_page(request, form, act, page=page, done=str(words.corrected), then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_step_back(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    page = below_appeal(found, today=timezone.localdate(), **step_back_words(found.get_state_display()))
    form = TakeBackStepForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back_step, appeal=found)
    return form_page(request, form, act, page=page, done=_("The step is taken back."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_remove(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    case, words = found.decision.application.case, appeal_days.words_of(found)
    page = take_back_page(case, found, title=words.take_back, cancel=found.get_absolute_url())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back, appeal=found)
    return form_page(request, form, act, page=page, done=str(words.taken_back), then=found.decision.get_absolute_url())
