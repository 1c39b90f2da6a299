"""Three assessments over half a year, of which one is of a professional, and results of two instruments."""

from datetime import timedelta

from django.utils import timezone

from casework.law.domains import DOMAINS
from casework.models import Case
from tenants.accounts.models import User
from tests.casework.assessments.making import a_result, an_assessment


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make one of each object of the room; the answer are the arguments of its addresses."""
    now, today = timezone.now(), timezone.localdate()
    begun = {domain.code: (place * 3) % 5 for place, domain in enumerate(DOMAINS)}
    own = {"kind": "interview", "assessor": "", "summary": "Väsyy iltapäivällä.", "recommendation": ""}
    an_assessment(case, by=aino, at=now, assessed_on=today - timedelta(days=180), scores=begun, **own)
    nurse = {"kind": "nurse", "assessor": "Hilla Hoitaja", "scores": {"sleep": 1, "mood": 2, "treatment": 3}}
    an_assessment(case, by=aino, at=now, assessed_on=today - timedelta(days=90), **nurse)
    scores = {"moving": 1, "endurance": 2, "hands": 4}
    found = an_assessment(case, by=aino, at=now, assessed_on=today - timedelta(days=3), scores=scores)
    estimate = {"instrument": "own_estimate", "result": "4", "taken_on": today - timedelta(days=20)}
    a_result(case, by=aino, at=now, **estimate)
    result = a_result(case, by=aino, at=now, edition="2.0", taken_with="Hilla Hoitaja", comment="Täytetty yhdessä.")
    return {"assessment_id": found.pk, "result_id": result.pk}
