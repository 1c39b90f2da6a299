"""The referral inbox. Whatever is handed out here is in the access log already."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from casework.cases.door import pass_door
from casework.models import Referral
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject

WAITS_SINCE = Coalesce("came_again_on", "received_on")


def inbox(*, is_settled: bool) -> QuerySet[Referral]:
    """Referrals that wait for an answer, the oldest first and those returned last; or the settled, newest first.

    `listed` reads them.
    """
    referrals = Referral.objects.all()
    if is_settled:
        return referrals.exclude(state__in=Referral.OPEN_STATES).order_by("-state_at", "-created_at")
    returned_last = Case(When(state="returned", then=Value(1)), default=Value(0), output_field=IntegerField())
    return referrals.filter(state__in=Referral.OPEN_STATES).order_by(returned_last, WAITS_SINCE, "created_at")


def listed(keys: Sequence[uuid.UUID]) -> list[Referral]:
    """Read the referrals of a page, in its order."""
    found = Referral.objects.select_related("case", "state_by").in_bulk(keys)
    return [found[key] for key in keys]


def record_list(user: User, referrals: Iterable[Referral]) -> None:
    """Log that a list showed these referrals, in one call."""
    subjects = [Subject("referral", str(referral.pk)) for referral in referrals]
    access_log.record(by=user, action="referral.listed", subjects=subjects)


def referral_or_404(user: User, referral_id: uuid.UUID, *, on: date, action: str = "referral.seen") -> Referral:
    """Fetch a referral and log the look. One that was accepted is a part of its case.

    Raises:
        Http404
        ReasonNeeded: it was accepted into somebody else's case.
    """
    known = Referral.objects.select_related("case__client", "state_by", "written_by")
    referral: Referral | None = known.filter(pk=referral_id).first()
    if referral is None:
        raise Http404
    if referral.case is not None:
        pass_door(user, [referral.case], on=on)
    access_log.record(by=user, action=action, subjects=[Subject("referral", str(referral.pk))])
    return referral
