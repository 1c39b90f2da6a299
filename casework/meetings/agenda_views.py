"""Agendas: putting a case on one, its page in a meeting, the question, the order, and taking it off."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.cases.queries import case_or_404, record_list
from casework.law.legal_grounds import Law, laws_on
from casework.meetings import agenda, queries
from casework.meetings import presenters as presented
from casework.meetings.discussion_grounds import PARTNER
from casework.meetings.forms import AgendaForm, CaseAgendaForm, QuestionForm, TakeOffForm
from casework.models import AgendaItem
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_agenda_add(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Put one of the person's own cases on the agenda; others are put on it from their own page."""
    meeting = queries.meeting_or_404(request.user, meeting_id)
    cases = queries.cases_for_agenda(request.user, meeting)
    record_list(request.user, cases)
    known = {"basis": AgendaItem.Basis.CONSENT}
    form = AgendaForm(request.POST or None, cases=cases, laws=_laws(meeting.held_on), initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            agenda.add(meeting=meeting, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The case is on the agenda."))
            return redirect(meeting)
    page = {"meeting": meeting, "title": presented.meeting_title(meeting), "form": form}
    return render(request, "casework/meetings/meeting_agenda_add.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def agenda_add(request: PortalRequest, case_number: str) -> HttpResponse:
    """Put this case on the agenda of a meeting."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    meetings = queries.meetings_for_case(request.user, case)
    laws = _laws(timezone.localdate())
    known = {"basis": AgendaItem.Basis.CONSENT}
    form = CaseAgendaForm(request.POST or None, meetings=meetings, laws=laws, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            agenda.add(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The case is on the agenda."))
            return redirect("case_meetings", case.number)
    return render(request, "casework/meetings/agenda_add.html", {"case": case, "form": form})


@require_GET
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
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            agenda.ask(item=item, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The question is saved."))
            return redirect(item)
    return render(request, "casework/meetings/agenda_question.html", _page(item, form))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def agenda_take_off(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    form = TakeOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            agenda.take_off(item=item, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The case was taken off the agenda."))
            return redirect(item.meeting)
    return render(request, "casework/meetings/agenda_take_off.html", _page(item, form))


def _page(item: AgendaItem, form: object) -> dict[str, object]:
    title = presented.meeting_title(item.meeting)
    return {"item": item, "case": item.case, "meeting": item.meeting, "title": title, "form": form}


def _laws(on: date) -> tuple[Law, ...]:
    return laws_on(on, partner=PARTNER)
