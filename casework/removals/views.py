"""Pages of applications for removal: writing, the page itself, the answer, the end, corrections."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.applications import queries as applications
from casework.applications.finality import removal_time
from casework.cases.correcting import (
    TakeBackForm,
    TakeBackStepForm,
    correction_page,
    known,
    step_back_words,
    take_back_page,
)
from casework.cases.form_pages import below_case
from casework.cases.kept_ends import is_worked_on
from casework.models import Removal
from casework.removals import actions as removals
from casework.removals import correcting
from casework.removals import presenters as presented
from casework.removals.form_pages import below_removal
from casework.removals.forms import (
    AnswerRemovalForm,
    CorrectRemovalForm,
    EditRemovalForm,
    RemovalForm,
    WithdrawRemovalForm,
)
from casework.removals.queries import appeals_of, removal_or_404, usual_signer
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_new(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    today = timezone.localdate()
    decision = applications.decision_or_404(request.user, case_number, decision_id, on=today)
    signer = usual_signer(decision.application, on=today)
    form = RemovalForm(request.POST or None, decision=decision, today=today, signer=signer)
    time = removal_time(decision, appeals_of(decision), today=today)
    page = below_case(
        decision.application.case,
        title=_("Application for removal of a final decision"),
        submit=_("Save the application for removal"),
        cancel=decision.get_absolute_url(),
        template="casework/removals/removal_new.html",
        autosave=True,
        values=presented.time_page(time, today=today),
    )
    act = partial(removals.write, decision=decision)
    return form_page(request, form, act, page=page, done=_("The application for removal is saved."))


@require_safe
@requires(Permission.SEE_CASE)
def removal(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found, today = _found(request, case_number, removal_id), timezone.localdate()
    application = found.decision.application
    can_work = request.user.has(Permission.WORK_CASE) and is_worked_on(application.case, application=application)
    page = presented.page(found, appeals_of(found.decision), today=today, can_work=can_work)
    return render(request, "casework/removals/removal.html", page | presented.paper_panel(found, on=today))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_edit(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found, today = _found(request, case_number, removal_id), timezone.localdate()
    if not found.is_draft:
        return redirect(found)
    signer = found.representation
    form = EditRemovalForm(request.POST or None, decision=found.decision, today=today, signer=signer, removal=found)
    page = below_removal(
        found,
        today=today,
        title=_("Edit the application for removal"),
        submit=_("Save the application for removal"),
        autosave=True,
    )
    act = partial(removals.edit, removal=found)
    return form_page(request, form, act, page=page, done=_("The application for removal is saved."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_answer(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found, today = _found(request, case_number, removal_id), timezone.localdate()
    form = AnswerRemovalForm(request.POST or None, initial={"version": found.version})
    page = below_removal(
        found,
        today=today,
        title=_("Record the answer"),
        submit=_("Record the answer"),
        intro=_(
            "When the decision is removed, the decider decides anew: the application waits for a new decision from "
            "that day on."
        ),
    )
    act = partial(removals.answer, removal=found)
    return form_page(request, form, act, page=page, done=_("The answer is recorded."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_withdraw(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found, today = _found(request, case_number, removal_id), timezone.localdate()
    form = WithdrawRemovalForm(request.POST or None, initial={"withdrawn_on": today, "version": found.version})
    page = below_removal(
        found,
        today=today,
        title=_("Withdraw the application for removal"),
        submit=_("Withdraw the application for removal"),
        tone="danger",
        intro=_("It stays in the case. It can be begun again while there is time."),
    )
    act = partial(removals.withdraw, removal=found)
    return form_page(request, form, act, page=page, done=_("The application for removal is withdrawn."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_correct(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found = _found(request, case_number, removal_id)
    case, here = found.decision.application.case, found.get_absolute_url()
    remove_url = reverse("removal_remove", args=[case_number, found.pk])
    title = _("Correct the application for removal")
    page = correction_page(case, found, title=title, cancel=here, remove_url=remove_url)
    form = CorrectRemovalForm(request.POST or None, removal=found, initial=known(found))
    done = _("The application for removal is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(correcting.correct, removal=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_step_back(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found = _found(request, case_number, removal_id)
    page = below_removal(found, today=timezone.localdate(), **step_back_words(found.get_state_display()))
    form = TakeBackStepForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back_step, removal=found)
    return form_page(request, form, act, page=page, done=_("The step is taken back."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_remove(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    found = _found(request, case_number, removal_id)
    case, title = found.decision.application.case, _("Take back the application for removal")
    page = take_back_page(case, found, title=title, cancel=found.get_absolute_url())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    done = _("The application for removal is taken back. It stays in the history.")
    act, then = partial(correcting.take_back, removal=found), found.decision.get_absolute_url()
    return form_page(request, form, act, page=page, done=done, then=then)


def _found(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> Removal:
    return removal_or_404(request.user, case_number, removal_id, on=timezone.localdate())
