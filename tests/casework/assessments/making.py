"""Makes assessments and results of instruments for tests and the demo, through real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.assessments import actions as assessments
from casework.assessments import instruments
from casework.assessments.actions import AssessmentDetails, Scored
from casework.assessments.instruments import ResultDetails
from casework.law.domains import DOMAINS
from casework.models import Assessment, Case, InstrumentResult
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.conftest import NOON


def assessment_details(*, scores: dict[str, int] | None = None, **others: Any) -> AssessmentDetails:
    """The physiotherapist's check of Matti's back; `scores` by code, with other words where they are given."""
    known: dict[str, Any] = {
        "kind": "physiotherapist",
        "assessed_on": date(2026, 11, 20),
        "assessor": "Pekka Fysio",
        "summary": "Lifting more than 5 kg hurts.",
        "recommendation": "Rehabilitation before work.",
    }
    numbers = {"moving": 1, "endurance": 2} if scores is None else scores
    scored = {code: Scored(score=score, note=f"Note of {code}.") for code, score in numbers.items()}
    return AssessmentDetails(**known | others, scores=scored)


def an_assessment(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> Assessment:
    """Write down an assessment, of today when no day is given."""
    others = {"assessed_on": helsinki(at)} | others
    return assessments.write(case=case, details=assessment_details(**others), by=by, at=at)


def a_result(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> InstrumentResult:
    """Write down that Matti filled in Kykyviisari."""
    known: dict[str, Any] = {
        "instrument": "kykyviisari",
        "taken_on": helsinki(at),
        "result": "The days feel heavy, hopes for lighter work.",
    }
    return instruments.add(case=case, details=ResultDetails(**known | others), by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of assessments: three over half a year, and results; answers the arguments of addresses."""
    today = helsinki(at)
    begun = {domain.code: (place * 3) % 5 for place, domain in enumerate(DOMAINS)}
    own = {"kind": "interview", "assessor": "", "summary": "Väsyy iltapäivällä.", "recommendation": ""}
    an_assessment(case, by=by, at=at, assessed_on=today - timedelta(days=180), scores=begun, **own)
    nurse = {"kind": "nurse", "assessor": "Hilla Hoitaja", "scores": {"sleep": 1, "mood": 2, "treatment": 3}}
    an_assessment(case, by=by, at=at, assessed_on=today - timedelta(days=90), **nurse)
    scores = {"moving": 1, "endurance": 2, "hands": 4}
    found = an_assessment(case, by=by, at=at, assessed_on=today - timedelta(days=3), scores=scores)
    a_result(case, by=by, at=at, instrument="own_estimate", result="4", taken_on=today - timedelta(days=20))
    result = a_result(case, by=by, at=at, edition="2.0", taken_with="Hilla Hoitaja", comment="Täytetty yhdessä.")
    return {"assessment_id": found.pk, "result_id": result.pk}
