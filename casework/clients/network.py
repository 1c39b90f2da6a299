"""What can be done to the network: the people around a client, and whether it is safe to contact them."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import transaction

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, NetworkPerson
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.rough_days import RoughDay

Safety = NetworkPerson.Safety


@dataclass(frozen=True, kw_only=True)
class NetworkDetails:
    """What a person types about somebody around the client."""

    name: str
    role: str
    organisation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    safety: str = Safety.UNKNOWN
    note: str = ""
    ended_on: RoughDay | None = None


@transaction.atomic
def add(*, case: Case, details: NetworkDetails, by: User, at: datetime) -> NetworkPerson:
    """Add somebody to the network of the case's client. The same details once more are the person who is there.

    Raises:
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = _open(case)
    for found in case.client.network.filter(role=details.role):
        if _details_of(found) == details:
            return found
    _check(details, case, today=helsinki(at))
    person = NetworkPerson(client=case.client, written_by=by, **asdict(details))
    person.save()
    timeline.add(case=case, kind="network.added", by=by, at=at, about=person, facts={"role": person.role})
    return person


@transaction.atomic
def change(
    *, case: Case, person: NetworkPerson, details: NetworkDetails, version: int, by: User, at: datetime
) -> NetworkPerson:
    """Change what is known of somebody in the network; what was known before stays sealed in the history.

    Raises:
        EditedMeanwhile, TakenBack, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case, person = _locked(case, person, version)
    _check(details, case, today=helsinki(at))
    is_now_unsafe = details.safety == Safety.NOT_SAFE and person.safety != Safety.NOT_SAFE
    kind = "network.not_safe" if is_now_unsafe else "network.changed"
    why = Why(reason="", by=by, at=at, case=case, kind=kind, facts={"role": details.role})
    corrections.correct(person, asdict(details), why)
    return person


@transaction.atomic
def take_back(*, case: Case, person: NetworkPerson, reason: str, version: int, by: User, at: datetime) -> NetworkPerson:
    """Take somebody off the network who was written down by mistake: neither a page nor a search finds them any more.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case, person = _locked(case, person, version)
    facts: dict[str, str | int] = {"role": person.role}
    corrections.take_back(person, Why(reason=reason, by=by, at=at, case=case, kind="network.removed", facts=facts))
    return person


def _locked(case: Case, person: NetworkPerson, version: int) -> tuple[Case, NetworkPerson]:
    case = _open(case)
    person = person.locked()
    corrections.check_standing(person)
    person.check_version(version)
    return case, person


def _open(case: Case) -> Case:
    """Lock the case; of a client who has died, also a closed one: the estate has a contact."""
    locked = case.locked("client", "coordinator")
    return locked if locked.has_died else locked_open(case)


def _check(details: NetworkDetails, case: Case, *, today: date) -> None:
    check_day(details.ended_on, born_on=case.client.born_on, today=today, field="ended_on")


def _details_of(person: NetworkPerson) -> NetworkDetails:
    return NetworkDetails(**{field.name: getattr(person, field.name) for field in fields(NetworkDetails)})
