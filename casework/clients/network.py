"""What can be done to the network: the people around a client, and whether it is safe to contact them."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, NetworkPerson
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

Safety = NetworkPerson.Safety


class PersonRemoved(Refusal):
    user_message = _("This person was taken off the network meanwhile.")


@dataclass(frozen=True, kw_only=True)
class NetworkDetails:
    """What a person types about somebody around the client."""

    name: str
    role: str
    organisation: str = ""
    phone: str = ""
    email: str = ""
    safety: str = Safety.UNKNOWN
    note: str = ""
    ended_on: date | None = None


@transaction.atomic
def add(*, case: Case, details: NetworkDetails, by: User, at: datetime) -> NetworkPerson:
    """Add somebody to the network of the case's client. The same details once more are the person who is there.

    Raises:
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    for found in case.client.network.filter(role=details.role):
        if _details_of(found) == details:
            return found
    person = NetworkPerson(client=case.client, written_by=by)
    _fill(person, details, case, today=helsinki(at))
    person.save()
    _tell(case, "network.added", person, by=by, at=at)
    return person


@transaction.atomic
def change(
    *, case: Case, person: NetworkPerson, details: NetworkDetails, version: int, by: User, at: datetime
) -> NetworkPerson:
    """Change what is known of somebody in the network.

    Raises:
        EditedMeanwhile, PersonRemoved, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    found = _locked(person)
    if found is None:
        raise PersonRemoved
    found.check_version(version)
    was_unsafe = found.safety == Safety.NOT_SAFE
    _fill(found, details, case, today=helsinki(at))
    found.save_version()
    is_now_unsafe = found.safety == Safety.NOT_SAFE and not was_unsafe
    _tell(case, "network.not_safe" if is_now_unsafe else "network.changed", found, by=by, at=at)
    return found


@transaction.atomic
def remove(*, case: Case, person: NetworkPerson, by: User, at: datetime) -> None:
    """Delete somebody who was written down by mistake: a stranger's details are not ours to keep. Twice is well.

    Raises:
        CaseIsClosed
    """
    case = locked_open(case)
    found = _locked(person)
    if found is None:
        return
    _tell(case, "network.removed", found, by=by, at=at)
    found.delete()


def _fill(person: NetworkPerson, details: NetworkDetails, case: Case, *, today: date) -> None:
    check_day(details.ended_on, born_on=case.client.born_on, today=today, field="ended_on")
    for field in fields(details):
        setattr(person, field.name, getattr(details, field.name))


def _details_of(person: NetworkPerson) -> NetworkDetails:
    return NetworkDetails(**{field.name: getattr(person, field.name) for field in fields(NetworkDetails)})


def _tell(case: Case, kind: str, person: NetworkPerson, *, by: User, at: datetime) -> None:
    timeline.add(case=case, kind=kind, by=by, at=at, about=person, facts={"role": person.role})


def _locked(person: NetworkPerson) -> NetworkPerson | None:
    return NetworkPerson.objects.select_for_update().filter(pk=person.pk).first()
