"""Work ability: assessments, results of instruments, the description."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework.presenters.case_head import head
from casework.queries import descriptions as description_queries
from casework.queries.cases import case_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_GET
@requires(Permission.SEE_CASE)
def case_ability(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number)
    page = {
        "case": case,
        "head": head(case, user=request.user, today=timezone.localdate()),
        **description_queries.for_case(case),
    }
    return render(request, "casework/case_ability.html", page)
