"""Statement requests of a case: ask, look at, and the steps until the statement is here."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

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
from casework.cases.queries import case_or_404
from casework.models import StatementRequest
from casework.statements import actions as statements
from casework.statements import correcting, queries
from casework.statements import letter as letters
from casework.statements.actions import Arrival
from casework.statements.forms import (
    AskForStatementForm,
    CancelStatementForm,
    CorrectStatementForm,
    NewerStatementForm,
    ReceiveForm,
    RemindForm,
    SendBackForm,
)
from casework.statements.presenters import card
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    initial = {"asked_on": timezone.localdate(), **request.GET.dict()}
    form = AskForStatementForm(request.POST or None, case=case, initial=initial)
    page = below_case(
        case,
        title=_("Ask for a statement"),
        submit=_("Save the request"),
        cancel=reverse("case_visits", args=[case.number]),
        autosave=True,
    )
    done = _("The request is written down. When its day goes by, it becomes a task.")
    then = reverse("case_visits", args=[case.number])
    return form_page(request, form, partial(statements.ask, case=case), page=page, done=done, then=then)


@require_safe
@requires(Permission.SEE_CASE)
def statement(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    page = {
        "case": found.case,
        "found": found,
        "card": card(found, today=timezone.localdate()),
        "can_work": request.user.has(Permission.WORK_CASE) and is_worked_on(found.case, about=found.pk),
        **letters.panel(found, on=timezone.localdate()),
    }
    return render(request, "casework/statements/statement.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_remind(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = RemindForm(request.POST or None, initial={"reminded_on": timezone.localdate(), "version": found.version})
    page = _below(
        found,
        title=_("Remind of the statement"),
        submit=_("Save the reminder"),
        intro=_("An answer is expected by the new day; when it goes by, a task reminds you again."),
    )
    act = partial(statements.remind, request=found)
    return form_page(request, form, act, page=page, done=_("The reminder is written down."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_send_back(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = SendBackForm(request.POST or None, initial={"returned_on": timezone.localdate(), "version": found.version})
    page = _below(
        found,
        title=_("Send the statement back"),
        submit=_("Save what is missing"),
        autosave=True,
        intro=_("Say what is missing so that one round is enough. A paper that was kept stays among the documents."),
    )
    done = _("It is written down what is missing. A better statement is expected.")
    return form_page(request, form, partial(statements.send_back, request=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_receive(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    """Write down that it came; when it came before, say so kindly and lead to where a newer paper can be kept."""
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    initial = {"received_on": timezone.localdate(), "version": found.version}
    form = ReceiveForm(request.POST or None, request.FILES or None, case=found.case, initial=initial)
    page = _below(
        found,
        title=_("Record the statement as received"),
        submit=_("Save the statement"),
        intro=_("The paper can be added here at once, or chosen from the documents, or added later."),
    )
    return form_page(request, form, partial(_receive, request, found), page=page, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_newer(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = NewerStatementForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    page = _below(
        found,
        title=_("Record a newer version of the statement"),
        submit=_("Keep it as a new version"),
        intro=_(
            "The newer paper takes the place of the first one, which stays readable behind it. Nothing is doubled."
        ),
    )
    act = partial(statements.keep_newer, request=found)
    return form_page(request, form, act, page=page, done=_("The newer paper is kept as a new version."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_cancel(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    form = CancelStatementForm(request.POST if request.method == "POST" else None)
    page = _below(
        found,
        title=_("The statement is no longer needed"),
        submit=_("Withdraw the request"),
        tone="danger",
        intro=_(
            "The request stays on the timeline, and nobody is reminded of it any more. "
            "To ask again, write a new request."
        ),
    )
    act = partial(statements.cancel, request=found)
    return form_page(request, form, act, page=page, done=_("The statement is no longer expected."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_correct(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    here = found.get_absolute_url()
    remove_url = reverse("statement_remove", args=[case_number, found.pk])
    page = correction_page(found.case, found, title=_("Correct the request"), cancel=here, remove_url=remove_url)
    form = CorrectStatementForm(request.POST or None, request=found, initial=known(found))
    done = _("The request is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(correcting.correct, request=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_step_back(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    page = _below(found, **step_back_words(found.get_state_display()))
    form = TakeBackStepForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back_step, request=found)
    return form_page(request, form, act, page=page, done=_("The step is taken back."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_remove(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    page = take_back_page(found.case, found, title=_("Take back the request"), cancel=found.get_absolute_url())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    done = _("The request is taken back. It stays in the history.")
    then = reverse("case_visits", args=[case_number])
    return form_page(request, form, partial(correcting.take_back, request=found), page=page, done=done, then=then)


def _receive(asked: PortalRequest, found: StatementRequest, *, arrival: Arrival, version: int, **who: Any) -> None:
    """Keep what came; of what came before, say so."""
    try:
        statements.receive(request=found, arrival=arrival, version=version, **who)
    except statements.CameBefore as told:
        messages.info(asked, str(told.user_message))
        return
    messages.success(asked, _("The statement is here."))


def _below(found: StatementRequest, **page: Any) -> FormPage:
    """The page of a form right below a statement request."""
    return FormPage(
        head="casework/statements/parts/statement_crumbs.html",
        about=found.case.number,
        cancel=found.get_absolute_url(),
        values={"case": found.case, "found": found},
        **page,
    )
