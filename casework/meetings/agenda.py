"""What can be done to the agenda of a meeting: put a case on it, ask the team, order it, take a case off."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law import workflow
from casework.meetings import actions as meetings
from casework.meetings import discussion_grounds as team_grounds
from casework.models import AgendaItem, Case, Meeting
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.errors import Refusal


class AlreadyOnAgenda(Refusal):
    user_message = _("Case %(number)s is on the agenda of this meeting already.")


class TakenOff(Refusal):
    user_message = _("This case was taken off the agenda.")


class MinutesAreFinal(Refusal):
    user_message = _("The minutes of this case are final. The chair can open them again until the meeting is closed.")


class NotTheChair(Refusal):
    user_message = _("Only the chair, %(name)s, opens final minutes again.")


@transaction.atomic
def add(
    *, meeting: Meeting, case: Case, basis: str, law: str = "", question: str = "", by: User, at: datetime
) -> AgendaItem:
    """Put a case last on the agenda, on a ground that holds on the day of the meeting; those invited see it from now.

    Raises:
        CaseIsClosed, MeetingIsOver, MeetingIsCancelled, AlreadyOnAgenda
        OneClientOnly: a network meeting has its client.
        ConsentMissing, NoSuchLaw: the client may not be discussed on that day.
    """
    case = locked_open(case)
    meeting = meetings.locked_open(meeting)
    others = meeting.agenda.exclude(state=AgendaItem.State.WITHDRAWN)
    if others.filter(case=case).exists():
        raise AlreadyOnAgenda(number=case.number)
    if meeting.kind == Meeting.Kind.NETWORK and others.exists():
        raise meetings.OneClientOnly
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting, case=case, position=last + 1, question=question)
    team_grounds.record(item, case.client, basis=basis, law=law, on=meeting.held_on)
    item.save()
    _tell(item, "agenda.added", by=by, at=at)
    return item


@transaction.atomic
def ask(*, item: AgendaItem, question: str, version: int, by: User, at: datetime) -> AgendaItem:
    """Write what is asked of the team.

    Raises:
        EditedMeanwhile, TakenOff, MinutesAreFinal, CaseIsClosed, MeetingIsOver, MeetingIsCancelled
    """
    item = locked(item, "write", by=by)
    item.check_version(version)
    item.question = question
    item.save_version("question")
    return item


@transaction.atomic
def move(*, item: AgendaItem, up: bool, by: User, at: datetime) -> None:
    """Change places with the case before or after it; the first does not go up, the last not down.

    Raises:
        MeetingIsOver, MeetingIsCancelled
    """
    meeting = meetings.locked_open(item.meeting)
    shown = list(meeting.agenda.exclude(state=AgendaItem.State.WITHDRAWN))
    place = next((number for number, other in enumerate(shown) if other.pk == item.pk), None)
    if place is None or not 0 <= (place - 1 if up else place + 1) < len(shown):
        return
    shown.insert(place - 1 if up else place + 1, shown.pop(place))
    for number, other in enumerate(shown, start=1):
        if other.position != number:
            AgendaItem.objects.filter(pk=other.pk).update(position=number)


@transaction.atomic
def take_off(*, item: AgendaItem, reason: str, by: User, at: datetime) -> None:
    """Take a case off the agenda, also a closed one; team members who saw it for this meeting see it no longer.

    What was written stays in the versions of its minutes. Twice is well: the first reason counts.

    Raises:
        MinutesAreFinal, MeetingIsOver, MeetingIsCancelled
    """
    Case.objects.select_for_update().get(pk=item.case_id)
    meeting = meetings.locked_open(item.meeting)
    item = _fresh(item)
    item.meeting = meeting
    if workflow.was_taken(workflow.MINUTES, item.state, "take_off"):
        return
    taken = step_of(item, "take_off", by=by)
    item.state, item.withdrawn_reason = taken.target, reason
    item.save_version("state", "withdrawn_reason")
    _tell(item, taken.audit, by=by, at=at)


def locked(item: AgendaItem, step: str, *, by: User) -> AgendaItem:
    """Fetch an item anew, its case, meeting and row locked, for a step of its minutes, or one that was taken already.

    Raises:
        CaseIsClosed, MeetingIsOver, MeetingIsCancelled, and what `step_of` raises.
    """
    locked_open(item.case)
    meetings.locked_open(item.meeting)
    item = _fresh(item)
    if not workflow.was_taken(workflow.MINUTES, item.state, step):
        step_of(item, step, by=by)
    return item


def step_of(item: AgendaItem, step: str, *, by: User) -> workflow.Transition:
    """Find the step of the minutes that this person may take now.

    Raises:
        TakenOff, MinutesAreFinal: it does not start from where they stand.
        NotTheChair, PermissionDenied
    """
    found = workflow.transition(workflow.MINUTES, item.state, step)
    if found is None:
        raise TakenOff if item.is_withdrawn else MinutesAreFinal
    if not by.has(found.permission):
        raise PermissionDenied
    if found.is_chairs and item.meeting.chair_id != by.pk:
        raise NotTheChair(name=item.meeting.chair.name)
    return found


def may_take(item: AgendaItem, step: str, *, by: User) -> bool:
    """Whether this person may take the step now, for the button that offers it."""
    try:
        step_of(item, step, by=by)
    except (Refusal, PermissionDenied):
        return False
    return True


def _fresh(item: AgendaItem) -> AgendaItem:
    return item.locked("case__client", "meeting__chair", "finalised_by")


def _tell(item: AgendaItem, kind: str, *, by: User, at: datetime) -> None:
    facts = {"meeting_on": item.meeting.held_on.isoformat()}
    timeline.add(case=item.case, kind=kind, by=by, at=at, about=item, facts=facts)
