"""The team of a case: who takes part, joining and leaving."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases import actions as cases
from casework.cases.forms import ParticipantForm
from casework.cases.queries import case_or_404, participant_or_404, team_of
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_team(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ParticipantForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            now, today = timezone.now(), timezone.localdate()
            joined = cases.add_participant(case=case, **form.cleaned_data, since=today, by=request.user, at=now)
            messages.success(request, _("%(name)s is in the team.") % {"name": joined.user.name})
            return redirect("case_team", case.number)
    team = team_of(case)
    return render(request, "casework/cases/case_team.html", {"case": case, "form": form, "team": team})


@require_POST
@requires(Permission.WORK_CASE)
def participant_remove(request: PortalRequest, case_number: str, participant_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    participant = participant_or_404(case, participant_id)
    today = timezone.localdate()
    cases.remove_participant(participant=participant, until=today, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": participant.user.name})
    return redirect("case_team", case.number)
