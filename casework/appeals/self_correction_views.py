"""The pages between the filing of an appeal and its ruling: what the decider did with it, and the client's comment."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.appeals import self_correction
from casework.appeals.form_pages import below_appeal
from casework.appeals.forms import AskCommentForm, CommentForm, FirstAnswer, FirstAnswerForm
from casework.applications import queries
from casework.decisions.forms import DecisionForm
from casework.models import Appeal
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_decider(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    form = FirstAnswerForm(request.POST or None, initial={"on": timezone.localdate(), "version": found.version})
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("What the decider did with the appeal"),
        submit=_("Save"),
        template="casework/appeals/appeal_decider.html",
    )
    return form_page(request, form, partial(_answer, found), page=page, done=_("It is recorded."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_new_decision(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    application = found.decision.application
    known = {"channel": application.case.client.decision_channel, "version": found.version}
    form = DecisionForm(request.POST or None, application=application, initial=known)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("The decider corrected its decision"),
        submit=_("Record the new decision"),
        intro=_("The appeal ends with the new decision, which has a time of appeal of its own."),
    )
    act = partial(self_correction.correct_in_full, appeal=found)
    return form_page(request, form, act, page=page, done=_("The new decision is recorded. The appeal has ended."))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_ask_comment(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    form = AskCommentForm(request.POST or None, initial={"due_on": found.comment_due_on, "version": found.version})
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("The client may comment"),
        submit=_("Save"),
        intro=_("The board sends what the decider said, and names a day by which the client may comment on it."),
    )
    act = partial(self_correction.ask_comment, appeal=found)
    return form_page(request, form, act, page=page, done=_("The day is recorded. It comes to Today."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_comment(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    form = CommentForm(request.POST or None, initial={"on": timezone.localdate(), "version": found.version})
    page = below_appeal(
        found, today=timezone.localdate(), title=_("Record the comment as sent"), submit=_("Record the comment as sent")
    )
    act = partial(self_correction.comment, appeal=found)
    return form_page(request, form, act, page=page, done=_("The comment is recorded."), then=found)


def _answer(found: Appeal, *, answer: str, by: User, **typed: object) -> Appeal:
    act = {FirstAnswer.FORWARDED: self_correction.forward, FirstAnswer.PARTLY: self_correction.correct_in_part}
    return act[FirstAnswer(answer)](appeal=found, by=by, **typed)  # type: ignore[arg-type]
