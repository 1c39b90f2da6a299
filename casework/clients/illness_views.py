"""The illnesses of a case's client."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases.queries import case_or_404
from casework.clients import illnesses
from casework.clients.illness_forms import EditIllnessForm, IllnessForm
from casework.clients.queries import illness_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def illness_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = IllnessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            illnesses.add(case=case, details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The illness is on the list."))
            return redirect(case)
    return render(request, "casework/clients/illness_add.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def illness_edit(request: PortalRequest, case_number: str, illness_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    illness = illness_or_404(case.client, illness_id)
    form = EditIllnessForm(request.POST or None, illness=illness)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            typed = {"details": form.details, "version": form.cleaned_data["version"]}
            illnesses.change(case=case, illness=illness, **typed, by=request.user, at=timezone.now())
            messages.success(request, _("The illness is saved."))
            return redirect(case)
    return render(request, "casework/clients/illness_edit.html", {"case": case, "illness": illness, "form": form})


@require_POST
@requires(Permission.WORK_CASE)
def illness_remove(request: PortalRequest, case_number: str, illness_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    illness = illness_or_404(case.client, illness_id)
    illnesses.remove(case=case, illness=illness, by=request.user, at=timezone.now())
    messages.success(request, _("The illness was taken off the list."))
    return redirect(case)
