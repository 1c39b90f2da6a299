"""The runs of background jobs: when, for whom, how many, how they ended."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.console import queries


@require_safe
@requires(Permission.SEE_JOBS)
def job_list(request: PortalRequest) -> HttpResponse:
    is_failed_only = request.GET.get("show") == "failed"
    page = Paginator(queries.runs(is_failed_only=is_failed_only), 50).get_page(request.GET.get("page"))
    return render(request, "console/job_list.html", {"page": page, "is_failed_only": is_failed_only})
