"""What is done to a case as a whole: opening somebody else's for a reason, giving it on, its direction."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases import actions as cases
from casework.cases.correcting import correction_page, known
from casework.cases.door import GIVEN_REASON
from casework.cases.form_pages import below_case
from casework.cases.forms import CorrectCaseForm, DirectionForm, ReasonForm, ReassignForm
from casework.cases.queries import case_or_404, subject, visible_case_or_404
from casework.models import Case
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.form_pages import FormPage, form_page
from tenants.requests import path_here


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CASE)
def case_reason(request: PortalRequest, case_number: str) -> HttpResponse:
    found = visible_case_or_404(request.user, case_number)
    back = path_here(request.GET.get("next", "")) or found.get_absolute_url()
    form = ReasonForm(request.POST or None)
    names = {"number": found.number, "name": found.coordinator.name}
    whose = _("Case %(number)s is coordinated by %(name)s, and you are not in its team.") % names
    may = _("You may open it when your work needs it. The reason holds for the rest of the day.")
    page = FormPage(
        title=_("Why do you open this case?"),
        about=found.number,
        above=[(_("Clients"), reverse("client_list"))],
        here=found.number,
        submit=_("Open the case"),
        cancel=reverse("client_list"),
        intro=f"{whose} {may}",
    )
    return form_page(request, form, partial(_give_reason, found), page=page, then=back)


@require_http_methods(["GET", "POST"])
@requires(Permission.REASSIGN_CASE)
def case_reassign(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ReassignForm(request.POST or None, initial={"coordinator": found.coordinator, "version": found.version})
    return form_page(
        request,
        form,
        partial(cases.reassign, case=found),
        page=below_case(found, title=_("Give to another coordinator"), submit=_("Give the case")),
        done=lambda given: _("The coordinator is now %(name)s.") % {"name": given.coordinator.name},
        then=found,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_direction(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    shown = {
        "direction": found.direction,
        "direction_on": found.direction_on or timezone.localdate(),
        "version": found.version,
    }
    form = DirectionForm(request.POST or None, initial=shown)
    return form_page(
        request,
        form,
        partial(cases.set_direction, case=found),
        page=below_case(found, title=_("Set the direction"), submit=_("Set the direction")),
        done=_("The direction is set."),
        then=found,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_correct(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    form = CorrectCaseForm(request.POST or None, case=found, initial=known(found))
    page = correction_page(found, found, title=_("Correct the case"))
    done = _("The case is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(cases.correct, case=found), page=page, done=done, then=found)


@require_POST
@requires(Permission.WORK_CASE)
def case_reopen(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    cases.reopen(case=found, by=request.user, at=timezone.now())
    messages.success(request, _("The case is open again."))
    return redirect(found)


def _give_reason(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Write it into the access log, which reads its own clock."""
    access_log.record(by=by, action=GIVEN_REASON, subjects=[subject(case)], reason=reason)
