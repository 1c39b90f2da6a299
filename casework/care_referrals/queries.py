"""Reading referrals to a clinic, and what goes with one."""

import uuid
from datetime import date

from django.http import Http404

from casework.cases.queries import case_or_404
from casework.law import annexes
from casework.law.annexes import Annex
from casework.law.care_referrals import CLINIC
from casework.models import CareReferral, OwnAnnex
from tenants.accounts.models import User


def care_referral_or_404(user: User, number: str, care_referral_id: uuid.UUID, *, on: date) -> CareReferral:
    """Fetch a referral with its report; its case has what the head shows.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on)
    found = CareReferral.objects.filter(case=case, pk=care_referral_id)
    referral: CareReferral | None = found.select_related("report", "written_by").first()
    if referral is None:
        raise Http404
    return referral.belonging(case)


def goes_with(on: date) -> tuple[Annex, ...]:
    """What goes with a referral, as it is in use on a day."""
    return annexes.of_benefit(CLINIC, on, own=OwnAnnex.objects.in_use())
