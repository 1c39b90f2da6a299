"""The page of the access log: who looked at whom, and whether the chain of entries is whole."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.audit.access_log import first_broken_entry
from tenants.audit.actions import name_of
from tenants.audit.forms import AccessLogFilterForm
from tenants.audit.models import AccessEntry
from tenants.audit.queries import entries

ON_A_PAGE = 50
LENGTH_OF_KEY = 36  # of a UUID


@require_GET
@requires(Permission.READ_ACCESS_LOG)
def access_log(request: PortalRequest) -> HttpResponse:
    """Show the log. The chain is walked only when asked: that reads every entry."""
    form = AccessLogFilterForm(request.GET)
    is_checked = "check" in request.GET
    found = form.entries() if form.is_valid() else entries().none()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "form": form,
        "page": page,
        "rows": [(entry, name_of(entry.action), _whom(entry)) for entry in page],
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_checked": is_checked,
        "broken": first_broken_entry() if is_checked else None,
    }
    return render(request, "audit/access_log.html", content)


def _whom(entry: AccessEntry) -> str:
    """Name a subject: a case by its number, anything else by its kind and the beginning of its key."""
    is_number = len(entry.subject) < LENGTH_OF_KEY
    return entry.subject if is_number else f"{name_of(entry.subject_kind)} {entry.subject[:8]}"
