"""The papers of an appointment: the preparation sheet, its print, and the debrief. Made for a phone."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.queries import check_lives
from casework.visits import actions as appointments
from casework.visits import presenters as presented
from casework.visits import sheets as visit_sheets
from casework.visits.form_pages import below_appointment
from casework.visits.forms import PreparationForm, debrief_form
from casework.visits.queries import appointment_or_404, illnesses_of
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page
from tenants.printing import report_pdf

PRINTED = "appointment.printed"


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appointment_preparation(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    illnesses = illnesses_of(found)
    form = PreparationForm(request.POST or None, initial=visit_sheets.first_words(found, illnesses))
    page = below_appointment(
        found,
        title=_("Preparation sheet"),
        submit=_("Save the sheet"),
        autosave=True,
        intro=_(
            "Write it together with the client, in the client's own words. "
            "The illnesses are on the printed sheet anyway."
        ),
    )
    act = partial(appointments.prepare, appointment=found)
    return form_page(request, form, act, page=page, done=_("The preparation sheet is saved."), then=found)


@require_safe
@requires(Permission.SEE_CASE)
def appointment_sheet(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    """Show the sheet as it is printed, in the client's language."""
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate(), action=PRINTED)
    check_lives(found.case)
    sheet = visit_sheets.sheet(found, illnesses_of(found))
    page = {"case": found.case, "appointment": found, "sheet": sheet, **presented.crumb(found)}
    return render(request, "casework/visits/appointment_sheet.html", page)


@require_safe
@requires(Permission.SEE_CASE)
def appointment_sheet_pdf(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate(), action=PRINTED)
    check_lives(found.case)
    sheet = visit_sheets.sheet(found, illnesses_of(found))
    report = visit_sheets.report(sheet, is_protected=found.case.client.is_protected, on=timezone.localdate())
    headers = presented.download(found, "pdf")
    return HttpResponse(report_pdf(report), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appointment_debrief(request: PortalRequest, case_number: str, appointment_id: uuid.UUID) -> HttpResponse:
    found = appointment_or_404(request.user, case_number, appointment_id, on=timezone.localdate())
    form = debrief_form(request.POST or None, appointment=found, may_log=request.user.has(Permission.LOG_SERVICE))
    corrects = _("You correct what was written. The task of the next step follows as long as it is open.")
    page = below_appointment(
        found,
        title=_("Write up the visit"),
        submit=_("Save the debrief"),
        autosave=True,
        intro=corrects if found.is_debriefed else "",
    )
    act = partial(appointments.debrief, appointment=found)
    return form_page(request, form, act, page=page, done=_("The visit is written up."), then=found)
