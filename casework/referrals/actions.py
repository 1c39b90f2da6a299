"""What can be done to a referral: write it down, return it for more, decline it, accept it into a case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import actions as cases
from casework.law import workflow
from casework.law.errors import BeforeBirth, InTheFuture, check_name
from casework.models import Case, Client, Referral
from casework.timeline import writing as timeline
from tenants import identity_code
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki
from tenants.errors import Refusal


class ReferralSettled(Refusal):
    user_message = _("Somebody has accepted or declined this referral already.")


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
    referral = Referral(written_by=by)
    _fill(referral, details, today=helsinki(at))
    referral.save()
    _log(referral, "referral.received", by=by)
    return referral


@transaction.atomic
def supplement(*, referral: Referral, details: ReferralDetails, version: int, by: User, at: datetime) -> Referral:
    """Write down what the referring party told when asked; the referral is as new again.

    Raises:
        ReferralSettled, EditedMeanwhile, and what `receive` raises.
    """
    referral, step = _locked(referral, "supplement", by)
    referral.check_version(version)
    _fill(referral, details, today=helsinki(at))
    _move(referral, step, reason="", by=by, at=at)
    return referral


@transaction.atomic
def return_for_more(*, referral: Referral, reason: str, version: int, by: User, at: datetime) -> Referral:
    """Ask the referring party for more; the referral stays in the inbox.

    Raises:
        ReferralSettled, EditedMeanwhile
    """
    referral, step = _locked(referral, "return_for_more", by)
    referral.check_version(version)
    _move(referral, step, reason=reason, by=by, at=at)
    return referral


@transaction.atomic
def decline(*, referral: Referral, reason: str, version: int, by: User, at: datetime) -> Referral:
    """Decline a referral with the reason.

    Raises:
        ReferralSettled, EditedMeanwhile
    """
    referral, step = _locked(referral, "decline", by)
    referral.check_version(version)
    _move(referral, step, reason=reason, by=by, at=at)
    return referral


@transaction.atomic
def accept(*, referral: Referral, client: Client, coordinator: User, opened_on: date, by: User, at: datetime) -> Case:
    """Accept a referral into the open case of its client, or into a new one when there is none.

    The client is found or made before: `casework.clients.queries.matches` and `clients.create`.

    Raises:
        ReferralSettled, and what `cases.open` raises.
    """
    referral, step = _locked(referral, "accept", by)
    case = client.cases.filter(closed_on=None).first()
    if case is None:
        case = cases.open(client=client, coordinator=coordinator, opened_on=opened_on, by=by, at=at)
    referral.case = case
    _move(referral, step, reason="", by=by, at=at)
    facts = {"source": referral.source, "received_on": referral.received_on.isoformat()}
    timeline.add(case=case, kind="referral.accepted", by=by, at=at, about=referral, facts=facts)
    return case


def check_open(referral: Referral) -> None:
    """Refuse what is settled.

    Raises:
        ReferralSettled
    """
    if not referral.is_open:
        raise ReferralSettled


def _fill(referral: Referral, details: ReferralDetails, *, today: date) -> None:
    referral.source, referral.referrer = details.source, details.referrer
    referral.reason, referral.received_on = details.reason, details.received_on
    referral.first_name, referral.last_name = details.first_name, details.last_name
    referral.phone, referral.born_on = details.phone, details.born_on
    check_name(referral.first_name, referral.last_name)
    referral.identity_code = ""
    if details.identity_code:
        code = identity_code.parse(details.identity_code, today=today)
        referral.identity_code, referral.born_on = code.value, code.born_on
    for field in ("born_on", "received_on"):
        day = getattr(referral, field)
        if day is not None and day > today:
            raise InTheFuture(field=field)
    if referral.born_on is not None and referral.received_on < referral.born_on:
        raise BeforeBirth(born_on=referral.born_on, field="received_on")


def _move(referral: Referral, step: workflow.Transition, *, reason: str, by: User, at: datetime) -> None:
    referral.state, referral.state_reason = step.target, reason
    referral.state_at, referral.state_by = at, by
    referral.save_version()
    _log(referral, step.audit, by=by)


def _locked(referral: Referral, step: str, by: User) -> tuple[Referral, workflow.Transition]:
    referral = referral.locked()
    found = workflow.transition(workflow.REFERRAL, referral.state, step)
    if found is None:
        raise ReferralSettled
    if not by.has(found.permission):
        raise PermissionDenied
    return referral, found


def _log(referral: Referral, action: str, *, by: User) -> None:
    access_log.record(by=by, action=action, subjects=[Subject("referral", str(referral.pk))])
