"""Reading what hangs on an appeal: its letter, and the letters that followed it."""

import uuid
from datetime import date

from django.shortcuts import get_object_or_404

from casework.cases.queries import case_or_404
from casework.cases.representing import acting_for
from casework.law.representing import Matter
from casework.models import Appeal, AppealLetter, AppealSupplement, Decision, Representation
from tenants.accounts.models import User


def letter_of(appeal: Appeal, *, on: date) -> AppealLetter:
    """The letter of an appeal that was fetched before; one of which nobody has said anything has the usual signer."""
    related = ("representation__person", "representation__client", "power_of_attorney", "document")
    found = AppealLetter.objects.filter(appeal=appeal).select_related(*related).first()
    letter = found or AppealLetter(appeal=appeal, representation=usual_signer(appeal, on=on))
    letter.appeal = appeal
    return letter


def usual_signer(appeal: Appeal, *, on: date) -> Representation | None:
    """Who signs an appeal unless somebody says otherwise: the representative of the client who surely may."""
    application = appeal.decision.application
    if application.benefit.employer_applies:
        return None
    return acting_for(application.case, matter=Matter.BENEFIT, on=on)


def is_appealed(decision: Decision) -> bool:
    """Whether an appeal against a decision has been filed."""
    return decision.appeals.filter(filed_on__isnull=False).exists()


def supplements_of(appeal: Appeal) -> list[AppealSupplement]:
    """The letters that followed an appeal that was fetched before, in the order in which they were begun."""
    return list(appeal.supplements.all())


def supplement_or_404(
    user: User, number: str, supplement_id: uuid.UUID, *, on: date, action: str = "case.seen"
) -> AppealSupplement:
    """Fetch a letter that stands, with the appeal it follows.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on, action=action)
    standing = {"appeal__removed_at": None, "appeal__decision__removed_at": None}
    of_case = AppealSupplement.objects.filter(appeal__decision__application__case=case, **standing)
    signer = ("representation__person", "representation__client", "representation__document")
    related = ("appeal__decision__application", "appeal__against", *signer)
    found: AppealSupplement = get_object_or_404(of_case.select_related(*related), pk=supplement_id)
    found.appeal.decision.application.case = case
    return found
