"""What can be done to a referral: write it down, return it for more, decline it, accept it into a case."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import actions as cases
from casework.law import workflow
from casework.law.errors import BeforeBirth, InTheFuture, check_name, check_order
from casework.models import Case, Client, Referral
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants import identity_code
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki
from tenants.errors import Refusal


class ReferralSettled(Refusal):
    user_message = _("Another person has accepted or declined this referral already. Load the page again.")


@dataclass(frozen=True, kw_only=True)
class ReferralDetails:
    """What the referring party tells."""

    source: str
    referrer: str
    reason: str
    received_on: date
    first_name: str
    last_name: str
    born_on: date | None = None
    phone: str = ""
    identity_code: str = ""


@transaction.atomic
def receive(*, details: ReferralDetails, by: User, at: datetime) -> Referral:
    """Write down a referral that has come.

    Raises:
        NameMissing, InTheFuture, BeforeBirth, and what `identity_code.parse` raises.
    """
    referral: Referral = Referral.objects.create(written_by=by, **_checked(details, today=helsinki(at)))
    access_log.record(by=by, action="referral.received", subjects=[Subject("referral", str(referral.pk))])
    return referral


@transaction.atomic
def supplement(*, referral: Referral, details: ReferralDetails, version: int, by: User, at: datetime) -> Referral:
    """Write down what the referring party told when asked; the referral is as new again. The old words stay.

    Raises:
        TakenBack, ReferralSettled, EditedMeanwhile, and what `receive` raises.
    """
    referral, step = _locked(referral, "supplement", version, by)
    answer = {"state": step.target, "state_reason": "", "state_at": at, "state_by": by}
    values = _checked(details, today=helsinki(at)) | answer
    corrections.correct(referral, values, Why(reason="", by=by, at=at, case=None, kind=step.audit))
    return referral


@transaction.atomic
def correct(
    *,
    referral: Referral,
    details: ReferralDetails,
    came_again_on: date | None = None,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Referral:
    """Correct what was written down, also of one that was answered: its answer, client and case stay as they are.

    `came_again_on` is looked at when it has come again.

    Raises:
        TakenBack, EditedMeanwhile, and what `receive` and `come_again` raise.
    """
    referral = _standing(referral, version)
    values = _checked(details, today=helsinki(at))
    if referral.came_again_on and came_again_on:
        _check_again(came_again_on, details.received_on, today=helsinki(at))
        values |= {"came_again_on": came_again_on}
    facts = _facts(details.source, details.received_on)
    why = Why(reason=reason, by=by, at=at, case=referral.case, kind="referral.corrected", facts=facts)
    corrections.correct(referral, values, why)
    return referral


@transaction.atomic
def take_back(*, referral: Referral, reason: str, version: int, by: User, at: datetime) -> Referral:
    """Take back a referral that was written down by mistake. A case it was accepted into goes on without it.

    Raises:
        TakenBack, EditedMeanwhile
    """
    referral = _standing(referral, version)
    facts = _facts(referral.source, referral.received_on)
    why = Why(reason=reason, by=by, at=at, case=referral.case, kind="referral.removed", facts=facts)
    corrections.take_back(referral, why)
    return referral


@transaction.atomic
def return_for_more(*, referral: Referral, reason: str, version: int, by: User, at: datetime) -> Referral:
    """Ask the referring party for more; the referral stays in the inbox. What was asked before stays readable.

    Raises:
        TakenBack, ReferralSettled, EditedMeanwhile
    """
    referral, step = _locked(referral, "return_for_more", version, by)
    _move(referral, step, {"state_reason": reason}, by=by, at=at)
    return referral


@transaction.atomic
def decline(*, referral: Referral, reason: str, version: int, by: User, at: datetime) -> Referral:
    """Decline a referral with the reason.

    Raises:
        TakenBack, ReferralSettled, EditedMeanwhile
    """
    referral, step = _locked(referral, "decline", version, by)
    _move(referral, step, {"state_reason": reason}, by=by, at=at)
    return referral


@transaction.atomic
def come_again(*, referral: Referral, came_again_on: date, version: int, by: User, at: datetime) -> Referral:
    """Take up a declined referral that has come again: it waits for an answer anew, and both days are known.

    Why it was declined stays in its history.

    Raises:
        TakenBack, ReferralSettled, EditedMeanwhile, InTheFuture
    Doubts:
        DayOrderWrong: before it came the first time.
    """
    referral, step = _locked(referral, "come_again", version, by)
    _check_again(came_again_on, referral.received_on, today=helsinki(at))
    _move(referral, step, {"state_reason": "", "came_again_on": came_again_on}, by=by, at=at)
    return referral


@transaction.atomic
def accept(
    *, referral: Referral, client: Client, coordinator: User, opened_on: date, version: int, by: User, at: datetime
) -> Case:
    """Accept a referral into the open case of its client, or into a new one when there is none.

    The client is found or made before: `casework.clients.queries.matches` and `clients.create`.

    Raises:
        TakenBack, ReferralSettled, EditedMeanwhile, and what `cases.open` raises.
    """
    referral, step = _locked(referral, "accept", version, by)
    case = client.cases.filter(closed_on=None).first()
    if case is None:
        case = cases.open(client=client, coordinator=coordinator, opened_on=opened_on, by=by, at=at)
    _move(referral, step, {"state_reason": "", "case": case}, by=by, at=at)
    facts = _facts(referral.source, referral.received_on)
    timeline.add(case=case, kind="referral.accepted", by=by, at=at, about=referral, facts=facts)
    return case


def check_open(referral: Referral) -> None:
    """Refuse what is settled.

    Raises:
        ReferralSettled
    """
    if not referral.is_open:
        raise ReferralSettled


def _checked(details: ReferralDetails, *, today: date) -> dict[str, Any]:
    """The fields of a referral as they were typed; the date of birth is that of the identity code."""
    check_name(details.first_name, details.last_name)
    values = asdict(details)
    if details.identity_code:
        code = identity_code.parse(details.identity_code, today=today)
        values |= {"identity_code": code.value, "born_on": code.born_on}
    for field in ("born_on", "received_on"):
        if values[field] is not None and values[field] > today:
            raise InTheFuture(field=field)
    if values["born_on"] is not None and values["received_on"] < values["born_on"]:
        raise BeforeBirth(born_on=values["born_on"], field="received_on")
    return values


def _check_again(came_again_on: date, received_on: date, *, today: date) -> None:
    if came_again_on > today:
        raise InTheFuture(field="came_again_on")
    check_order(received_on, came_again_on, field="came_again_on")


def _facts(source: str, received_on: date) -> dict[str, str | int]:
    return {"source": source, "received_on": received_on.isoformat()}


def _move(referral: Referral, step: workflow.Transition, answer: dict[str, Any], *, by: User, at: datetime) -> None:
    """Answer the referral; what an earlier answer said stays in its history."""
    values = answer | {"state": step.target, "state_at": at, "state_by": by}
    corrections.fill_in(referral, values, Why(reason="", by=by, at=at, case=None, kind=step.audit))


def _locked(referral: Referral, step: str, version: int, by: User) -> tuple[Referral, workflow.Transition]:
    referral = referral.locked()
    corrections.check_standing(referral)
    found = workflow.transition(workflow.REFERRAL, referral.state, step)
    if found is None:
        raise ReferralSettled
    if not by.has(found.permission):
        raise PermissionDenied
    referral.check_version(version)
    return referral, found


def _standing(referral: Referral, version: int) -> Referral:
    """Fetch the referral anew with its case, when it has one, and itself locked, in that order."""
    case = referral.case.locked("client") if referral.case else None
    referral = referral.locked()
    referral.case = case
    corrections.check_standing(referral)
    referral.check_version(version)
    return referral
