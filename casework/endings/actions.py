"""Ending a case: nothing that is open in it is silenced, each thing is handed to somebody or ended with a reason."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.case_tasks import lapsing
from casework.cases import actions as cases
from casework.cases.actions import NotACoordinator
from casework.cases.open_ends import End, unsaid_ends
from casework.endings.queries import row_of
from casework.law.workflow import StatementState
from casework.meetings import cleared_agendas
from casework.meetings.cleared_agendas import Because
from casework.models import Application, Appointment, CareReferral, Case, OpenEnd, StatementRequest, Task
from casework.statements import actions as statements
from casework.statements import correcting as taking_back
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from casework.visits import actions as appointments
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import helsinki, midnight
from tenants.errors import Refusal

Holder, Kind = OpenEnd.Holder, OpenEnd.Kind

# It goes on without the service.
OWN_OF_CLIENT = frozenset(
    {
        Kind.CLOCK,
        Kind.CHECK,
        Kind.APPEAL,
        Kind.REMOVAL,
        Kind.APPLICATION,
        Kind.CONTINUATION,
        Kind.JOBSEEKER,
        Kind.CARE,
    }
)
# Who may get what. A closed case is discussed at no meeting; a description in preparation is the service's own work.
HOLDERS: Mapping[str, frozenset[str]] = {
    Kind.AGENDA: frozenset({Holder.NOBODY}),
    Kind.DESCRIPTION: frozenset({Holder.COLLEAGUE, Holder.NOBODY}),
}


class EndsLeft(Refusal):
    user_message = _(
        "Something is open of which nothing is said yet (%(number)d). "
        "Say of each who has it from now on, or why it ends."
    )


class WhyMissing(Refusal):
    user_message = _("Say why it ends.")
    field = "reason"


class NotForThem(Refusal):
    user_message = _("This cannot be handed to them. Choose a colleague, or say why it ends.")
    field = "to"


class VisitCancelled(Refusal):
    user_message = _("The visit was cancelled and does not come back. Open the case again to agree on a new time.")
    field = "to"


class HandedToTheDead(Refusal):
    user_message = _("The client has died. Hand it to the estate or to a colleague, or say why it ends.")
    field = "to"


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What becomes of an open end: who has it from now on (of colleagues, which one), or why it ends."""

    holder: str
    colleague: User | None = None
    reason: str = ""


type Fates = Mapping[uuid.UUID, Fate]


@transaction.atomic
def close(
    *, case: Case, outcome: str, closed_on: date, fates: Fates | None = None, version: int, by: User, at: datetime
) -> Case:
    """Close a case with its outcome, when each of its open ends has somebody or a reason why it ends.

    Raises:
        EndsLeft: something is open of which nothing is said.
        WhyMissing, NotForThem, HandedToTheDead, NotACoordinator: of one of them.
        EditedMeanwhile, CaseIsClosed, ClosedBeforeOpened, BeforeBirth, InTheFuture
    """
    case = cases.locked_open(case)
    case.check_version(version)
    if outcome == Case.Outcome.DIED:
        _check_dead(fates or {})
    settle(case=case, fates=fates or {}, on=closed_on, because=Because.CLOSED, by=by, at=at)
    return cases.close(case=case, outcome=outcome, closed_on=closed_on, version=version, by=by, at=at)


def settle(*, case: Case, fates: Fates, on: date, because: Because, by: User, at: datetime) -> None:
    """Write down what becomes of everything that is open in a locked case, and let it follow.

    Raises:
        EndsLeft, WhyMissing, NotForThem, NotACoordinator
    """
    ends = unsaid_ends(case, on=helsinki(at))
    left = [end for end in ends if end.about not in fates]
    if left:
        raise EndsLeft(number=len(left))
    for end in ends:
        _settle(case, end, fates[end.about], on=on, by=by, at=at)
    items = [end.row for end in ends if end.kind == Kind.AGENDA]
    cleared_agendas.clear_agendas(items, by=by, at=at, because=because)


