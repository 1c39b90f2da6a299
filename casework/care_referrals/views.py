"""Referrals of a case to a clinic: begin, look at, and the steps until the report is here."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.care_referrals import actions as care_referrals
from casework.care_referrals import correcting, queries
from casework.care_referrals.forms import (
    AcceptForm,
    AnswerComplaintForm,
    AskForMoreForm,
    BeginCareReferralForm,
    ComplainForm,
    CorrectCareReferralForm,
    ExamineForm,
    RefuseForm,
    ReportForm,
    SendForm,
    SupplyForm,
    WithdrawForm,
)
from casework.care_referrals.presenters import LABELS, begun, card
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
from casework.models import CareReferral
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = BeginCareReferralForm(request.POST or None)
    page = below_case(
        case,
        title=_("New referral to a rehabilitation assessment clinic"),
        submit=_("Save the referral"),
        cancel=reverse("case_applications", args=[case.number]),
        autosave=True,
        intro=_(
            "A doctor refers the client to the clinic. It is care and no benefit: nobody decides on an application, "
            "and nothing is paid."
        ),
    )
    return form_page(request, form, partial(care_referrals.begin, case=case), page=page, done=begun)


@require_safe
@requires(Permission.SEE_CASE)
def care_referral(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    today = timezone.localdate()
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=today)
    page = {
        "case": found.case,
        "found": found,
        "card": card(found, today=today),
        "goes_with": queries.goes_with(today),
        "can_work": request.user.has(Permission.WORK_CASE) and is_worked_on(found.case, about=found.pk),
    }
    return render(request, "casework/care_referrals/care_referral.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_send(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = SendForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        "send",
        intro=_("From now on an answer of the clinic is awaited. If none comes in the usual time, you get a task."),
    )
    done = _("The referral is recorded as sent.")
    return form_page(request, form, partial(care_referrals.send, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_ask_for_more(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = AskForMoreForm(request.POST or None, initial={"version": found.version})
    page = _below(found, "ask_for_more", autosave=True, intro=_("You get a task to answer the clinic."))
    done = _("It is written down what the clinic asks for.")
    act = partial(care_referrals.ask_for_more, referral=found)
    return form_page(request, form, act, page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_supply(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = SupplyForm(request.POST or None, initial={"supplied_on": timezone.localdate(), "version": found.version})
    page = _below(found, "supply", intro=_("The clinic has what it asked for. Its answer is awaited again."))
    done = _("It is written down that the clinic has its answer.")
    return form_page(request, form, partial(care_referrals.supply, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_accept(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = AcceptForm(request.POST or None, initial={"version": found.version})
    page = _below(found, "accept", intro=_("The clinic invites the client to its examinations."))
    done = _("The referral is recorded as accepted.")
    return form_page(request, form, partial(care_referrals.accept, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_refuse(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = RefuseForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        "refuse",
        autosave=True,
        intro=_("No time of appeal begins: this is no decision on a benefit. The client can complain to the unit."),
    )
    done = _("The referral is recorded as refused.")
    return form_page(request, form, partial(care_referrals.refuse, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_complain(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = ComplainForm(request.POST or None, initial={"complained_on": timezone.localdate(), "version": found.version})
    page = _below(
        found,
        "complain",
        autosave=True,
        intro=_("The client complains about their treatment to the unit itself. We know of no last day for it."),
    )
    done = _("The complaint is written down.")
    return form_page(request, form, partial(care_referrals.complain, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_answer_complaint(
    request: PortalRequest, case_number: str, care_referral_id: uuid.UUID
) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = AnswerComplaintForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        "answer_complaint",
        autosave=True,
        intro=_("If the unit takes the client after all, record the referral as accepted after this."),
    )
    done = _("The answer to the complaint is written down.")
    act = partial(care_referrals.answer_complaint, referral=found)
    return form_page(request, form, act, page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_examine(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = ExamineForm(request.POST or None, initial={"version": found.version})
    page = _below(found, "examine", intro=_("The report of the clinic is awaited from now on."))
    done = _("It is written down that the client was examined.")
    return form_page(request, form, partial(care_referrals.examine, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_report(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = ReportForm(request.POST or None, case=found.case, initial={"version": found.version})
    page = _below(found, "report", intro=_("Add the paper to the documents of the case first, and choose it here."))
    done = _("The report is written down as here.")
    return form_page(request, form, partial(care_referrals.report, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_withdraw(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    form = WithdrawForm(request.POST or None, initial={"withdrawn_on": timezone.localdate(), "version": found.version})
    page = _below(
        found,
        "withdraw",
        tone="danger",
        intro=_("The referral ends here, and nobody is reminded of it any more. Tell the clinic, too, if it has it."),
    )
    done = _("The referral is withdrawn.")
    return form_page(request, form, partial(care_referrals.withdraw, referral=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_correct(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    here = found.get_absolute_url()
    remove_url = reverse("care_referral_remove", args=[case_number, found.pk])
    page = correction_page(found.case, found, title=_("Correct the referral"), cancel=here, remove_url=remove_url)
    form = CorrectCareReferralForm(request.POST or None, referral=found, initial=known(found))
    done = _("The referral is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(correcting.correct, referral=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_step_back(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    page = _page_below(found, **step_back_words(found.get_state_display()))
    form = TakeBackStepForm(request.POST or None, initial={"version": found.version})
    act = partial(correcting.take_back_step, referral=found)
    return form_page(request, form, act, page=page, done=_("The step is taken back."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def care_referral_remove(request: PortalRequest, case_number: str, care_referral_id: uuid.UUID) -> HttpResponse:
    found = queries.care_referral_or_404(request.user, case_number, care_referral_id, on=timezone.localdate())
    page = take_back_page(found.case, found, title=_("Take back the referral"), cancel=found.get_absolute_url())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    done = _("The referral is taken back. It stays in the history.")
    then = reverse("case_applications", args=[case_number])
    return form_page(request, form, partial(correcting.take_back, referral=found), page=page, done=done, then=then)


def _below(found: CareReferral, step: str, **page: Any) -> FormPage:
    """The page of a step."""
    return _page_below(found, title=LABELS[step], submit=_("Save"), **page)


def _page_below(found: CareReferral, **page: Any) -> FormPage:
    """The page of a form right below a referral."""
    return FormPage(
        head="casework/care_referrals/parts/care_referral_crumbs.html",
        about=found.case.number,
        cancel=found.get_absolute_url(),
        values={"case": found.case, "found": found},
        **page,
    )
