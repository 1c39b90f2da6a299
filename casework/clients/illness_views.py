"""The illnesses of a case's client."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.clients import illnesses
from casework.clients.illness_forms import EditIllnessForm, IllnessForm
from casework.clients.queries import illness_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def illness_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = IllnessForm(request.POST or None)
    return form_page(
        request,
        form,
        partial(illnesses.add, case=case),
        page=below_case(case, title=_("Add an illness"), submit=_("Save the illness")),
        done=_("The illness is on the list."),
        then=case,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def illness_edit(request: PortalRequest, case_number: str, illness_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    illness = illness_or_404(case.client, illness_id)
    form = EditIllnessForm(request.POST or None, illness=illness)
    page = below_case(
        case,
        title=_("Edit the illness"),
        submit=_("Save the illness"),
        template="casework/clients/illness_edit.html",
        values={"illness": illness},
    )
    act = partial(illnesses.change, case=case, illness=illness)
    return form_page(request, form, act, page=page, done=_("The illness is saved."), then=case)


@require_POST
@requires(Permission.WORK_CASE)
def illness_remove(request: PortalRequest, case_number: str, illness_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    illness = illness_or_404(case.client, illness_id)
    illnesses.remove(case=case, illness=illness, by=request.user, at=timezone.now())
    messages.success(request, _("The illness was taken off the list."))
    return redirect(case)
