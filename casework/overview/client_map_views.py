"""The client's own map: one page for the client, on screen and as PDF."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.cases.queries import case_or_404, check_lives
from casework.documents.downloads import download
from casework.overview import client_map_presenters as presented
from casework.overview.client_map import road_of
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.printing import report_pdf


@require_safe
@requires(Permission.SEE_CASE)
def case_map(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate(), action="client_map.seen")
    check_lives(case)
    language = presented.language_of(case, request.GET.get("language", ""))
    page = {
        "case": case,
        "map": presented.client_map(road_of(case, now=timezone.now()), language=language),
        "map_languages": presented.LANGUAGES,
    }
    return render(request, "casework/overview/case_map.html", page)


@require_safe
@requires(Permission.SEE_CASE)
def case_map_pdf(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate(), action="client_map.printed")
    check_lives(case)
    language = presented.language_of(case, request.GET.get("language", ""))
    paper = presented.client_map(road_of(case, now=timezone.now()), language=language)
    return download(report_pdf(paper), Kind.PDF, presented.download_name(case, on=paper.on))
