"""The runs of background jobs: when, for whom, how many, how they ended."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.models import JobRun


@require_GET
@requires(Permission.SEE_JOBS)
def job_list(request: PortalRequest) -> HttpResponse:
    runs = JobRun.objects.select_related("municipality")
    is_failed_only = request.GET.get("show") == "failed"
    page = Paginator(runs.exclude(error="") if is_failed_only else runs, 50).get_page(request.GET.get("page"))
    return render(request, "console/job_list.html", {"page": page, "is_failed_only": is_failed_only})
