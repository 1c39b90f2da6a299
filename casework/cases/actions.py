"""What can be done to a case as a whole: open, reassign, set its direction, close, reopen; its team."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from casework.cases import kept_ends
from casework.law.errors import CaseIsClosed, check_day
from casework.models import Case, CaseCounter, CaseParticipant, Client, OpenEnd
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal


class CaseAlreadyOpen(Refusal):
    user_message = _("This client already has the open case %(number)s. Go on in it, or close it first.")


class NotACoordinator(Refusal):
    user_message = _("%(name)s cannot work with cases in their present role. Choose another person.")
    field = "coordinator"


class CannotTakePart(Refusal):
    user_message = _("%(name)s may not see cases in their present role. Choose another person.")
    field = "user"


class AlreadyTakesPart(Refusal):
    user_message = _("%(name)s is in the team already.")
    field = "user"


class LeftBefore(Refusal):
    user_message = _("The person left the team before this day.")
    field = "since"


class ClosedBeforeOpened(Refusal):
    user_message = _("This day is before the case was opened. Give a later day.")
    field = "closed_on"


class OpenedAfterWork(Doubt):
    user_message = _("Something was done in this case on %(first_on)s already, before this day.")
    field = "opened_on"


class ClientHasEnds(Refusal):
    user_message = _("The client has something that was open at the end. Hand that on first.")
    field = "outcome"


class CaseIsOpen(Refusal):
    user_message = _("The case is open already.")


@transaction.atomic
def open(*, client: Client, coordinator: User, opened_on: date, by: User, at: datetime) -> Case:
    """Open a case for a client and give it the next number of the year.

    Raises:
        CaseAlreadyOpen: the client has an open case.
        NotACoordinator: the coordinator does not work with cases.
        BeforeBirth, InTheFuture: of `opened_on`.
    """
    client = client.locked()
    _refuse_second_open(client)
    _check_coordinator(coordinator)
    check_day(opened_on, born_on=client.born_on, today=helsinki(at), field="opened_on")
    case = Case.objects.create(
        number=_next_number(opened_on.year), client=client, coordinator=coordinator, opened_on=opened_on
    )
    timeline.add(case=case, kind="case.opened", by=by, at=at, on=opened_on, facts={"coordinator": coordinator.name})
    return case


@transaction.atomic
def reassign(*, case: Case, coordinator: User, version: int, by: User, at: datetime) -> Case:
    """Give a case to another coordinator.

    Raises:
        NotACoordinator, EditedMeanwhile
        CaseIsClosed: nobody works on a closed case.
    """
    case = locked_open(case)
    case.check_version(version)
    _check_coordinator(coordinator)
    case.coordinator = coordinator
    case.save_version("coordinator")
    timeline.add(case=case, kind="case.reassigned", by=by, at=at, facts={"coordinator": coordinator.name})
    return case


@transaction.atomic
def set_direction(*, case: Case, direction: str, direction_on: date, version: int, by: User, at: datetime) -> Case:
    """Write down the direction that has become clear; it may change later.

    Raises:
        EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    """
    case = locked_open(case)
    case.check_version(version)
    check_day(direction_on, born_on=case.client.born_on, today=helsinki(at), field="direction_on")
    case.direction, case.direction_on = direction, direction_on
    case.save_version("direction", "direction_on")
    timeline.add(case=case, kind="case.direction_set", by=by, at=at, on=direction_on, facts={"direction": direction})
    return case


@transaction.atomic
def close(*, case: Case, outcome: str, closed_on: date, version: int, by: User, at: datetime) -> Case:
    """Close a case with its outcome: one of the four directions or a technical end. A direction is also set as such.

    What is open in it is said of first: `casework.endings` and `casework.withdrawals` are the doors that lead here.

    Raises:
        EditedMeanwhile, CaseIsClosed, InTheFuture
        ClosedBeforeOpened: the case was opened after that day.
    """
    case = locked_open(case)
    case.check_version(version)
    check_day(closed_on, born_on=case.client.born_on, today=helsinki(at), field="closed_on")
    if closed_on < case.opened_on:
        raise ClosedBeforeOpened
    case.closed_on, case.outcome = closed_on, outcome
    if outcome in Case.Direction and outcome != case.direction:
        case.direction, case.direction_on = outcome, closed_on
    case.save_version("closed_on", "outcome", "direction", "direction_on")
    timeline.add(case=case, kind="case.closed", by=by, at=at, on=closed_on, facts={"outcome": outcome})
    return case


@transaction.atomic
def reopen(*, case: Case, by: User, at: datetime) -> Case:
    """Open a closed case again, with its number, coordinator and direction; what was open goes on in it.

    Raises:
        CaseIsOpen: it is open.
        CaseAlreadyOpen: the client has another open case by now.
    """
    client = Client.objects.select_for_update().get(pk=case.client_id)
    case = _locked(case)
    if case.is_open:
        raise CaseIsOpen
    _refuse_second_open(client)
    case.closed_on, case.outcome = None, ""
    case.save_version("closed_on", "outcome")
    case.ends.filter(is_current=True).update(is_current=False)
    timeline.add(case=case, kind="case.reopened", by=by, at=at)
    return case


@transaction.atomic
def correct(
    *,
    case: Case,
    opened_on: date,
    closed_on: date | None = None,
    outcome: str = "",
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Case:
    """Correct the day a case was opened and, of a closed one, its end. Its number stays, whatever the year.

    A direction that was set by the closing follows the outcome.

    Raises:
        EditedMeanwhile, BeforeBirth, InTheFuture, ClosedBeforeOpened
        ClientHasEnds: a client who has died cannot keep what was open.
    Doubts:
        OpenedAfterWork: something was filed or logged before that day, and after the one that was known.
    """
    case = _locked(case)
    case.check_version(version)
    values: dict[str, Any] = {"opened_on": opened_on}
    if not case.is_open:
        values |= {"closed_on": closed_on or case.closed_on, "outcome": outcome or case.outcome}
        values |= _direction_of(case, values)
        _check_living(case, values["outcome"])
    _check_days(case, opened_on, values.get("closed_on"), today=helsinki(at))
    why = Why(reason=reason, by=by, at=at, case=case, kind="case.corrected")
    corrections.correct(case, values, why)
    return case


@transaction.atomic
def add_participant(*, case: Case, user: User, since: date, by: User, at: datetime) -> CaseParticipant:
    """Take somebody into the team of a case; a team member sees the case from now on.

    Raises:
        CannotTakePart: the person may not see any case.
        AlreadyTakesPart, CaseIsClosed
    """
    case = locked_open(case)
    if not user.has(Permission.SEE_CASE):
        raise CannotTakePart(name=user.name)
    if case.participants.filter(user=user, until=None).exists():
        raise AlreadyTakesPart(name=user.name)
    participant = CaseParticipant.objects.create(case=case, user=user, since=since)
    timeline.add(case=case, kind="case.participant_added", by=by, at=at, about=participant, facts={"name": user.name})
    return participant


@transaction.atomic
def correct_participant(
    *, participant: CaseParticipant, since: date, reason: str, version: int, by: User, at: datetime
) -> CaseParticipant:
    """Correct the day on which somebody joined the team.

    Raises:
        EditedMeanwhile, BeforeBirth, InTheFuture, CaseIsClosed
        LeftBefore: the person had left by then.
    """
    case = locked_open(participant.case)
    participant = participant.locked("user")
    participant.check_version(version)
    check_day(since, born_on=case.client.born_on, today=helsinki(at), field="since")
    if participant.until is not None and since > participant.until:
        raise LeftBefore
    facts: dict[str, str | int] = {"name": participant.user.name}
    why = Why(reason=reason, by=by, at=at, case=case, kind="case.participant_corrected", facts=facts)
    corrections.correct(participant, {"since": since}, why)
    return participant


@transaction.atomic
def remove_participant(*, participant: CaseParticipant, until: date, by: User, at: datetime) -> None:
    """Take somebody off the team; a team member no longer sees the case. Doing it twice is well."""
    participant = CaseParticipant.objects.select_for_update().select_related("user", "case").get(pk=participant.pk)
    if participant.until is not None:
        return
    participant.until = until
    participant.save(update_fields=["until"])
    facts = {"name": participant.user.name}
    kind = "case.participant_removed"
    timeline.add(case=participant.case, kind=kind, by=by, at=at, about=participant, facts=facts)


def locked_open(case: Case, **end: Any) -> Case:
    """Fetch the case anew with its row locked, for an action that changes something of it.

    `end` names what the action is about: on an end that somebody has, work goes on though the case is closed.

    Raises:
        CaseIsClosed
    """
    case = _locked(case)
    if not case.is_open and not (end and kept_ends.is_worked_on(case, **end)):
        raise CaseIsClosed
    return case


def _locked(case: Case) -> Case:
    return case.locked("client", "coordinator")


def _check_days(case: Case, opened_on: date, closed_on: date | None, *, today: date) -> None:
    for field, on in (("opened_on", opened_on), ("closed_on", closed_on)):
        check_day(on, born_on=case.client.born_on, today=today, field=field)
    if closed_on is not None and closed_on < opened_on:
        raise ClosedBeforeOpened
    filed = case.applications.filter(filed_on__gte=case.opened_on).aggregate(first=Min("filed_on"))["first"]
    logged = case.service_entries.filter(on__gte=case.opened_on).aggregate(first=Min("on"))["first"]
    first_on = min((on for on in (filed, logged) if on), default=None)
    if first_on is not None and first_on < opened_on:
        doubt(OpenedAfterWork(first_on=day(first_on)))


def _check_living(case: Case, outcome: str) -> None:
    if outcome == Case.Outcome.DIED and case.ends.filter(is_current=True, holder=OpenEnd.Holder.CLIENT).exists():
        raise ClientHasEnds


def _direction_of(case: Case, values: dict[str, Any]) -> dict[str, Any]:
    """The direction beside a corrected end: what the closing had set goes, the outcome sets it as closing does."""
    direction, direction_on = case.direction, case.direction_on
    if (direction, direction_on) == (case.outcome, case.closed_on):
        direction, direction_on = _direction_before_closing(case)
    if values["outcome"] in Case.Direction and values["outcome"] != direction:
        direction, direction_on = values["outcome"], values["closed_on"]
    return {"direction": direction, "direction_on": direction_on}


def _direction_before_closing(case: Case) -> tuple[str, date | None]:
    """Read from the timeline what was set while the case was open; nothing when nothing was."""
    found = case.events.filter(kind="case.direction_set").order_by("-at", "-created_at").first()
    return (found.facts["direction"], found.on) if found else ("", None)


def _refuse_second_open(client: Client) -> None:
    other = client.cases.filter(closed_on=None).first()
    if other is not None:
        raise CaseAlreadyOpen(number=other.number)


def _check_coordinator(coordinator: User) -> None:
    if not coordinator.has(Permission.WORK_CASE):
        raise NotACoordinator(name=coordinator.name)


def _next_number(year: int) -> str:
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{year}-{counter.last:04}"
