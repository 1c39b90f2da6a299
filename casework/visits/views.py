"""Appointments: of a case, of a fortnight, one of them; agreeing, changing, cancelling, and who did not come."""

import uuid
from datetime import date, timedelta
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.form_pages import below_case
from casework.cases.forms import ReasonForm
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404, case_or_404, subject
from casework.law.calendar_files import CONTENT_TYPE, calendar_file
from casework.models import Appointment
from casework.models.hidden import told
from casework.statements import queries as statement_queries
from casework.timeline import corrections
from casework.visits import actions as appointments
from casework.visits import presenters as presented
from casework.visits import queries
from casework.visits.form_pages import below_appointment
from casework.visits.forms import AppointmentForm, EditAppointmentForm
from casework.visits.queries import appointment_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.form_pages import form_page

YEARS = range(1900, 2200)  # that can be leafed through


@require_safe
@requires(Permission.SEE_CASE)
def case_visits(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    now = timezone.now()
    found = queries.of_case(case, at=now, page=request.GET.get("page"))
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "today": timezone.localdate(),
        **presented.of_case(found, at=now),
        **statement_queries.for_case(case),
    }
    return render(request, "casework/visits/case_visits.html", page)


@require_safe
@requires(Permission.SEE_CASE)
def appointment_list(request: PortalRequest) -> HttpResponse:
    """Show two weeks from a Monday; without one, from the Monday of this week."""
    now, today = timezone.now(), timezone.localdate()
    is_everyones = request.GET.get("whose") == "everyones"
    monday, page_number = _monday(request.GET.get("from", ""), today), request.GET.get("page")
    found = queries.fortnight(request.user, monday=monday, at=now, is_everyones=is_everyones, page=page_number)
    page = presented.fortnight(found, at=now, today=today, names_workers=is_everyones)
    choices = {"chooses_whose": queries.chooses_whose(request.user), "is_everyones": is_everyones}
    return render(request, "casework/visits/appointment_list.html", page | choices)


@require_safe
@requires(Permission.SEE_CASE)
def appointment(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    overlapping = queries.overlapping(found)
    page = presented.page(found, user=request.user, overlapping=overlapping, at=timezone.now())
    page |= {"case": found.case, "appointment": found, "earlier": corrections.of_row(found)}
    return render(request, "casework/visits/appointment.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appointment_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    initial = {"kind": Appointment.Kind.OFFICE, "worker": request.user}
    form = AppointmentForm(request.POST or None, initial=initial)
    page = below_case(
        case,
        title=_("New appointment"),
        submit=_("Save the appointment"),
        cancel=reverse("case_visits", args=[case.number]),
    )
    act = partial(appointments.agree, case=case)
    return form_page(request, form, act, page=page, done=_("The appointment is saved."))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appointment_edit(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    form = EditAppointmentForm(request.POST or None, appointment=found)
    page = below_appointment(found, title=_("Move or change the appointment"), submit=_("Save the changes"))
    act = partial(appointments.change, appointment=found)
    return form_page(request, form, act, page=page, done=_("The appointment is changed."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appointment_cancel(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    """Ask first; what is cancelled stays to be seen."""
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    if request.method == "POST":
        appointments.cancel(appointment=found, by=request.user, at=timezone.now())
        messages.success(request, _("The appointment is cancelled."))
        return redirect(found)
    page = {"case": found.case, "appointment": found, **presented.crumb(found)}
    return render(request, "casework/visits/appointment_cancel.html", page)


@require_POST
@requires(Permission.WORK_CASE)
def appointment_missed(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    appointments.miss(appointment=found, by=request.user, at=timezone.now())
    messages.success(request, _("The absence is noted. Agree a new time with the client."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVEAL_PROTECTED)
def appointment_reveal(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    """Show where a protected client is met, once, in the answer to the reason; reloading the address asks again."""
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    form = ReasonForm(request.POST or None)
    is_revealed = request.method == "POST" and form.is_valid()
    if is_revealed:
        reason = form.cleaned_data["reason"]
        subjects = [subject(found.case)]
        access_log.record(by=request.user, action="appointment.revealed", subjects=subjects, reason=reason)
    page = {"case": found.case, "appointment": found, "form": form, "is_revealed": is_revealed}
    if is_revealed:
        page |= {"told": told(found, is_hidden=False), "earlier": corrections.of_row(found, is_hidden=False)}
    return render(request, "casework/visits/appointment_reveal.html", page | presented.crumb(found))


@require_safe
@requires(Permission.SEE_CASE)
def appointment_ics(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    """Hand out one appointment for a calendar: its kind, case number and time, and nothing of the client."""
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    event = presented.calendar_event(found)
    content = calendar_file([event], name=event.title, is_cancelling=event.is_cancelled)
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=presented.download(found, "ics"))


def _monday(text: str, today: date) -> date:
    """The Monday of the week of a day; of today's week when the text is no day of our times."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        on = today
    if on.year not in YEARS:
        on = today
    return on - timedelta(days=on.weekday())
