"""The page of a client's benefits over all payers, and the form of one that nobody here applied for."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.correcting import TakeBackForm, edit_page, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.head import head
from casework.cases.kept_ends import is_worked_on
from casework.cases.queries import case_in_view_or_404, case_or_404, other_cases
from casework.portfolio import actions as benefits
from casework.portfolio import presenters as presented
from casework.portfolio import queries
from casework.portfolio.forms import BenefitForm, EditBenefitForm
from casework.portfolio.providers import portfolio
from casework.sickness_days import presenters as sickness_days
from casework.sickness_days.presenters import DaysPanel
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_safe
@requires(Permission.SEE_CASE)
def case_benefits(request: PortalRequest, case_number: str) -> HttpResponse:
    today = timezone.localdate()
    seen = case_in_view_or_404(request.user, case_number, on=today)
    case = seen.case
    known = queries.known_of(case, on=today, has_care_referrals=seen.care_referral_count > 0)
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=today),
        "today": today,
        "others": other_cases(case),
        "days": _paid_days(request, known),
        **presented.page(portfolio(known), today=today),
    }
    return render(request, "casework/portfolio/case_benefits.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def benefit_add(request: PortalRequest, case_number: str) -> HttpResponse:
    today = timezone.localdate()
    case = case_or_404(request.user, case_number, on=today)
    form = BenefitForm(request.POST or None, today=today, initial={"told_on": today})
    page = below_case(
        case,
        title=_("Write down a benefit"),
        submit=_("Save the benefit"),
        cancel=reverse("case_benefits", args=[case.number]),
        intro=_(
            "A benefit that the client gets and that was not applied for here. "
            "What is applied for here comes to the list by itself."
        ),
    )
    act = partial(benefits.add, case=case)
    return form_page(request, form, act, page=page, done=_("The benefit is written down."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def benefit_edit(request: PortalRequest, case_number: str, other_benefit_id: uuid.UUID) -> HttpResponse:
    today = timezone.localdate()
    case = case_or_404(request.user, case_number, on=today)
    benefit = queries.benefit_or_404(case.client, other_benefit_id)
    form = EditBenefitForm(request.POST or None, benefit=benefit, today=today)
    page = edit_page(
        case,
        benefit,
        title=_("Change or end a benefit"),
        submit=_("Save the benefit"),
        cancel=reverse("case_benefits", args=[case.number]),
        remove_url=reverse("benefit_remove", args=[case.number, benefit.pk]),
    )
    act = partial(benefits.change, case=case, benefit=benefit)
    return form_page(request, form, act, page=page, done=_("The benefit is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def benefit_remove(request: PortalRequest, case_number: str, other_benefit_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    benefit = queries.benefit_or_404(case.client, other_benefit_id)
    page = take_back_page(
        case,
        benefit,
        title=_("Take off a benefit"),
        cancel=reverse("benefit_edit", args=[case.number, benefit.pk]),
        intro=_("A benefit that has ended is given a last day instead."),
    )
    form = TakeBackForm(request.POST or None, initial={"version": benefit.version})
    act = partial(benefits.take_back, case=case, benefit=benefit)
    done = _("The benefit is taken off. What was written stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=reverse("case_benefits", args=[case.number]))


def _paid_days(request: PortalRequest, known: queries.Known) -> DaysPanel | None:
    """The panel of paid days, where there is a sickness allowance or somebody has typed its days."""
    if known.payment is None:
        return None
    can_work = request.user.has(Permission.WORK_CASE) and is_worked_on(known.case)
    return sickness_days.panel_of(known.payment, today=known.today, can_work=can_work)
