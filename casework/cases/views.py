"""What is done to a case as a whole: opening somebody else's for a reason, giving it on, its direction, its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases import actions as cases
from casework.cases.forms import CloseCaseForm, DirectionForm, ReasonForm, ReassignForm
from casework.cases.queries import GIVEN_REASON, case_or_404, subject, under_way_count, visible_case_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.audit import access_log


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CASE)
def case_reason(request: PortalRequest, case_number: str) -> HttpResponse:
    found = visible_case_or_404(request.user, case_number)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = found.get_absolute_url()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        access_log.record(by=request.user, action=GIVEN_REASON, subjects=[subject(found)], reason=reason)
        return redirect(back)
    return render(request, "casework/cases/case_reason.html", {"case": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REASSIGN_CASE)
def case_reassign(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ReassignForm(request.POST or None, initial={"coordinator": found.coordinator, "version": found.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            given = cases.reassign(case=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The coordinator is now %(name)s.") % {"name": given.coordinator.name})
            return redirect(found)
    return render(request, "casework/cases/case_reassign.html", {"case": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_direction(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    known = {
        "direction": found.direction,
        "direction_on": found.direction_on or timezone.localdate(),
        "version": found.version,
    }
    form = DirectionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            cases.set_direction(case=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The direction is set."))
            return redirect(found)
    return render(request, "casework/cases/case_direction.html", {"case": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_close(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    known = {"outcome": found.direction, "closed_on": timezone.localdate(), "version": found.version}
    form = CloseCaseForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            cases.close(case=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The case is closed."))
            return redirect(found)
    page = {"case": found, "form": form, "under_way": under_way_count(found)}
    return render(request, "casework/cases/case_close.html", page)


@require_POST
@requires(Permission.WORK_CASE)
def case_reopen(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    cases.reopen(case=found, by=request.user, at=timezone.now())
    messages.success(request, _("The case is open again."))
    return redirect(found)
