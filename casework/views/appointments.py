"""Visits of a case: appointments, preparation sheets, debriefs, statement requests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.presenters.case_head import head
from casework.queries import statements as statement_queries
from casework.queries.cases import case_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_GET
@requires(Permission.SEE_CASE)
def case_visits(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number)
    page = {
        "case": case,
        "head": head(case, user=request.user, today=timezone.localdate()),
        **statement_queries.for_case(case),
    }
    return render(request, "casework/case_visits.html", page)


@require_GET
@requires(Permission.SEE_CASE)
def appointment_list(request: PortalRequest) -> HttpResponse:
    return render(request, "casework/appointment_list.html", {})
