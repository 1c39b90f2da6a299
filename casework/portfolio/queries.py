"""Reading a client's portfolio: applications with their decisions and appeals, and benefits applied for elsewhere.

The case was handed out before, so the look is in the access log.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from casework.cases import clocks, known_benefits, terms
from casework.cases.door import as_fact
from casework.cases.standing import has_fallen
from casework.cases.terms import Payment, Term
from casework.law.workflow import REMOVAL_UNDER_WAY
from casework.models import Appeal, Application, CareReferral, Case, Client, Decision, OtherBenefit, Removal


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a client's benefits on a day.

    Each decision says as `time_runs` whether its appeal time runs, as `has_fallen` whether it stands no longer;
    `open_removal` asks to remove it, `undone_by` is the key of what removed it, `undone_on` its day.

    `ends` are those of the client's benefits by their decisions; None of a client who has died.
    """

    case: Case
    today: date
    applications: list[Application]
    other_benefits: list[OtherBenefit]
    care_referrals: list[CareReferral]
    ends: dict[uuid.UUID, Term] | None = None
    payment: Payment | None = None


def known_of(case: Case, *, on: date, has_care_referrals: bool = True) -> Known:
    """Read what is known of the benefits of a case's client; referrals to a clinic only where there are any."""
    of_case = Application.objects.filter(case=case).select_related("together_with")
    applications = list(of_case.prefetch_related("rounds", _decisions(on)))
    for application in applications:
        application.case = case
    others = list(case.client.other_benefits.order_by("created_at"))
    known = known_benefits.of_case(case)
    return Known(
        case=case,
        today=on,
        applications=applications,
        other_benefits=others,
        care_referrals=CareReferral.objects.filter(case=case).shown(case) if has_care_referrals else [],
        ends={term.decision.pk: term for term in terms.terms(known)} if known else None,
        payment=terms.payment(known) if known else None,
    )


def benefit_or_404(client: Client, benefit_id: uuid.UUID) -> OtherBenefit:
    """Fetch a benefit of a client that nobody here applied for.

    Raises:
        Http404
    """
    benefit: OtherBenefit = get_object_or_404(client.other_benefits, pk=benefit_id)
    return benefit


def _decisions(on: date) -> "Prefetch[str, QuerySet[Any], str]":
    runs = as_fact(clocks.is_running(on) | clocks.is_day_unknown())
    appeals = Prefetch("appeals", Appeal.objects.order_by("created_at"))
    is_asked = Q(removals__state__in=sorted(REMOVAL_UNDER_WAY), removals__removed_at=None)
    asked = FilteredRelation("removals", condition=is_asked)
    done = Removal.objects.filter(decision=OuterRef("pk"), answer=Removal.Answer.REMOVED).order_by("answered_on")
    decisions = Decision.objects.annotate(
        time_runs=runs,
        has_fallen=as_fact(has_fallen()),
        open_removal=asked,
        undone_by=Subquery(done.values("pk")[:1]),
        undone_on=Subquery(done.values("answered_on")[:1]),
    )
    decisions = decisions.prefetch_related(appeals).select_related("coverage_check", "open_removal")
    return Prefetch("decisions", decisions.order_by("decided_on", "created_at"))
