"""Writing assessments of work and functional ability: by coordinators, and by team members about cases they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law import domains
from casework.law.errors import check_day
from casework.models import Assessment, Case, Document
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

WORDS = Assessment.CORRECTED


class NothingAssessed(Refusal):
    user_message = _("Assess at least one domain, write a summary or a recommendation, or choose a document.")


class DocumentOfAnotherCase(Refusal):
    user_message = _("This document belongs to another case.")
    field = "document"


@dataclass(frozen=True, kw_only=True)
class Scored:
    """How able in one domain, 0-4, and how it shows in daily life."""

    score: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AssessmentDetails:
    """What a person types of an assessment; `scores` by the codes of `law.domains`, without those not assessed."""

    kind: str
    assessed_on: date
    assessor: str = ""
    summary: str = ""
    recommendation: str = ""
    document: Document | None = None
    scores: Mapping[str, Scored] = field(default_factory=dict)


@transaction.atomic
def write(*, case: Case, details: AssessmentDetails, by: User, at: datetime) -> Assessment:
    """Write down an assessment. The same one once more is the one that is there.

    Raises:
        NothingAssessed, DocumentOfAnotherCase, BeforeBirth, InTheFuture, CaseIsClosed
        UnknownDomain: a score has the code of no domain.
    """
    case = locked_open(case)
    _check(details, case, today=helsinki(at))
    same = case.assessments.filter(kind=details.kind, assessed_on=details.assessed_on, written_by=by)
    found: Assessment
    for found in same.select_related("document").prefetch_related("scores"):
        if details_of(found) == details:
            return found
    assessment = Assessment(case=case, written_by=by, **{name: getattr(details, name) for name in WORDS})
    assessment.save()
    assessment.write_beside("scores", _scores(details))
    facts = _facts(assessment)
    timeline.add(case=case, kind="assessment.written", by=by, at=at, about=assessment, facts=facts)
    return assessment


@transaction.atomic
def change(*, assessment: Assessment, details: AssessmentDetails, version: int, by: User, at: datetime) -> Assessment:
    """Change an assessment; what it said before stays in its history.

    Raises:
        EditedMeanwhile, TakenBack, and what `write` raises.
    """
    case, assessment = _locked(assessment, version)
    _check(details, case, today=helsinki(at))
    values = {name: getattr(details, name) for name in WORDS} | {"scores": _scores(details)}
    why = Why(reason="", by=by, at=at, case=case, kind="assessment.changed", facts=_facts(details))
    corrections.correct(assessment, values, why)
    return assessment


@transaction.atomic
def take_back(*, assessment: Assessment, reason: str, version: int, by: User, at: datetime) -> Assessment:
    """Take back an assessment that was written down by mistake: its scores leave the picture and new descriptions.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case, assessment = _locked(assessment, version)
    why = Why(reason=reason, by=by, at=at, case=case, kind="assessment.removed", facts=_facts(assessment))
    corrections.take_back(assessment, why)
    return assessment


def details_of(assessment: Assessment) -> AssessmentDetails:
    """What was typed of an assessment that is there."""
    scores = {row.domain: Scored(score=row.score, note=row.note) for row in assessment.scores.all()}
    return AssessmentDetails(**{name: getattr(assessment, name) for name in WORDS}, scores=scores)


def check_document(document: Document | None, *, case: Case) -> None:
    """Refuse a document of another case; none is well.

    Raises:
        DocumentOfAnotherCase
    """
    if document is not None and document.case_id != case.pk:
        raise DocumentOfAnotherCase


def _check(details: AssessmentDetails, case: Case, *, today: date) -> None:
    check_day(details.assessed_on, born_on=case.client.born_on, today=today, field="assessed_on")
    check_document(details.document, case=case)
    for code in details.scores:
        domains.domain(code)
    if not (details.scores or details.summary or details.recommendation or details.document):
        raise NothingAssessed


def _locked(assessment: Assessment, version: int) -> tuple[Case, Assessment]:
    case = locked_open(assessment.case)
    assessment = assessment.locked()
    corrections.check_standing(assessment)
    assessment.check_version(version)
    return case, assessment


def _scores(details: AssessmentDetails) -> dict[str, list[Any]]:
    return {code: [scored.score, scored.note] for code, scored in details.scores.items()}


def _facts(assessed: Assessment | AssessmentDetails) -> dict[str, str | int]:
    return {"kind": assessed.kind, "assessed_on": assessed.assessed_on.isoformat()}
