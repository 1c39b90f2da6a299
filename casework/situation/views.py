"""The situation of a client: mapping, network, target groups."""

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
from casework.cases.forms import ReasonForm
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404, case_or_404, subject
from casework.clients import network
from casework.models import Case
from casework.situation import queries, target_groups
from casework.situation.forms import EditNetworkForm, NetworkForm, TargetGroupsForm
from casework.situation.presenters import areas, network_rows
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.form_pages import form_page


@require_safe
@requires(Permission.SEE_CASE)
def case_situation(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    client = case.client
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "areas": areas(client, queries.current_entries(client)),
        "people": network_rows(client, queries.network(client)),
        "groups": queries.target_groups(client),
        "can_reveal": request.user.has(Permission.REVEAL_PROTECTED),
    }
    return render(request, "casework/situation/case_situation.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVEAL_PROTECTED)
def situation_reveal(request: PortalRequest, case_number: str) -> HttpResponse:
    """Show what a protective order hides of the situation, once, in the answer to the reason."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    client = case.client
    form = ReasonForm(request.POST or None)
    content = {"case": case, "form": form, "is_revealed": False}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        access_log.record(by=request.user, action="client.revealed", subjects=[subject(case)], reason=reason)
        entries = queries.current_entries(client, is_revealed=True)
        content |= {
            "is_revealed": True,
            "entries": [entry for entry in entries if entry.area in queries.HIDDEN_BY_ORDER],
            "people": network_rows(client, queries.network(client), is_revealed=True),
        }
    return render(request, "casework/situation/situation_reveal.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def network_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = NetworkForm(request.POST or None, initial={"role": request.GET.get("role", "")})
    form.ask_nothing_of_the_dead(case)
    page = below_case(
        case,
        title=_("Add a person to the network"),
        submit=_("Save the person"),
        cancel=reverse("case_situation", args=[case.number]),
        intro=_network_intro(case),
    )
    act = partial(network.add, case=case)
    return form_page(request, form, act, page=page, done=_("The person is in the network."), then=page.cancel)


def _network_intro(case: Case) -> str:
    if case.has_died:
        return _("Write down only what is needed to work with this person.")
    return _(
        "Write down only what is needed to work with this person. "
        "Contact them only after the client has said that it is safe."
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def network_edit(request: PortalRequest, case_number: str, network_person_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    person = queries.person_or_404(case.client, network_person_id)
    form = EditNetworkForm(request.POST or None, person=person, client=case.client)
    form.ask_nothing_of_the_dead(case)
    page = edit_page(
        case,
        person,
        title=_("Edit a person of the network"),
        submit=_("Save the person"),
        cancel=reverse("case_situation", args=[case.number]),
        remove_url=reverse("network_remove", args=[case.number, person.pk]),
    )
    act = partial(network.change, case=case, person=person)
    return form_page(request, form, act, page=page, done=_("The person is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def network_remove(request: PortalRequest, case_number: str, network_person_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    person = queries.person_or_404(case.client, network_person_id)
    page = take_back_page(
        case,
        person,
        title=_("Take a person off the network"),
        cancel=reverse("network_edit", args=[case.number, person.pk]),
        intro=_("Somebody who was part of the network is given a last day instead."),
    )
    form = TakeBackForm(request.POST or None, initial={"version": person.version})
    act = partial(network.take_back, case=case, person=person)
    done = _("The person was taken off the network. What was written stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=reverse("case_situation", args=[case.number]))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def target_groups_edit(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    rows = queries.target_groups(case.client)
    form = TargetGroupsForm(request.POST or None, rows=rows, version=case.client.version)
    page = below_case(
        case,
        title=_("Target groups"),
        submit=_("Save the target groups"),
        cancel=reverse("case_situation", args=[case.number]),
        template="casework/situation/target_groups_edit.html",
    )
    act = partial(target_groups.record, case=case)
    return form_page(request, form, act, page=page, done=_("The target groups are saved."), then=page.cancel)