@transaction.atomic
def settle_later(*, case: Case, fates: Fates, version: int, by: User, at: datetime) -> Case:
    """Say of a closed case what becomes of what is open in it and was not said of when it was closed.

    Raises:
        CaseIsOpen: the case goes on, and what is open with it.
        EndsLeft, WhyMissing, NotForThem, HandedToTheDead, NotACoordinator, EditedMeanwhile
    """
    case = case.locked("client", "coordinator")
    if case.is_open:
        raise cases.CaseIsOpen
    case.check_version(version)
    if case.has_died:
        _check_dead(fates)
    settle(case=case, fates=fates, on=helsinki(at), because=Because.CLOSED, by=by, at=at)
    return case


@transaction.atomic
def change(*, end: OpenEnd, fate: Fate, version: int, by: User, at: datetime) -> OpenEnd:
    """Hand an end of a closed case on to somebody else, take it up again, or end it; who had it stays in its history.

    What it is about follows, as when the case was closed. What came later with its application stays with who had both.

    Raises:
        CaseIsOpen: the case goes on, and what was open with it.
        WhyMissing, NotForThem, HandedToTheDead, NotACoordinator, EditedMeanwhile
        VisitCancelled: it cannot be taken up again.
    """
    case = end.case.locked("client", "coordinator")
    end = end.locked()
    if case.is_open or not end.is_current:
        raise cases.CaseIsOpen
    end.check_version(version)
    if case.has_died:
        _check_dead({end.about: fate})
    _check(end.kind, fate)
    had = {"holder": end.holder, "keeper": end.keeper, "reason": end.reason}
    said = _said(case, fate, by=by)
    why = Why(reason="", by=by, at=at, case=case, kind="open_end.changed", facts=_facts(end.kind, said))
    corrections.correct(end, {**said, "since": helsinki(at)}, why)
    _follow(end.kind, row_of(end), fate, on=helsinki(at), by=by, at=at)
    if not end.is_held and had["holder"] != Holder.NOBODY:
        _leave_later_ones(case, end, had, by=by, at=at)
    return end


def may_have(kind: str, holder: str) -> bool:
    """Tell whether such an end can be handed to such a holder."""
    return holder in HOLDERS.get(kind, Holder.values)


def _settle(case: Case, end: End, fate: Fate, *, on: date, by: User, at: datetime) -> None:
    _check(end.kind, fate)
    _write_down(case, end, _said(case, fate, by=by), on=on, by=by, at=at)
    _follow(end.kind, end.row, fate, on=on, by=by, at=at)


def _write_down(case: Case, end: End, said: dict[str, Any], *, on: date, by: User, at: datetime) -> None:
    row: OpenEnd = OpenEnd.objects.create(
        case=case, kind=end.kind, about=end.about, application=end.application, since=on, **said
    )
    kind = "open_end.handed" if row.is_held else "open_end.ended"
    timeline.add(case=case, kind=kind, by=by, at=at, on=on, about=row, facts=_facts(end.kind, said))


def _leave_later_ones(case: Case, end: OpenEnd, had: dict[str, Any], *, by: User, at: datetime) -> None:
    """Of an application that ends here, leave what came later, as its decision, with who had it: that runs on."""
    for later in unsaid_ends(case, on=helsinki(at)):
        if later.application is not None and later.application.pk == end.application_id:
            _write_down(case, later, had, on=helsinki(at), by=by, at=at)


def _check(kind: str, fate: Fate) -> None:
    if not may_have(kind, fate.holder):
        raise NotForThem
    if fate.holder == Holder.NOBODY and not fate.reason.strip():
        raise WhyMissing
    if fate.holder == Holder.COLLEAGUE and (fate.colleague is None or not fate.colleague.has(Permission.WORK_CASE)):
        raise NotACoordinator(name=fate.colleague.name if fate.colleague else "–")


def _check_dead(fates: Fates) -> None:
    if any(fate.holder == Holder.CLIENT for fate in fates.values()):
        raise HandedToTheDead


