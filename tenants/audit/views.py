"""The page of the access log: who looked at whom, and whether the log is as it was written."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tenants.accounts import acts
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission, Role
from tenants.audit.actions import name_of
from tenants.audit.anchors import Anchor
from tenants.audit.checking import Report, check
from tenants.audit.forms import AccessLogFilterForm
from tenants.audit.models import AccessEntry
from tenants.audit.queries import entries, read
from tenants.encryption import EncryptionError
from tenants.paging import KeysFirst

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ON_A_PAGE = 50
MOST = 5_000  # entries that can be reached by turning pages
LENGTH_OF_KEY = 36  # of a UUID
LONGEST_NUMBER = 19  # of digits, of entries


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
    """Show the log. It is checked only when asked: that reads every entry."""
    form = AccessLogFilterForm(request.GET)
    found = form.entries() if form.is_valid() else entries().none()
    page = KeysFirst(found, ON_A_PAGE, read=read, most=MOST).get_page(request.GET.get("page"))
    content = {
        "form": form,
        "page": page,
        "rows": [_row(entry) for entry in page],
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "report": _report(request) if "check" in request.GET else None,
    }
    return render(request, "audit/access_log.html", content)


def _report(request: PortalRequest) -> Report:
    """Check the log, also against the head in the link of a mail."""
    entries, head = request.GET.get("entries", ""), request.GET.get("head", "")
    is_given = entries.isdecimal() and len(entries) < LONGEST_NUMBER and head
    return check(elsewhere=[Anchor(int(entries), head)] if is_given else [])


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
    try:
        reason = str(entry.reason)
    except EncryptionError:
        return gettext("This reason was changed outside the service and cannot be read.")
    if entry.action not in acts.TELLS_ROLES:
        return reason
    return re.sub(r"\w+", lambda code: str(Role(code[0]).label), reason)
