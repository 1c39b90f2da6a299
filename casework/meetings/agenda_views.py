"""Agendas: putting a case on one, its page in a meeting, the question, the order, and taking it off."""

import uuid
from datetime import date
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404, record_list
from casework.law.legal_grounds import Law, laws_on
from casework.meetings import agenda, queries
from casework.meetings import presenters as presented
from casework.meetings.discussion_grounds import PARTNER
from casework.meetings.form_pages import below_item, below_meeting
from casework.meetings.forms import AgendaForm, CaseAgendaForm, QuestionForm, TakeOffForm
from casework.models import AgendaItem
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_agenda_add(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Put one of the person's own cases on the agenda; others are put on it from their own page."""
    meeting = queries.meeting_or_404(request.user, meeting_id)
    cases = queries.cases_for_agenda(request.user, meeting)
    record_list(request.user, cases)
    known = {"basis": AgendaItem.Basis.CONSENT}
    form = AgendaForm(request.POST or None, cases=cases, laws=_laws(meeting.held_on), initial=known)
    page = below_meeting(
        meeting,
        title=_("Put a case on the agenda"),
        submit=_("Put on the agenda"),
        intro=_(
            "Your own open cases are here. Another one is put on the agenda from its own page, under Team meetings."
        ),
    )
    act = partial(agenda.add, meeting=meeting)
    return form_page(request, form, act, page=page, done=_("The case is on the agenda."), then=meeting)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def agenda_add(request: PortalRequest, case_number: str) -> HttpResponse:
    """Put this case on the agenda of a meeting."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    meetings = queries.meetings_for_case(request.user, case, at=timezone.now())
    laws = _laws(timezone.localdate())
    known = {"basis": AgendaItem.Basis.CONSENT}
    form = CaseAgendaForm(request.POST or None, meetings=meetings, laws=laws, initial=known)
    page = below_case(
        case,
        title=_("Put on an agenda"),
        submit=_("Put on the agenda"),
        cancel=reverse("case_meetings", args=[case.number]),
        template="casework/meetings/agenda_add.html",
    )
    act = partial(agenda.add, case=case)
    return form_page(request, form, act, page=page, done=_("The case is on the agenda."), then=page.cancel)


@require_safe
@requires(Permission.SEE_CASE)
def agenda_item(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    """One case of a meeting: the question, the minutes, the tasks, and what can be done next."""
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    page = {
        "item": item,
        "case": item.case,
        "meeting": item.meeting,
        "title": presented.meeting_title(item.meeting),
        "page": presented.item_page(item, user=request.user),
        "today": timezone.localdate(),
    }
    return render(request, "casework/meetings/agenda_item.html", page)


@require_POST
@requires(Permission.WORK_CASE)
def agenda_move(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    agenda.move(item=item, up=request.POST.get("way") == "up", by=request.user, at=timezone.now())
    return redirect(item.meeting)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def agenda_question(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    known = {"question": item.question, "version": item.version}
    form = QuestionForm(request.POST or None, initial=known)
    page = below_item(item, title=_("What is asked of the team"), submit=_("Save the question"))
    act = partial(agenda.ask, item=item)
    return form_page(request, form, act, page=page, done=_("The question is saved."), then=item)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def agenda_take_off(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    form = TakeOffForm(request.POST or None)
    page = below_item(
        item,
        title=_("Take off the agenda"),
        submit=_("Take off the agenda"),
        tone="danger",
        intro=_(
            "Those invited to the meeting no longer see the client. "
            "What was written stays in the versions of the minutes."
        ),
    )
    act = partial(agenda.take_off, item=item)
    return form_page(request, form, act, page=page, done=_("The case was taken off the agenda."), then=item.meeting)


def _laws(on: date) -> tuple[Law, ...]:
    return laws_on(on, partner=PARTNER)
