"""Reading descriptions of work and functional ability, and what is known to write one from."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404

from casework.assessments import queries as assessments
from casework.cases.queries import case_or_404
from casework.descriptions.facts import Known
from casework.law.sections import BY_CODE
from casework.law.workflow import ApplicationState
from casework.models import AbilityDescription, Application, Assessment, Case, Evidence
from casework.situation import queries as situation
from tenants.accounts.models import User


def for_case(case: Case) -> dict[str, Any]:
    """What descriptions/parts/descriptions_panel.html shows of a case that was fetched before."""
    return {"descriptions": versions(case)}


def versions(case: Case) -> list[AbilityDescription]:
    """Every version of a case's description, the newest first."""
    return list(case.descriptions.select_related("begun_by", "signed_by").defer("brought", "paper"))


def description_or_404(
    user: User, number: str, description_id: uuid.UUID, *, on: date, action: str = "case.seen"
) -> AbilityDescription:
    """Fetch a version; its case has what the head shows, and the look is logged.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on, action=action)
    found = AbilityDescription.objects.filter(case=case, pk=description_id)
    description = found.select_related("begun_by", "signed_by", "document").prefetch_related("sections").first()
    if description is None:
        raise Http404
    description.case = case
    return description


def texts_of(description: AbilityDescription) -> dict[str, str]:
    """The text of every section by its code, "" where nothing is written."""
    return dict.fromkeys(BY_CODE, "") | {section.code: section.text for section in description.sections.all()}


def known_of(case: Case) -> Known:
    """Read what a description of a case is written from."""
    newest: dict[str, Assessment] = {}
    for assessment in assessments.assessments_of(case).order_by("-assessed_on", "-created_at"):
        newest.setdefault(assessment.kind, assessment)
    return Known(
        entries=situation.current_entries(case.client),
        scores=list(assessments.latest_scores(case).values()),
        assessments=list(newest.values()),
        illnesses=list(case.client.illnesses.all()),
        is_protected=case.client.is_protected,
    )


def open_applications(description: AbilityDescription) -> list[Application]:
    """The applications that can take the signed paper as evidence and have not got it yet."""
    has_it = Evidence.objects.filter(document=description.document_id).values("application")
    applications = description.case.applications.exclude(state=ApplicationState.WITHDRAWN).exclude(pk__in=has_it)
    return list(applications)


def applications_with(description: AbilityDescription) -> list[Application]:
    """The applications the signed paper went with."""
    if description.document_id is None:
        return []
    with_it = Evidence.objects.filter(document=description.document_id).values("application")
    applications = list(Application.objects.filter(pk__in=with_it))
    for application in applications:
        application.case = description.case
    return applications
