"""The pages of an application and the steps of its life."""

import uuid
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.applications import actions as applications
from casework.applications import (
    annexes,
    both_systems,
    claim_days,
    claim_words,
    claiming,
    correcting,
    evidence,
    guiding,
    queries,
)
from casework.applications import presenters as presented
from casework.applications.about_benefit import about
from casework.applications.annex_list import annex_list
from casework.applications.applicants import applicant_of
from casework.applications.both_forms import (
    AttachEvidenceForm,
    BeginApplicationForm,
    CorrectBothEvidenceForm,
    CorrectBothForm,
    TakeBackAtForm,
    TakeBackBothForm,
    TakeBackStepAtForm,
    WithdrawFromForm,
)
from casework.applications.both_systems import IsCareReferral
from casework.applications.form_pages import below_application
from casework.applications.forms import (
    AskForMoreForm,
    ClaimDayForm,
    FileApplicationForm,
    ReExamineForm,
    SupplyForm,
)
from casework.applications.pair_acts import step_back_of, told, withdrawal_of
from casework.applications.road import road_of
from casework.cases import term_panel
from casework.cases.correcting import correction_page, step_back_words, take_back_page
from casework.cases.correcting import known as known_of
from casework.cases.form_pages import below_case
from casework.cases.head import head
from casework.cases.kept_ends import is_worked_on
from casework.cases.queries import case_in_view_or_404, case_or_404
from casework.figures.queries import own_figures
from casework.law.care_referrals import is_care_referral
from casework.law.origins import written
from casework.law.sickness_days import BENEFITS
from casework.models import Application
from casework.sickness_days import presenters as sickness_days
from casework.sickness_days.presenters import DaysPanel
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_safe
@requires(Permission.SEE_CASE)
def case_applications(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    today = timezone.localdate()
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=today),
        "today": today,
        "care_referrals": queries.care_referrals_of(case),
        **queries.for_case(case),
    }
    return render(request, "casework/applications/case_applications.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    if is_care_referral(request.POST.get("benefit_code") or request.GET.get("benefit_code")):
        messages.info(request, IsCareReferral.user_message)
        return redirect("care_referral_new", case.number)
    form = BeginApplicationForm(request.POST or None, today=timezone.localdate(), initial=request.GET.dict())
    page = below_case(
        case,
        title=_("New application"),
        submit=_("Begin the application"),
        cancel=reverse("case_applications", args=[case.number]),
        intro=_(
            "Choose what is applied for. The next page says what is known of it: the last day to claim, "
            "what is paid meanwhile, the papers. What goes with it is attached there."
        ),
    )
    return form_page(request, form, partial(both_systems.begin, case=case), page=page, done=presented.begun)


@require_safe
@requires(Permission.SEE_CASE)
def application(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    today = timezone.localdate()
    in_case = queries.in_case(found)
    sent = in_case.attached_to(found)
    on = found.filed_on or today
    claim_time = claim_words.claim_time(found, today=today)
    page = {
        "case": found.case,
        "application": found,
        "card": presented.card(found, today=today),
        "applicant": applicant_of(found),
        "today": today,
        "evidence": sent,
        "claim_time": claim_time,
        "guidance": guiding.of_application(found, today=today),
        "may_be_together": both_systems.may_be_joined(found),
        "about_benefit": about(found.benefit, found.decider, own_figures(today), claim=claim_time),
        "too_old": annexes.too_old(found, sent, on=on),
        "annex_list": annex_list(found, in_case, queries.answers_of(found), on=on),
        "statements": [request for request in in_case.requests if request.application_id == found.pk],
        "continuation": term_panel.panel_of_application(found, today=today),
        "days": _paid_days(request, found, today=today),
        "road": road_of(found),
        "can_work": request.user.has(Permission.WORK_CASE) and is_worked_on(found.case, application=found),
        "has_step_to_take_back": correcting.has_step_to_take_back(found),
    }
    return render(request, "casework/applications/application.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_evidence(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    initial = {"sent_on": timezone.localdate(), **request.GET.dict()}
    form = AttachEvidenceForm(request.POST or None, application=found, initial=initial)
    page = below_application(
        found,
        title=_("Attach evidence"),
        submit=_("Add to the list"),
        intro=_(
            "List every paper the decider has or will get, and the illnesses it is about. "
            "After a rejection, this shows what the decider never saw."
        ),
    )
    act = partial(evidence.attach, application=found)
    return form_page(request, form, act, page=page, done=_("The evidence is on the list."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_evidence_correct(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, evidence_id: uuid.UUID
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    piece = queries.evidence_or_404(found, evidence_id)
    page = correction_page(
        found.case,
        piece,
        title=_("Correct the evidence"),
        cancel=found.get_absolute_url(),
        remove_url=reverse("application_evidence_remove", args=[case_number, found.pk, piece.pk]),
    )
    form = CorrectBothEvidenceForm(request.POST or None, evidence=piece, twin=evidence.twin_of(piece))
    done = _("The evidence is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(evidence.correct, evidence=piece), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_evidence_remove(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, evidence_id: uuid.UUID
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    piece = queries.evidence_or_404(found, evidence_id)
    page = take_back_page(found.case, piece, title=_("Take off the evidence"), cancel=found.get_absolute_url())
    known = {"version": piece.version, "is_for_both": True}
    form = TakeBackBothForm(request.POST or None, twin=evidence.twin_of(piece), initial=known)
    done = _("The evidence is taken off the list. It stays in the history.")
    return form_page(request, form, partial(evidence.take_back, evidence=piece), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_claim_day(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    windows = claim_days.windows_of(found)
    if not windows:
        raise Http404
    page = below_application(
        found,
        acts=("count_from",),
        title=_("From which day is the time to claim counted?"),
        submit=_("Save the day"),
        intro=_("The last day to claim follows from it. It stands on Today until the application is filed."),
    )
    form = ClaimDayForm(request.POST or None, application=found, windows=windows)
    act = partial(claiming.count_from, application=found)
    return form_page(request, form, act, page=page, done=claim_words.counted, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_file(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    today = timezone.localdate()
    page = below_application(
        found,
        title=_("Record the application as filed"),
        submit=_("Record as filed"),
        acts=("file",),
        intro=_("From the day of filing the application waits for a decision, and the usual time is counted."),
        template="casework/applications/application_file.html",
        values={"annex_list": annex_list(found, queries.in_case(found), queries.answers_of(found), on=today)},
    )
    form = FileApplicationForm(request.POST or None, initial=_known(found, "filed_on"))
    act = partial(both_systems.file, application=found)
    return form_page(
        request, form, act, page=page, done=_("The application is filed. It waits for a decision."), then=found
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_ask_for_more(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    page = below_application(
        found,
        acts=("ask_for_more",),
        title=_("The decider asks for more"),
        submit=_("Save the request"),
        intro=_("The day is shown on Today until the information has been sent."),
    )
    form = AskForMoreForm(request.POST or None, initial=_known(found, "asked_on"))
    act = partial(applications.ask_for_more, application=found)
    return form_page(request, form, act, page=page, done=_("The request and its last day are recorded."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_supply(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    page = below_application(
        found,
        acts=("supply",),
        title=_("More information sent"),
        submit=_("Record as sent"),
        template="casework/applications/application_supply.html",
    )
    form = SupplyForm(request.POST or None, initial=_known(found, "supplied_on"))
    act = partial(applications.supply, application=found)
    return form_page(request, form, act, page=page, done=_("The decider has the application again."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_re_examine(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    no_limit = _("There is no time limit, and an appeal under way goes on.")
    rule, origin = presented.re_examination_rule(found, on=timezone.localdate())
    backpay, of_backpay = presented.backpay_rule(found)
    page = below_application(
        found,
        acts=("re_examine",),
        title=_("A new decision on the same matter"),
        submit=_("Save"),
        intro=[
            _(
                "When new evidence was sent for re-examination, "
                "or when an appeal changed the decision and the decider makes a new one."
            ),
            f"{rule} ({written([origin])}) {no_limit}",
            f"{backpay} ({written([of_backpay])})",
        ],
    )
    form = ReExamineForm(request.POST or None, initial=_known(found, "asked_on"))
    act = partial(applications.re_examine, application=found)
    return form_page(request, form, act, page=page, done=_("A new decision is awaited."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_withdraw(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    words: dict[str, Any] = {
        "title": _("Withdraw the application"),
        "intro": _("It stays in the case and on its timeline. It cannot be filed again; begin a new one instead."),
    }
    done = _("The application is withdrawn.")
    if found.is_sent_again:
        words = {
            "title": _("Withdraw the request for a re-examination"),
            "intro": _("The earlier decision stands. A re-examination can be asked for again at any time."),
        }
        done = _("The request is withdrawn. The earlier decision stands.")
    page = below_application(found, acts=(withdrawal_of(found),), submit=words["title"], tone="danger", **words)
    known = _known(found, "withdrawn_on")
    form = WithdrawFromForm(request.POST or None, application=found, initial=known)
    act = partial(both_systems.withdraw, application=found)
    return form_page(request, form, act, page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_correct(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    here = found.get_absolute_url()
    remove_url = reverse("application_remove", args=[case_number, found.pk])
    page = correction_page(found.case, found, title=_("Correct the application"), cancel=here, remove_url=remove_url)
    form = CorrectBothForm(request.POST or None, application=found, initial=known_of(found))
    done = _("The application is corrected. What follows from it was reckoned anew.")
    return form_page(request, form, partial(both_systems.correct, application=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_step_back(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    page = below_application(found, acts=(step_back_of(found),), **step_back_words(found.get_state_display()))
    form = TakeBackStepAtForm(request.POST or None, application=found, initial={"version": found.version})
    act = partial(both_systems.take_back_step, application=found)
    return form_page(request, form, act, page=page, done=_("The step is taken back."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_remove(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    page = take_back_page(
        found.case,
        found,
        title=_("Take back the application"),
        cancel=found.get_absolute_url(),
        intro=told("take_back", found),
    )
    form = TakeBackAtForm(request.POST or None, application=found, initial={"version": found.version})
    act = partial(both_systems.take_back, application=found)
    done = _("The application is taken back. It stays in the history.")
    then = reverse("case_applications", args=[case_number])
    return form_page(request, form, act, page=page, done=done, then=then)


def _paid_days(request: PortalRequest, found: Application, *, today: date) -> DaysPanel | None:
    """The panel of paid days, of the allowances whose days are counted."""
    if found.benefit_code not in BENEFITS:
        return None
    can_work = request.user.has(Permission.WORK_CASE) and is_worked_on(found.case)
    return sickness_days.panel(found.case, today=today, can_work=can_work)


def _known(found: Application, day_field: str) -> dict[str, Any]:
    """What the form of a step holds when it is opened: today, and which version the page was made from."""
    return {day_field: timezone.localdate(), "version": found.version}
