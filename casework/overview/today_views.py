"""Today: the front page of the portal."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.overview import today as queries
from casework.overview import today_presenters as presented
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_safe
@requires(Permission.SEE_CASE, Permission.MANAGE_PEOPLE, Permission.READ_ACCESS_LOG)
def today(request: PortalRequest) -> HttpResponse:
    """Show the day; people without case content are led to the place that is theirs."""
    if not request.user.has(Permission.SEE_CASE):
        return redirect("people" if request.user.has(Permission.MANAGE_PEOPLE) else "access_log")
    is_everyones = request.GET.get("whose") == "everyones"
    found = queries.read(request.user, at=timezone.now(), is_everyones=is_everyones)
    page = presented.page(found, user=request.user, is_everyones=is_everyones)
    return render(request, "casework/overview/today.html", page)