def _said(case: Case, fate: Fate, *, by: User) -> dict[str, Any]:
    """The columns of a fate. What the estate has is followed by the coordinator until somebody ends it.

    Of a coordinator who has left, by who says so.
    """
    follower = case.coordinator if case.coordinator.has(Permission.WORK_CASE) else by
    keeper = {Holder.COLLEAGUE: fate.colleague, Holder.ESTATE: follower}.get(Holder(fate.holder))
    return {"holder": fate.holder, "keeper": keeper, "reason": fate.reason}


def _facts(kind: str, said: Mapping[str, Any]) -> dict[str, str | int]:
    name = said["keeper"].name if said["holder"] == Holder.COLLEAGUE else ""
    return {"kind": kind, "holder": said["holder"], "name": name}


def _follow(kind: str, row: Any, fate: Fate, *, on: date, by: User, at: datetime) -> None:
    """Let the thing itself follow what is said of it; what was taken back is no more, and agendas go together."""
    if kind in _FOLLOW and row is not None:
        _FOLLOW[kind](row, fate, on=on, by=by, at=at)


def _task(task: Task, fate: Fate, *, on: date, by: User, at: datetime) -> None:
    if fate.colleague is None or fate.holder != Holder.COLLEAGUE:
        tasks.drop(task=task, by=by, at=at)
        return
    if task.is_dropped:
        task = tasks.undo(task=task, by=by, at=at)
    tasks.hand_over(task=task, assignee=fate.colleague, version=task.version, by=by, at=at)


def _visit(visit: Appointment, fate: Fate, *, on: date, by: User, at: datetime) -> None:
    """One that has been already is not cancelled: what was said at it stays unwritten, and the reason says why."""
    goes_over = fate.colleague is not None and fate.holder == Holder.COLLEAGUE
    if goes_over and visit.is_cancelled:
        raise VisitCancelled
    if visit.state != Appointment.State.PLANNED:
        return
    if fate.colleague is not None and goes_over:
        appointments.hand_over(appointment=visit, worker=fate.colleague, version=visit.version, by=by, at=at)
    elif visit.starts_at >= midnight(on):
        appointments.cancel(appointment=visit, by=by, at=at)


def _statement(request: StatementRequest, fate: Fate, *, on: date, by: User, at: datetime) -> None:
    """One that ended is awaited again when somebody has it; who asks after it gets the open task about it as well."""
    if fate.holder == Holder.NOBODY:
        if request.is_awaited:
            statements.cancel(request=request, by=by, at=at)
        return
    if request.state == StatementState.CANCELLED:
        taking_back.take_back_step(request=request, reason="", version=request.version, by=by, at=at)
    _tasks_about(request, fate, on=on, by=by, at=at)


def _tasks_about(
    row: Application | CareReferral | StatementRequest, fate: Fate, *, on: date, by: User, at: datetime
) -> None:
    """The open tasks that rules wrote about it or its end go with it, or lapse: whoever has it later is told anew."""
    for task in Task.objects.filter(occasion__about=row.pk, done_at=None).select_related("occasion", "case"):
        if fate.colleague is not None and fate.holder == Holder.COLLEAGUE:
            tasks.hand_over(task=task, assignee=fate.colleague, version=task.version, by=by, at=at)
        else:
            lapsing.lapse(task=task, by=by, at=at)


_FOLLOW: Mapping[str, Callable[..., None]] = {
    Kind.TASK: _task,
    Kind.VISIT: _visit,
    Kind.STATEMENT: _statement,
    Kind.APPLICATION: _tasks_about,
    Kind.CONTINUATION: _tasks_about,
    Kind.JOBSEEKER: _tasks_about,
    Kind.CARE: _tasks_about,
}


def usual(ends: Iterable[End], *, reason: str) -> dict[uuid.UUID, Fate]:
    """What becomes of ends when the client leaves: their own is theirs, what the service does ends for a reason."""
    own, ends_here = Fate(holder=Holder.CLIENT), Fate(holder=Holder.NOBODY, reason=reason)
    return {end.about: own if end.kind in OWN_OF_CLIENT else ends_here for end in ends}
