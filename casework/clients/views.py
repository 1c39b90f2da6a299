"""The list of clients, search, and what is done to a client."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases import actions as cases
from casework.cases.correcting import edit_page
from casework.cases.form_pages import below_case
from casework.cases.forms import ReasonForm
from casework.cases.queries import case_or_404, record_list, subject
from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.clients.contact import contact
from casework.clients.filters import whose_choices
from casework.clients.forms import EditClientForm, NewClientForm, VoluntarinessForm
from casework.clients.queries import (
    CASE_NUMBER,
    cases_of,
    first_found,
    is_identity_code,
    listed,
    matches,
    open_case_of,
)
from casework.clients.rows import rows
from casework.law.phases import LABELS, Phase
from casework.models import Case
from casework.timeline import corrections
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.form_pages import FormPage, form_page
from tenants.paging import KeysFirst

ON_A_PAGE = 25
MOST_FOUND = 50


@require_safe
@requires(Permission.SEE_CASE)
def client_list(request: PortalRequest) -> HttpResponse:
    usual = "everyone" if request.user.has(Permission.REASSIGN_CASE) else "mine"
    who = request.GET.get("who", usual)
    phase = request.GET.get("phase", "")
    chosen = Phase(phase) if phase in Phase else None
    found = cases_of(request.user, mine=who != "everyone", phase=chosen)
    page = KeysFirst(found, ON_A_PAGE, read=listed).get_page(request.GET.get("page"))
    record_list(request.user, page.object_list)
    content = {
        "page": page,
        "rows": rows(page.object_list, today=timezone.localdate()),
        "whose": whose_choices(usual=usual, phase=phase),
        "who": who,
        "coordinator_title": _("Coordinator") if _names_coordinators(request, who, page.object_list) else None,
        "usual": usual,
        "phases": LABELS.items(),
        "phase": chosen,
        "sees_everyone": request.user.has(Permission.WORK_CASE),
    }
    return render(request, "casework/clients/client_list.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CASE)
def client_search(request: PortalRequest) -> HttpResponse:
    """Search by POST only: what is searched for never lands in an address or a log. One exact hit opens at once."""
    if request.method == "GET":
        return redirect("client_list")
    text = request.POST.get("q", "").strip()
    found = first_found(request.user, text, most=MOST_FOUND)
    if len(found.cases) == 1 and (CASE_NUMBER.fullmatch(text) or is_identity_code(text)):
        return redirect(found.cases[0])
    record_list(request.user, found.cases, action="case.found")
    content = {
        "rows": rows(found.cases, by_network=found.by_network, today=timezone.localdate()),
        "coordinator_title": _("Coordinator"),
        "text": text,
        "has_more": found.has_more,
        "can_add": request.user.has(Permission.WORK_CASE),
    }
    return render(request, "casework/clients/client_search.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def client_new(request: PortalRequest) -> HttpResponse:
    form = NewClientForm(request.POST or None, user=request.user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        form.says_who(matches(request.user, form.details))
    page = FormPage(
        title=_("New client"),
        note=_("A case is opened at the same time."),
        above=[(_("Clients"), reverse("client_list"))],
        submit=_("Open the case"),
        cancel=reverse("client_list"),
    )
    return form_page(request, form, partial(_open_case, request, form), page=page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def client_edit(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = EditClientForm(request.POST or None, client=case.client)
    return form_page(
        request,
        form,
        partial(clients.change, client=case.client),
        page=edit_page(case, case.client, title=_("Edit the basic details"), submit=_("Save")),
        done=_("The basic details are saved."),
        then=reverse("case_basics", args=[case.number]),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def client_voluntariness(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    answer = {True: "yes", False: "no", None: None}[case.client.is_voluntary]
    known = {"is_voluntary": answer, "asked_on": timezone.localdate(), "version": case.client.version}
    form = VoluntarinessForm(request.POST or None, initial=known)
    return form_page(
        request,
        form,
        partial(clients.record_voluntariness, client=case.client),
        page=below_case(case, title=_("Does the client want the service?"), submit=_("Save the answer")),
        done=_("The client's answer is saved."),
        then=case,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REVEAL_PROTECTED)
def client_reveal(request: PortalRequest, case_number: str) -> HttpResponse:
    """Show protected contact data once, in the answer to the reason; reloading the address asks again."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ReasonForm(request.POST or None)
    is_revealed = request.method == "POST" and form.is_valid()
    if is_revealed:
        reason = form.cleaned_data["reason"]
        access_log.record(by=request.user, action="client.revealed", subjects=[subject(case)], reason=reason)
    content = {"case": case, "form": form, "is_revealed": is_revealed}
    if is_revealed:
        content["contact"] = contact(case.client, is_revealed=True)
        content["earlier"] = corrections.of_row(case.client, is_hidden=False)
    return render(request, "casework/clients/client_reveal.html", content)


@transaction.atomic
def _open_case(
    request: PortalRequest,
    form: NewClientForm,
    *,
    details: ClientDetails,
    coordinator: User,
    opened_on: date,
    by: User,
    at: datetime,
) -> Case:
    """Make the client when it is a new one, and open the case: both or neither. Who has an open case keeps it."""
    if form.known_client and (known := open_case_of(form.known_client)):
        messages.info(request, _("This person has an open case already. Nothing new was written down."))
        return known
    client = form.known_client or clients.create(details=details, by=by, at=at)
    case = cases.open(client=client, coordinator=coordinator, opened_on=opened_on, by=by, at=at)
    messages.success(request, _("Case %(number)s is open.") % {"number": case.number})
    return case


def _names_coordinators(request: PortalRequest, who: str, shown: Iterable[Case]) -> bool:
    """Whether the list says whose a case is: not when one sees one's own and coordinates them all."""
    return who == "everyone" or any(case.coordinator_id != request.user.pk for case in shown)
