"""The team of a case: who takes part, joining and leaving."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases import actions as cases
from casework.cases.correcting import correction_page, known
from casework.cases.form_pages import below_case
from casework.cases.forms import CorrectParticipantForm, ParticipantForm
from casework.cases.queries import case_or_404, participant_or_404, team_of
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_team(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ParticipantForm(request.POST or None, case=case)
    team = team_of(case)
    return form_page(
        request,
        form,
        partial(cases.add_participant, case=case, since=timezone.localdate()),
        page=below_case(
            case,
            title=_("Team of the case"),
            submit=_("Add to the team"),
            cancel="",
            template="casework/cases/case_team.html",
            values={"team": team},
        ),
        done=lambda joined: _("%(name)s is in the team.") % {"name": joined.user.name},
        then=request.path,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def participant_correct(request: PortalRequest, case_number: str, participant_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    participant = participant_or_404(case, participant_id)
    team_url = reverse("case_team", args=[case.number])
    title = _("Correct the day of joining: %(name)s") % {"name": participant.user.name}
    page = correction_page(case, participant, title=title, cancel=team_url)
    form = CorrectParticipantForm(request.POST or None, initial=known(participant))
    act = partial(cases.correct_participant, participant=participant)
    return form_page(request, form, act, page=page, done=_("The day of joining is corrected."), then=team_url)


@require_POST
@requires(Permission.WORK_CASE)
def participant_remove(request: PortalRequest, case_number: str, participant_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    participant = participant_or_404(case, participant_id)
    today = timezone.localdate()
    cases.remove_participant(participant=participant, until=today, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": participant.user.name})
    return redirect("case_team", case.number)
