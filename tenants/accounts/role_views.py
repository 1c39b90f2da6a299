"""The page of a change of roles that was asked for: what it is, and the answer of a second person."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenants.accounts import queries, role_changes
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_safe
@requires(Permission.CONFIRM_ROLES)
def role_request(request: PortalRequest, role_request_id: UUID) -> HttpResponse:
    found = queries.role_request_or_404(role_request_id)
    context = {
        "role_request": found,
        "may_decide": found.is_open and found.may_be_decided_by(request.user),
        "may_withdraw": found.is_open and found.asked_by == request.user,
        "may_see_people": request.user.has(Permission.MANAGE_PEOPLE),
        "has_second_person": role_changes.has_second_person(found),
    }
    return render(request, "accounts/role_request.html", context)


@require_POST
@requires(Permission.CONFIRM_ROLES)
def role_request_confirm(request: PortalRequest, role_request_id: UUID) -> HttpResponse:
    said = _("Confirmed. The change shows on the next page they open.")
    return _settled(request, role_request_id, role_changes.confirm, said)


@require_POST
@requires(Permission.CONFIRM_ROLES)
def role_request_refuse(request: PortalRequest, role_request_id: UUID) -> HttpResponse:
    return _settled(request, role_request_id, role_changes.refuse, _("Refused. The roles stay as they are."))


@require_POST
@requires(Permission.CONFIRM_ROLES)
def role_request_withdraw(request: PortalRequest, role_request_id: UUID) -> HttpResponse:
    return _settled(request, role_request_id, role_changes.withdraw, _("Withdrawn. The roles stay as they are."))


def _settled(request: PortalRequest, key: UUID, settle: Callable[..., None], said: str) -> HttpResponse:
    """Settle a request, and say so on its page."""
    found = queries.role_request_or_404(key)
    settle(role_request=found, by=request.user, at=timezone.now())
    messages.success(request, said)
    return redirect(found)
