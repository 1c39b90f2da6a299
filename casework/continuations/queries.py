"""Reading what goes on from a decision that was handed out, and what was said about it."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from casework.applications.pairs import other_of
from casework.cases import known_benefits, terms
from casework.cases.terms import Term
from casework.law.benefits import Matter
from casework.law.pension_systems import KELA
from casework.models import Application, Case, Decision, NoContinuation


def no_continuation_or_404(case: Case, row_id: uuid.UUID) -> NoContinuation:
    """Fetch the word that no continuation is applied for, of a case that was handed out.

    Raises:
        Http404
    """
    of_case = NoContinuation.objects.filter(decision__application__case=case, decision__removed_at=None)
    found: NoContinuation = get_object_or_404(of_case.select_related("decision__application"), pk=row_id)
    found.decision.application.case = case
    return found


def usual_claim(decision: Decision) -> dict[str, Any]:
    """What the application for the continuation says until somebody chooses otherwise: the same benefit and payer.

    Of one paper to both pension systems it is for both, where both grants end and the other has no continuation yet.
    """
    application = decision.application
    claim: dict[str, Any] = {
        "benefit_code": application.benefit_code,
        "decider_code": application.decider_code,
        "matter": Matter.CONTINUATION.value,
    }
    other = other_of(application)
    if other is None or not _ends_openly(other):
        return claim
    insurer = other.decider_code if application.decider_code == KELA else ""
    return claim | {"is_to_both": True, "insurer_code": insurer}


def is_continued_at(decider_code: str, case: Case) -> bool:
    """Whether the application for the time after a grant of that payer has been begun."""
    return any(term.continuation and term.application.decider_code == decider_code for term in _terms(case))


def _ends_openly(application: Application) -> bool:
    of_it = (term for term in _terms(application.case) if term.application.pk == application.pk)
    return any(term.is_open and term.continuation is None for term in of_it)


def _terms(case: Case) -> list[Term]:
    known = known_benefits.of_case(case)
    return list(terms.terms(known)) if known else []
