"""The illnesses of a case's client."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.correcting import TakeBackForm, edit_page, take_back_page
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
    page = edit_page(
        case,
        illness,
        title=_("Edit the illness"),
        submit=_("Save the illness"),
        remove_url=reverse("illness_remove", args=[case.number, illness.pk]),
    )
    act = partial(illnesses.change, case=case, illness=illness)
    return form_page(request, form, act, page=page, done=_("The illness is saved."), then=case)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def illness_remove(request: PortalRequest, case_number: str, illness_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    illness = illness_or_404(case.client, illness_id)
    cancel = reverse("illness_edit", args=[case.number, illness.pk])
    page = take_back_page(
        case,
        illness,
        title=_("Take the illness off the list"),
        cancel=cancel,
        intro=_(
            "Once off the list, it no longer has to be considered in new decisions. "
            "What earlier decisions say about it stays."
        ),
    )
    form = TakeBackForm(request.POST or None, initial={"version": illness.version})
    act = partial(illnesses.take_back, case=case, illness=illness)
    done = _("The illness was taken off the list. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=case)
