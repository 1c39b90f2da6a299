"""Team meetings: of a case, and of the municipality."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.presenters.case_head import head
from casework.queries.cases import case_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_GET
@requires(Permission.SEE_CASE)
def case_meetings(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number)
    page = {"case": case, "head": head(case, user=request.user, today=timezone.localdate())}
    return render(request, "casework/case_meetings.html", page)


@require_GET
@requires(Permission.SEE_CASE)
def meeting_list(request: PortalRequest) -> HttpResponse:
    return render(request, "casework/meeting_list.html", {})
