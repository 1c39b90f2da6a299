"""The register of results of instruments that were filled in elsewhere."""

import uuid
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.assessments import instruments, queries
from casework.assessments.forms import EditResultForm, ResultForm
from casework.assessments.presenters import result_rows
from casework.cases.correcting import TakeBackForm, edit_page, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.law.instruments import instruments as known_instruments
from casework.models import Case, InstrumentResult
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page

ON_A_PAGE = 25


@require_safe
@requires(Permission.SEE_CASE)
def instrument_results(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    page = Paginator(queries.results_of(case), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": case,
        "page": page,
        "results": result_rows(list(page), user=request.user),
        "can_assess": request.user.has(Permission.ASSESS) and case.is_open,
    }
    return render(request, "casework/assessments/instrument_results.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def instrument_result_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ResultForm(request.POST or None, case=case, initial={"taken_on": timezone.localdate()})
    page = below_case(
        case,
        title=_("Write down a result"),
        submit=_("Save the result"),
        cancel=reverse("case_ability", args=[case.number]),
        intro=_("The instrument is filled in where its owner offers it. Here you write only what came out of it."),
        template="casework/assessments/instrument_result_new.html",
        values={"instruments": known_instruments()},
    )
    act = partial(instruments.add, case=case)
    return form_page(request, form, act, page=page, done=_("The result is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def instrument_result_edit(request: PortalRequest, case_number: str, result_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = _changeable_or_404(request, case, result_id)
    form = EditResultForm(request.POST or None, case=case, found=found)
    page = edit_page(
        case,
        found,
        title=_("Edit the result"),
        submit=_("Save the result"),
        cancel=reverse("case_ability", args=[case.number]),
        template="casework/assessments/instrument_result_edit.html",
        remove_url=reverse("instrument_result_remove", args=[case.number, found.pk]),
        values={"instruments": known_instruments()},
    )
    act = partial(instruments.change, result=found)
    return form_page(request, form, act, page=page, done=_("The result is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def instrument_result_remove(request: PortalRequest, case_number: str, result_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = _changeable_or_404(request, case, result_id)
    ability_url = reverse("case_ability", args=[case.number])
    page = take_back_page(case, found, title=_("Take off the result"), cancel=ability_url)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(instruments.take_back, result=found)
    done = _("The result was taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=ability_url)


def _changeable_or_404(request: PortalRequest, case: Case, result_id: uuid.UUID) -> InstrumentResult:
    """Find a result to change: what another professional wrote is shown, but not changed (403)."""
    found = queries.result_or_404(case, result_id)
    if not queries.may_change(request.user, found):
        raise PermissionDenied
    return found
