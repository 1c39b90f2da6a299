"""Applications, decisions and appeals of a case. Whatever is handed out by `…_or_404` is in the access log already."""

import uuid
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404

from casework.applications.papers import InCase
from casework.cases.door import as_fact
from casework.cases.queries import case_or_404
from casework.cases.standing import has_fallen
from casework.figures.queries import own_figures
from casework.law import figures, usual_times
from casework.law.benefits import Matter, NoRule
from casework.law.usual_times import ApplicationTime
from casework.models import (
    AnnexAnswer,
    Appeal,
    Application,
    CareReferral,
    Case,
    CoverageCheck,
    Decision,
    Evidence,
    Illness,
    Removal,
    Round,
)
from tenants.accounts.models import User


def application_or_404(user: User, number: str, application_id: uuid.UUID, *, on: date) -> Application:
    """Fetch an application with its rounds, decisions, appeals and removals; its case has what the head shows.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on)
    found = _whole(Application.objects.filter(case=case, pk=application_id))
    found = found.prefetch_related("rounds").annotate(has_removals=Exists(_removals()))
    application = found.annotate(has_others=Exists(_others())).first()
    if application is None:
        raise Http404
    if application.has_removals:
        prefetch_related_objects([application], "decisions__removals")
    application.case = case
    return application


def decision_or_404(user: User, number: str, decision_id: uuid.UUID, *, on: date) -> Decision:
    """Fetch a decision with its application, its document and its appeals.

    Raises:
        Http404, ReasonNeeded: as `application_or_404`.
    """
    case = case_or_404(user, number, on=on)
    decisions = Decision.objects.filter(application__case=case, pk=decision_id)
    decision: Decision | None = decisions.select_related(
        "application", "document", "last_day_confirmed_by", "coverage_check", "round"
    ).first()
    if decision is None:
        raise Http404
    decision.application.case = case
    return decision


def appeal_or_404(user: User, number: str, appeal_id: uuid.UUID, *, on: date, action: str = "case.seen") -> Appeal:
    """Fetch an appeal with its decision and the answer it is against.

    Raises:
        Http404, ReasonNeeded: as `application_or_404`.
    """
    case = case_or_404(user, number, on=on, action=action)
    appeals = Appeal.objects.filter(decision__application__case=case, decision__removed_at=None, pk=appeal_id)
    related = ("decision__application", "against", "last_day_confirmed_by", "decision__last_day_confirmed_by")
    appeal: Appeal | None = appeals.select_related(*related).first()
    if appeal is None:
        raise Http404
    appeal.decision.application.case = case
    return appeal


def evidence_or_404(application: Application, evidence_id: uuid.UUID) -> Evidence:
    """Fetch a piece of evidence of an application that was handed out.

    Raises:
        Http404
    """
    evidence: Evidence | None = Evidence.objects.filter(application=application, pk=evidence_id).first()
    if evidence is None:
        raise Http404
    evidence.application = application
    return evidence


def of_case(case: Case) -> list[Application]:
    """The applications of a case that was handed out, those under way first, with their decisions and appeals."""
    applications = list(_whole(Application.objects.filter(case=case)).annotate(answered_on=_answered_on()))
    for application in applications:
        application.case = case
    return sorted(applications, key=lambda application: not application.is_under_way)


def for_case(case: Case) -> dict[str, Any]:
    """What applications/parts/case_applications.html shows of a case that was handed out."""
    return {"applications": of_case(case)}


def care_referrals_of(case: Case) -> list[CareReferral]:
    """The referrals to a clinic that stand beside the applications of a case that was handed out."""
    return CareReferral.objects.filter(case=case).shown(case)


def evidence_of(application: Application) -> list[Evidence]:
    """The evidence of an application with its illnesses."""
    return list(application.evidence.select_related("document").prefetch_related("illnesses"))


def in_case(application: Application) -> InCase:
    """What lies in the case of an application that was handed out: evidence, requests for statements, documents."""
    case = application.case
    evidence = Evidence.objects.filter(application__case=case, application__removed_at=None)
    return InCase(
        evidence=list(evidence.select_related("document").prefetch_related("illnesses")),
        requests=case.statement_requests.shown(case),
        documents=list(case.documents.filter(replaced_by=None)),
    )


def answers_of(application: Application) -> list[AnnexAnswer]:
    """What was said of the rows of an application's list."""
    return list(application.annex_answers.all())


def names_illnesses(piece: Evidence) -> bool:
    """Whether evidence says which illnesses it is about."""
    return piece.illnesses.exists()


def answer_or_404(application: Application, answer_id: uuid.UUID) -> AnnexAnswer:
    """Fetch an answer about the list of an application that was handed out.

    Raises:
        Http404
    """
    answer: AnnexAnswer | None = AnnexAnswer.objects.filter(application=application, pk=answer_id).first()
    if answer is None:
        raise Http404
    answer.application = application
    return answer


def illnesses_of(case: Case) -> QuerySet[Illness]:
    """The illnesses on the client's list."""
    return Illness.objects.filter(client=case.client_id)


def coverage_check_or_404(decision: Decision) -> CoverageCheck:
    """Fetch the coverage check of a decision that was handed out.

    Raises:
        Http404: a full grant has none.
    """
    check = CoverageCheck.objects.filter(decision=decision).select_related("closed_by").first()
    if check is None:
        raise Http404
    check.decision = decision
    return check


def usual_time(application: Application, *, on: date) -> ApplicationTime | None:
    """Find how long a decision usually takes: the municipality's own figure, else the shipped rule's, or None."""
    kind, matter = application.decider.kind, Matter(application.matter)
    try:
        row = usual_times.usual_time(application.benefit_code, kind, on, matter=matter)
    except NoRule:
        return None
    return figures.in_use(row, own_figures(on))


def _others() -> QuerySet[Application]:
    """Applications of the case to other deciders, which may be the same paper at the other pension system."""
    alone = Application.objects.filter(case=OuterRef("case"), together_with=None)
    return alone.exclude(decider_code=OuterRef("decider_code"))


def _removals() -> QuerySet[Removal]:
    return Removal.objects.filter(decision__application=OuterRef("pk"), decision__removed_at=None)


def _answered_on() -> Subquery:
    """When the newest wait of an application ended, without requests that were withdrawn."""
    rounds = Round.objects.filter(application=OuterRef("pk")).exclude(
        Q(end=Round.End.WITHDRAWN) & ~Q(kind__in=Round.FIRST_KINDS)
    )
    return Subquery(rounds.order_by("-number").values("ended_on")[:1])


def _whole(applications: QuerySet[Application]) -> QuerySet[Application]:
    appeals = Prefetch("appeals", Appeal.objects.order_by("created_at"))
    decisions = Decision.objects.annotate(has_fallen=as_fact(has_fallen()))
    decisions = decisions.select_related("coverage_check").prefetch_related(appeals)
    applications = applications.select_related("together_with")
    return applications.prefetch_related(Prefetch("decisions", decisions.order_by("decided_on", "created_at")))
