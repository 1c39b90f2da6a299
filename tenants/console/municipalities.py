"""Pages about municipalities: list, add with progress, one municipality."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants import provisioning
from tenants.accounts.access import PortalRequest, any_role, requires
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.console import queries
from tenants.console.forms import MunicipalityForm
from tenants.form_pages import FormPage, form_page
from tenants.hosts import address_of
from tenants.models import Municipality
from tenants.navigation import places


@require_safe
@any_role
def front(request: PortalRequest) -> HttpResponse:
    """Lead to the first page of the navigation that this person may open."""
    for entry in places("console"):
        if request.user.has(entry.permission):
            return redirect(entry.url_name)
    raise Http404


@require_safe
@requires(Permission.MANAGE_MUNICIPALITIES)
def municipality_list(request: PortalRequest) -> HttpResponse:
    page = Paginator(queries.municipalities(), 50).get_page(request.GET.get("page"))
    return render(request, "console/municipality_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MUNICIPALITIES)
def municipality_add(request: PortalRequest) -> HttpResponse:
    form = MunicipalityForm(request.POST or None)
    list_url = reverse("municipality_list")
    page = FormPage(
        title=_("Add a municipality"),
        above=[(_("Municipalities"), list_url)],
        note=_("It gets its own portal, its own part of the database and its own keys. This takes about a second."),
        submit=_("Add a municipality"),
        cancel=list_url,
    )
    return form_page(
        request,
        form,
        partial(_request, request),
        page=page,
        then=lambda added: reverse("municipality", args=[added.schema_name]),
    )


@require_safe
@requires(Permission.MANAGE_MUNICIPALITIES)
def municipality(request: PortalRequest, schema_name: str) -> HttpResponse:
    """One municipality; while it is set up, the part that shows the progress asks again by itself."""
    found = queries.municipality_or_404(schema_name)
    is_interrupted = provisioning.is_interrupted(found)
    is_under_way = found.is_under_way and not is_interrupted
    values = {
        "subject": found,
        "is_interrupted": is_interrupted,
        "is_under_way": is_under_way,
        "address": address_of(found),
        "runs": queries.steps_of(found),
    }
    is_partial = request.headers.get("HX-Request") == "true"
    template = "console/parts/municipality_progress.html" if is_partial else "console/municipality.html"
    response = render(request, template, values)
    if is_partial and not is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@requires(Permission.MANAGE_MUNICIPALITIES)
def municipality_retry(request: PortalRequest, schema_name: str) -> HttpResponse:
    """Ask again for a municipality whose set-up failed or was interrupted."""
    found = queries.municipality_or_404(schema_name)
    provisioning.request_again(found)
    _log(request, "municipality.requested_again", found)
    return redirect("municipality", schema_name)


@require_POST
@requires(Permission.MANAGE_MUNICIPALITIES)
def municipality_withdraw(request: PortalRequest, schema_name: str) -> HttpResponse:
    """Forget a request whose set-up failed or was interrupted."""
    found = queries.municipality_or_404(schema_name)
    provisioning.withdraw(found)
    _log(request, "municipality.withdrawn", found)
    messages.success(request, _("The request for %(name)s was withdrawn.") % {"name": found.name})
    return redirect("municipality_list")


def _request(request: PortalRequest, *, by: User, at: datetime, **typed: str) -> Municipality:
    """Write the request down, and who made it."""
    municipality = provisioning.request(**typed)
    _log(request, "municipality.requested", municipality)
    return municipality


def _log(request: PortalRequest, action: str, subject: Municipality) -> None:
    access_log.record(by=request.user, action=action, subjects=[Subject("municipality", subject.schema_name)])
