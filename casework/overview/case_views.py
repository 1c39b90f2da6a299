"""The pages of a case that show something of every subject: the first one, the timeline, the basic details."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.applications import queries as application_queries
from casework.cases.head import head
from casework.cases.next_thing import things_of
from casework.cases.queries import CaseInView, case_in_view_or_404, other_cases, overview
from casework.cases.representing import offered_of
from casework.cases.retention import remaining
from casework.cases.signers import choices_of
from casework.clients.contact import contact
from casework.consents.presenters import consents_panel
from casework.endings.presenters import settled_rows
from casework.endings.queries import settled
from casework.law.representing import Matter
from casework.overview import timeline as presented
from casework.representatives.presenters import representation_rows
from casework.timeline import corrections
from casework.timeline import reading as timeline
from casework.timeline.kinds.kind import GROUPS
from casework.withdrawals.queries import relation_ended_on
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission

ON_A_PAGE = 30


@require_safe
@requires(Permission.SEE_CASE)
def case(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    found = seen.case
    today = timezone.localdate()
    things = things_of(found, on=today)
    page = {
        "case": found,
        "head": head(seen, user=request.user, today=today, things=things),
        "application_count": seen.application_count,
        "today": today,
        "things": things,
        "overview": overview(found),
        "entries": presented.entries(found, timeline.latest(found, without="tasks")),
        **application_queries.for_case(found),
    }
    return render(request, "casework/overview/case.html", page)


@require_safe
@requires(Permission.SEE_CASE)
def case_timeline(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    found = seen.case
    lines, page = timeline.page(found, group=request.GET.get("show", ""), number=request.GET.get("page"))
    content = {
        "case": found,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "entries": presented.entries(found, lines),
        "page": page,
        "groups": GROUPS.items(),
    }
    return render(request, "casework/overview/case_timeline.html", content)


@require_safe
@requires(Permission.SEE_CASE)
def case_corrections(request: PortalRequest, case_number: str) -> HttpResponse:
    """What was written in the case before it was corrected or taken back."""
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    found = seen.case
    page = Paginator(corrections.of_case(found), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": found,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "page": page,
        "earlier": corrections.described(page.object_list),
    }
    return render(request, "casework/overview/case_corrections.html", content)


@require_safe
@requires(Permission.SEE_CASE)
def case_basics(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    found = seen.case
    today = timezone.localdate()
    page = {
        "case": found,
        "client": found.client,
        "contact": contact(found.client),
        "head": head(seen, user=request.user, today=today),
        "overview": overview(found),
        "others": other_cases(found),
        "can_reveal": request.user.has(Permission.REVEAL_PROTECTED),
        **consents_panel(found, today=today),
        **_representatives(seen, today=today),
        "settled": [] if found.is_open else settled_rows(settled(found)),
        "remaining": [] if found.is_open else remaining(relation_ended_on(found, on=today), today=today),
    }
    return render(request, "casework/overview/case_basics.html", page)


def _representatives(seen: CaseInView, *, today: date) -> dict[str, Any]:
    """What the basic details show of who acts for the client, and who may sign the paper for consents."""
    found = [] if seen.client_has_died else offered_of(seen.representations, matter=Matter.CONSENT, on=today)
    rows = representation_rows(seen.representations, is_dead=seen.client_has_died, today=today)
    return {"representatives": list(rows), "consent_signers": choices_of(seen.case, found)}
