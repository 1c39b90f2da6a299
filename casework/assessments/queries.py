"""Reading assessments of a case, their scores over time, and results of instruments."""

import uuid

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from casework.law.domains import DOMAINS
from casework.models import Assessment, Case, DomainScore, InstrumentResult
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission


def latest_scores(case: Case) -> dict[str, DomainScore]:
    """The newest score of each domain that was ever assessed, by the code of the domain, in the order of domains."""
    return {code: scores[-1] for code, scores in scores_over_time(case).items()}


def scores_over_time(case: Case) -> dict[str, list[DomainScore]]:
    """All scores of each assessed domain, oldest first, with their assessments; in the order of domains."""
    scores = DomainScore.objects.filter(assessment__case=case, assessment__removed_at=None)
    scores = scores.select_related("assessment__written_by").order_by(
        "assessment__assessed_on", "assessment__created_at"
    )
    found: dict[str, list[DomainScore]] = {domain.code: [] for domain in DOMAINS}
    for score in scores:
        found[score.domain].append(score)
    return {code: row for code, row in found.items() if row}


def assessments_of(case: Case) -> QuerySet[Assessment]:
    """The assessments of a case, newest first, each with `score_count`."""
    rows: QuerySet[Assessment] = case.assessments.all()
    return (
        rows.select_related("written_by").annotate(score_count=Count("scores")).order_by("-assessed_on", "-created_at")
    )


def results_of(case: Case) -> QuerySet[InstrumentResult]:
    """The results of instruments, newest first."""
    rows: QuerySet[InstrumentResult] = case.instrument_results.all()
    return rows.select_related("written_by", "document")


def assessment_or_404(case: Case, assessment_id: uuid.UUID) -> Assessment:
    """Find an assessment of a case that was fetched before, with its scores.

    Raises:
        Http404: it is of another case, or was taken back.
    """
    rows = case.assessments.select_related("written_by", "document").prefetch_related("scores")
    found: Assessment = get_object_or_404(rows, pk=assessment_id)
    return found


def result_or_404(case: Case, result_id: uuid.UUID) -> InstrumentResult:
    """Find a result of a case that was fetched before.

    Raises:
        Http404: it is of another case, or was taken back.
    """
    found: InstrumentResult = get_object_or_404(results_of(case), pk=result_id)
    return found


def may_change(user: User, written: Assessment | InstrumentResult) -> bool:
    """Whether a person may change this: what one wrote oneself, and everything for those who work with the case."""
    return user.has(Permission.WORK_CASE) or (user.has(Permission.ASSESS) and written.written_by_id == user.pk)
