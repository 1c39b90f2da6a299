"""The page of the access log: who looked at whom, and whether the chain of entries is whole."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.accounts import acts
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission, Role
from tenants.audit.access_log import first_broken_entry
from tenants.audit.actions import name_of
from tenants.audit.forms import AccessLogFilterForm
from tenants.audit.models import AccessEntry
from tenants.audit.queries import entries, read
from tenants.paging import KeysFirst

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ON_A_PAGE = 50
MOST = 5_000  # entries that can be reached by turning pages
LENGTH_OF_KEY = 36  # of a UUID


@dataclass(frozen=True)
class Row:
    """An entry in words."""

    entry: AccessEntry
    action: "StrOrPromise"
    whom: str
    roles: str
    reason: str


@require_safe
@requires(Permission.READ_ACCESS_LOG)
def access_log(request: PortalRequest) -> HttpResponse:
    """Show the log. The chain is walked only when asked: that reads every entry."""
    form = AccessLogFilterForm(request.GET)
    is_checked = "check" in request.GET
    found = form.entries() if form.is_valid() else entries().none()
    page = KeysFirst(found, ON_A_PAGE, read=read, most=MOST).get_page(request.GET.get("page"))
    content = {
        "form": form,
        "page": page,
        "rows": [_row(entry) for entry in page],
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_checked": is_checked,
        "broken": first_broken_entry() if is_checked else None,
    }
    return render(request, "audit/access_log.html", content)


def _row(entry: AccessEntry) -> Row:
    """Put an entry into words; a subject that is no case goes by its kind and the beginning of its key."""
    is_number = len(entry.subject) < LENGTH_OF_KEY
    return Row(
        entry=entry,
        action=name_of(entry.action),
        whom=entry.subject if is_number else f"{name_of(entry.subject_kind)} {entry.subject[:8]}",
        roles=", ".join(str(Role(role).label) for role in entry.roles.split(",") if role),
        reason=_reason(entry),
    )


def _reason(entry: AccessEntry) -> str:
    """Put the reason into words: what changes somebody's roles has their codes there."""
    if entry.action not in acts.TELLS_ROLES:
        return entry.reason
    return re.sub(r"\w+", lambda code: str(Role(code[0]).label), entry.reason)
