"""Reading applications for removal. Whatever is handed out by `removal_or_404` is in the access log already."""

import uuid
from datetime import date

from django.shortcuts import get_object_or_404

from casework.cases.queries import case_or_404
from casework.cases.representing import acting_for
from casework.law.representing import Matter
from casework.models import Appeal, Application, Decision, Removal, Representation
from tenants.accounts.models import User

SIGNING = ("representation__person", "representation__client", "representation__document", "power_of_attorney")


def removal_or_404(user: User, number: str, removal_id: uuid.UUID, *, on: date, action: str = "case.seen") -> Removal:
    """Fetch an application for removal that stands, with the decision it is about.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on, action=action)
    of_case = Removal.objects.filter(decision__application__case=case, decision__removed_at=None)
    related = ("decision__application", "document", "round", *SIGNING)
    found: Removal = get_object_or_404(of_case.select_related(*related), pk=removal_id)
    found.decision.application.case = case
    return found


def appeals_of(decision: Decision) -> list[Appeal]:
    """All appeals against a decision, from which it follows whether it is final."""
    return list(decision.appeals.all())


def usual_signer(application: Application, *, on: date) -> Representation | None:
    """Who signs unless somebody says otherwise: the representative of the client who surely may."""
    return acting_for(application.case, matter=Matter.BENEFIT, on=on)
