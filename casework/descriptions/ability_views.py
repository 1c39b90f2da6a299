"""Work ability on one page: the descriptions, the trend, the newest assessments and results of instruments."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.assessments import queries
from casework.assessments.presenters import result_rows, trend_rows
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404
from casework.descriptions import queries as descriptions
from casework.law.domains import SCALE
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission

ON_A_PAGE = 15
RESULTS_SHOWN = 5


@require_safe
@requires(Permission.SEE_CASE)
def case_ability(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    results = list(queries.results_of(case)[: RESULTS_SHOWN + 1])
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "trend": trend_rows(queries.scores_over_time(case)),
        "scale": SCALE,
        "page": Paginator(queries.assessments_of(case), ON_A_PAGE).get_page(request.GET.get("page")),
        "results": result_rows(results[:RESULTS_SHOWN], user=request.user),
        "has_more_results": len(results) > RESULTS_SHOWN,
        "can_assess": request.user.has(Permission.ASSESS) and case.is_open,
        **descriptions.for_case(case),
    }
    return render(request, "casework/descriptions/case_ability.html", page)
