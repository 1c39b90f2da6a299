"""The pages of paid days and of the registration as a jobseeker."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.kept_ends import is_worked_on
from casework.cases.queries import case_or_404
from casework.law.sickness_days import BENEFITS
from casework.models import Case
from casework.sickness_days import actions, presenters
from casework.sickness_days.forms import (
    CorrectPaidDaysForm,
    CorrectRegistrationForm,
    PaidDaysForm,
    RegistrationForm,
)
from casework.sickness_days.queries import count_or_404, counts_of, registration_or_404, registrations_of
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_safe
@requires(Permission.SEE_CASE)
def sickness_days(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    can_work = request.user.has(Permission.WORK_CASE) and is_worked_on(case)
    page = {
        "case": case,
        "here": _("Paid days of sickness allowance"),
        "days": presenters.panel(case, today=timezone.localdate(), can_work=can_work),
        "can_work": can_work,
        "counts": counts_of(case),
        "registrations": registrations_of(case),
    }
    return render(request, "casework/sickness_days/sickness_days.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def sickness_days_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    benefit = request.GET.get("benefit", "")
    initial = {"benefit_code": benefit if benefit in BENEFITS else BENEFITS[0], "counted_on": None}
    form = PaidDaysForm(request.POST or None, case=case, initial=initial)
    page = below_case(
        case,
        title=_("Type the paid days"),
        submit=_("Save the paid days"),
        intro=_("Kela counts the days. What Suunta reckons on from them is shown as reckoned."),
        cancel=_page_of(case),
    )
    act = partial(actions.count, case=case)
    return form_page(request, form, act, page=page, done=_("The paid days are saved."), then=_page_of(case))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def sickness_days_correct(request: PortalRequest, case_number: str, sickness_day_count_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = count_or_404(case, sickness_day_count_id)
    remove_url = reverse("sickness_days_remove", args=[case.number, row.pk])
    page = correction_page(case, row, title=_("Correct the paid days"), cancel=_page_of(case), remove_url=remove_url)
    form = CorrectPaidDaysForm(request.POST or None, case=case, chosen=row.document_id, initial=known(row))
    done = _("The paid days are corrected. What follows from them was reckoned anew.")
    return form_page(request, form, partial(actions.correct_count, row=row), page=page, done=done, then=_page_of(case))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def sickness_days_remove(request: PortalRequest, case_number: str, sickness_day_count_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = count_or_404(case, sickness_day_count_id)
    page = take_back_page(case, row, title=_("Take back the paid days"), cancel=_page_of(case))
    form = TakeBackForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.take_back_count, row=row)
    done = _("The paid days are taken back. They stay in the history.")
    return form_page(request, form, act, page=page, done=done, then=_page_of(case))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def jobseeker_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = RegistrationForm(request.POST or None, initial={"registered_on": timezone.localdate()})
    page = below_case(
        case,
        title=_("Write down a registration"),
        submit=_("Save the registration"),
        intro=_("The client registers with the employment services. Here it is written down that it has been done."),
        cancel=_page_of(case),
    )
    act = partial(actions.register, case=case)
    return form_page(request, form, act, page=page, done=_("The registration is written down."), then=_page_of(case))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def jobseeker_correct(request: PortalRequest, case_number: str, jobseeker_registration_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = registration_or_404(case, jobseeker_registration_id)
    remove_url = reverse("jobseeker_remove", args=[case.number, row.pk])
    page = correction_page(case, row, title=_("Correct the registration"), cancel=_page_of(case), remove_url=remove_url)
    form = CorrectRegistrationForm(request.POST or None, initial=known(row))
    act = partial(actions.correct_registration, row=row)
    return form_page(request, form, act, page=page, done=_("The registration is corrected."), then=_page_of(case))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def jobseeker_remove(request: PortalRequest, case_number: str, jobseeker_registration_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = registration_or_404(case, jobseeker_registration_id)
    page = take_back_page(case, row, title=_("Take back the registration"), cancel=_page_of(case))
    form = TakeBackForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.take_back_registration, row=row)
    done = _("The registration is taken back. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=_page_of(case))


def _page_of(case: Case) -> str:
    return reverse("sickness_days", args=[case.number])
