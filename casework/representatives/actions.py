"""What can be done to a representative of a client: write them down, correct, end, take back."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases.actions import locked_open
from casework.cases.representing import is_reachable
from casework.law.errors import check_day
from casework.law.representing import Scope, Validity
from casework.models import Case, Document, NetworkPerson, Representation
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal


class NotHere(Refusal):
    user_message = _("This person or paper does not belong to this client.")


class NotToBeContacted(Refusal):
    user_message = _("This person is not to be contacted. Somebody else has to sign and receive.")
    field = "person"


class MatterMissing(Refusal):
    user_message = _("Say in which matter.")
    field = "matter"


class LastDayMissing(Refusal):
    user_message = _("Give the last day.")
    field = "valid_until"


class EndsBeforeItBegins(Refusal):
    user_message = _("The paper holds from %(begins_on)s. It cannot end before that. Check the days.")
    field = "valid_until"


class HasEnded(Doubt):
    user_message = _("The last day, %(day)s, has passed: the paper holds no more.")
    field = "valid_until"


@dataclass(frozen=True, kw_only=True)
class RepresentationDetails:
    """What a person types about a representative of the client."""

    person: NetworkPerson
    kind: str
    scope: str = Scope.UNKNOWN
    matter: str = ""
    begins_on: date | None = None
    validity: str = Validity.UNKNOWN
    valid_until: date | None = None
    document: Document | None = None


@transaction.atomic
def add(*, case: Case, details: RepresentationDetails, by: User, at: datetime) -> Representation:
    """Write down who acts for the case's client. The same once more is the one that is there.

    Raises:
        NotToBeContacted, MatterMissing, LastDayMissing, EndsBeforeItBegins, NotHere, CaseIsClosed
    Doubts: HasEnded
    """
    case = locked_open(case)
    values = _checked(case, details, today=helsinki(at))
    for found in case.client.representations.filter(person=details.person, kind=details.kind):
        if all(getattr(found, name) == value for name, value in values.items()):
            return found
    representation: Representation = Representation.objects.create(client=case.client, written_by=by, **values)
    facts = {"kind": representation.kind}
    timeline.add(case=case, kind="representation.added", by=by, at=at, about=representation, facts=facts)
    return representation


@transaction.atomic
def correct(
    *,
    case: Case,
    representation: Representation,
    details: RepresentationDetails,
    ended_on: date | None = None,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Representation:
    """Correct what was written down of a representative, also of a closed case.

    Raises:
        TakenBack, EditedMeanwhile, and what `add` raises of what was typed.
    Doubts: HasEnded
    """
    case, representation = _locked(case, representation, version)
    values = _checked(case, details, today=helsinki(at)) | {"ended_on": ended_on}
    _check_ended(details.begins_on, ended_on, case, at=at)
    until = representation.valid_until, representation.ended_on
    why = _why(case, representation, "representation.corrected", reason=reason, by=by, at=at)
    corrections.correct(representation, values, why)
    if until != (representation.valid_until, representation.ended_on):
        _end_tasks(representation, by=by, at=at)
    return representation


@transaction.atomic
def end(
    *, case: Case, representation: Representation, ended_on: date, version: int, by: User, at: datetime
) -> Representation:
    """Write down that somebody acts for the client no more: the paper was taken back, or somebody else has the task.

    Raises:
        TakenBack, EditedMeanwhile, EndsBeforeItBegins, BeforeBirth, InTheFuture
    """
    case, representation = _locked(case, representation, version)
    _check_ended(representation.begins_on, ended_on, case, at=at)
    why = _why(case, representation, "representation.ended", reason="", by=by, at=at, on=ended_on)
    corrections.fill_in(representation, {"ended_on": ended_on}, why)
    _end_tasks(representation, by=by, at=at)
    return representation


@transaction.atomic
def take_back(
    *, case: Case, representation: Representation, reason: str, version: int, by: User, at: datetime
) -> Representation:
    """Take back a representative who was written down by mistake.

    Raises:
        TakenBack, EditedMeanwhile
    """
    case, representation = _locked(case, representation, version)
    corrections.take_back(
        representation, _why(case, representation, "representation.removed", reason=reason, by=by, at=at)
    )
    _end_tasks(representation, by=by, at=at)
    return representation


def _locked(case: Case, representation: Representation, version: int) -> tuple[Case, Representation]:
    case = case.locked("client")
    representation = representation.locked()
    corrections.check_standing(representation)
    representation.check_version(version)
    return case, representation


def _checked(case: Case, details: RepresentationDetails, *, today: date) -> dict[str, Any]:
    """Check what was typed; answer the fields of a representation. What the choice leaves no room for is emptied."""
    paper = details.document  # also of an earlier case of the client, which had the representative written down
    if details.person.client_id != case.client_id or (paper and paper.case.client_id != case.client_id):
        raise NotHere
    if not is_reachable(details.person):
        raise NotToBeContacted
    if details.scope == Scope.NAMED and not details.matter:
        raise MatterMissing
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    until = details.valid_until if details.validity == Validity.UNTIL else None
    if details.validity == Validity.UNTIL and until is None:
        raise LastDayMissing
    if until is not None:
        _check_until(details.begins_on, until, today=today)
    matter = details.matter if details.scope == Scope.NAMED else ""
    return (
        values
        | {"scope": str(details.scope), "validity": str(details.validity)}
        | {
            "valid_until": until,
            "matter": matter,
        }
    )


def _check_until(begins_on: date | None, until: date, *, today: date) -> None:
    if begins_on is not None and until < begins_on:
        raise EndsBeforeItBegins(begins_on=day(begins_on))
    if until < today:
        doubt(HasEnded(day=day(until)))


def _check_ended(begins_on: date | None, ended_on: date | None, case: Case, *, at: datetime) -> None:
    check_day(ended_on, born_on=case.client.born_on, today=helsinki(at), field="ended_on")
    if begins_on is not None and ended_on is not None and ended_on < begins_on:
        refusal = EndsBeforeItBegins(begins_on=day(begins_on))
        refusal.field = "ended_on"
        raise refusal


def _end_tasks(representation: Representation, *, by: User, at: datetime) -> None:
    """End the tasks about a last day that it has no more."""
    tasks.end_those_about(representation.pk, tasks.drop, by=by, at=at)


def _why(case: Case, representation: Representation, kind: str, **why: Any) -> Why:
    return Why(case=case, kind=kind, facts={"kind": representation.kind}, **why)
