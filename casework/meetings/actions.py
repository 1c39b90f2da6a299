"""What can be done to a meeting: plan it, change it, cancel it, leave it, close its minutes.

Locks are taken in one order everywhere: the cases of the agenda, then the meeting, then one item of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.door import ReasonNeeded, pass_door
from casework.law import workflow
from casework.meetings import discussion_grounds as team_grounds
from casework.meetings.acts import MEETING_CHANGED
from casework.models import AgendaItem, Case, Meeting, MeetingParticipant
from casework.timeline import corrections, emails
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import helsinki
from tenants.errors import Refusal


class MeetingIsOver(Refusal):
    user_message = _("The minutes of this meeting are closed. They are not changed any more.")


class MeetingIsCancelled(Refusal):
    user_message = _("This meeting was cancelled.")


class EndsBeforeItBegins(Refusal):
    user_message = _("The meeting ends before it begins.")
    field = "ends"


class CannotChair(Refusal):
    user_message = _("%(name)s cannot chair in their present role. Choose another person.")
    field = "chair"


class CannotAttend(Refusal):
    user_message = _("%(name)s may not see cases and cannot be invited.")
    field = "team"


class OneClientOnly(Refusal):
    user_message = _("A network meeting is about one client. Plan another meeting for the next one.")
    field = "kind"


class GroundDoesNotReach(Refusal):
    user_message = _(
        "Case %(number)s may not be discussed on the chosen day: the consent or the provision of law is not in force "
        "then. Choose another day, ask the client for a new consent or take the case off the agenda first."
    )
    field = "on"


class MinutesWereWritten(Refusal):
    user_message = _("The meeting cannot be cancelled, because minutes were written in it. Finalise and close them.")


class ChairCannotLeave(Refusal):
    user_message = _("%(name)s is the chair. Choose another chair first.")


class CannotInviteOneself(Refusal):
    user_message = _("Not every case on this agenda is open to you. Somebody who takes part must invite you.")


class NotYetHeld(Refusal):
    user_message = _("The meeting has not begun yet.")


class MinutesAreOpen(Refusal):
    user_message = _("Not every case is ready: finalise its minutes or take it off the agenda first. Open: %(cases)s.")


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Somebody of the staff who is invited, and as what."""

    user: User
    profession: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingDetails:
    """What a person types about a meeting. The chair is invited, named or not."""

    kind: str = Meeting.Kind.TEAM
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    chair: User
    team: tuple[Invited, ...] = ()


@transaction.atomic
def plan(*, details: MeetingDetails, by: User, at: datetime) -> Meeting:
    """Plan a meeting and invite the team by mail. A meeting of the past is written down without mails.

    Raises:
        EndsBeforeItBegins, CannotChair, CannotAttend
    """
    _check(details)
    meeting = Meeting(changed_at=at, **_agreed(details))
    meeting.save()
    _invite(meeting, details, by=by, at=at)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, details: MeetingDetails, version: int, by: User, at: datetime) -> Meeting:
    """Change a meeting; what was agreed before stays in its history.

    Who is new is invited; who is no longer named has left; when it moves, everybody gets a mail.

    Raises:
        EditedMeanwhile, MeetingIsOver, MeetingIsCancelled, EndsBeforeItBegins, CannotChair, CannotAttend
        OneClientOnly: it becomes a network meeting with several cases on its agenda.
        GroundDoesNotReach: a case of the agenda may not be discussed on the new day.
        CannotInviteOneself: that would open cases without saying why.
    """
    _lock_cases(meeting)
    meeting = locked_open(meeting)
    meeting.check_version(version)
    _check(details)
    _check_own_seat(meeting, details, by=by, on=helsinki(at))
    before = (meeting.starts_at, meeting.ends_at, meeting.place)
    why = Why(reason="", by=by, at=at, case=None, kind=MEETING_CHANGED)
    if not corrections.correct(meeting, _agreed(details), why):
        meeting.save_version("version")  # who edits the team next has to have seen this one
    _check_agenda(meeting)
    is_moved = before != (meeting.starts_at, meeting.ends_at, meeting.place)
    if is_moved:
        meeting.renew_in_calendars(at)
    meeting.changed_at = at
    meeting.save(update_fields=["sequence", "changed_at"])
    if before[:2] != (meeting.starts_at, meeting.ends_at):
        for item in _on_agenda(meeting):
            _tell(item, meeting, "meeting.moved", by=by, at=at)
    _let_go(meeting, details, at=at)
    _invite(meeting, details, by=by, at=at, is_moved=is_moved)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Cancel a meeting that was not held; everybody invited gets a mail. Twice is well.

    Raises:
        MeetingIsOver
        MinutesWereWritten: it was held.
    """
    _lock_cases(meeting)
    meeting = _locked(meeting)
    if meeting.is_cancelled:
        return meeting
    check_open(meeting, "cancel")
    items = list(_on_agenda(meeting))
    if any(item.has_words or item.is_final for item in items):
        raise MinutesWereWritten
    meeting.save_version(*meeting.cancel_in_calendars(at))
    for item in items:
        _tell(item, meeting, "meeting.cancelled", by=by, at=at)
    for participant in _present_team(meeting):
        if participant.user_id != by.pk and meeting.ends_at > at:
            emails.meeting_cancelled(meeting=meeting, to=participant.user, cases=len(items), at=at)
    return meeting


@transaction.atomic
def leave(*, participant: MeetingParticipant, by: User, at: datetime) -> None:
    """Let somebody go: the clients are theirs to see no longer, the minutes stay with the others. Twice is well.

    Raises:
        MeetingIsOver, MeetingIsCancelled
        ChairCannotLeave
    """
    meeting = locked_open(participant.meeting)
    participant = meeting.participants.select_related("user").get(pk=participant.pk)
    if participant.left_at is not None:
        return
    if participant.user_id == meeting.chair_id:
        raise ChairCannotLeave(name=participant.user.name)
    participant.left_at = at
    participant.save(update_fields=["left_at"])


@transaction.atomic
def note_presence(*, meeting: Meeting, present: Collection[UUID], by: User, at: datetime) -> None:
    """Write down which of the participants (by their keys) were there; the others of the team were not.

    Raises:
        MeetingIsOver, MeetingIsCancelled
        NotYetHeld
    """
    meeting = locked_open(meeting)
    _check_begun(meeting, at)
    for participant in meeting.participants.filter(left_at=None):
        participant.was_present = participant.pk in present
        participant.save(update_fields=["was_present"])


@transaction.atomic
def close(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Close the minutes: from now on team members no longer see the clients. Twice is well.

    Raises:
        MeetingIsCancelled, NotYetHeld
        MinutesAreOpen: a case is neither finalised nor taken off; the sentence says which.
    """
    meeting = _locked(meeting)
    if meeting.state == Meeting.State.CLOSED:
        return meeting
    check_open(meeting, "close")
    _check_begun(meeting, at)
    unfinished = [item.case.number for item in _on_agenda(meeting) if not item.is_final]
    if unfinished:
        raise MinutesAreOpen(cases=", ".join(unfinished))
    meeting.state, meeting.closed_at, meeting.changed_at = Meeting.State.CLOSED, at, at
    meeting.save_version()
    return meeting


def locked_open(meeting: Meeting) -> Meeting:
    """Fetch the meeting anew with its row locked, for an action that changes something of it.

    Raises:
        MeetingIsOver, MeetingIsCancelled
    """
    meeting = _locked(meeting)
    check_open(meeting)
    return meeting


def check_open(meeting: Meeting, step: str = "change") -> None:
    """Refuse what is over: the table of its life has no such step any more.

    Raises:
        MeetingIsOver, MeetingIsCancelled
    """
    if workflow.transition(workflow.MEETING, meeting.state, step) is None:
        raise MeetingIsCancelled if meeting.is_cancelled else MeetingIsOver


def _locked(meeting: Meeting) -> Meeting:
    return meeting.locked("chair")


def _lock_cases(meeting: Meeting) -> None:
    list(Case.objects.select_for_update().filter(agenda_items__meeting=meeting).order_by("pk").values_list("pk"))


def _on_agenda(meeting: Meeting) -> list[AgendaItem]:
    items = meeting.agenda.exclude(state=AgendaItem.State.WITHDRAWN)
    return list(items.select_related("case__client", "consent"))


def _check_begun(meeting: Meeting, at: datetime) -> None:
    if meeting.starts_at > at:
        raise NotYetHeld


def _check(details: MeetingDetails) -> None:
    if details.ends_at <= details.starts_at:
        raise EndsBeforeItBegins
    if not details.chair.has(Permission.WORK_CASE):
        raise CannotChair(name=details.chair.name)
    for invited in details.team:
        if not invited.user.has(Permission.SEE_CASE):
            raise CannotAttend(name=invited.user.name)


def _check_own_seat(meeting: Meeting, details: MeetingDetails, *, by: User, on: date) -> None:
    named = {details.chair.pk, *(invited.user.pk for invited in details.team)}
    if by.pk not in named or meeting.participants.filter(user=by, left_at=None).exists():
        return
    try:
        pass_door(by, [item.case for item in _on_agenda(meeting)], on=on)
    except ReasonNeeded:
        raise CannotInviteOneself from None


def _agreed(details: MeetingDetails) -> dict[str, Any]:
    """What is agreed, as it is stored; the team has rows of its own."""
    return {name: getattr(details, name) for name in Meeting.CORRECTED}


def _check_agenda(meeting: Meeting) -> None:
    items = _on_agenda(meeting)
    if meeting.kind == Meeting.Kind.NETWORK and len(items) > 1:
        raise OneClientOnly
    for item in items:
        if not team_grounds.renew(item, on=meeting.held_on):
            raise GroundDoesNotReach(number=item.case.number)
        item.save(update_fields=["consent"])


def _let_go(meeting: Meeting, details: MeetingDetails, *, at: datetime) -> None:
    named = {details.chair.pk, *(invited.user.pk for invited in details.team)}
    meeting.participants.filter(left_at=None).exclude(user__in=named).update(left_at=at)


def _invite(meeting: Meeting, details: MeetingDetails, *, by: User, at: datetime, is_moved: bool = False) -> None:
    professions = {invited.user: invited.profession for invited in details.team}
    professions.setdefault(details.chair, "")
    known = {participant.user_id: participant for participant in meeting.participants.all()}
    cases = len(_on_agenda(meeting))
    for user, profession in professions.items():
        participant = known.get(user.pk)
        is_new = participant is None or participant.left_at is not None
        if participant is None:
            participant = MeetingParticipant(meeting=meeting, user=user)
        if is_new:
            participant.invited_at, participant.left_at = at, None
        participant.profession = profession
        participant.save()
        if (is_new or is_moved) and user.pk != by.pk and meeting.ends_at > at:
            emails.meeting_invitation(meeting=meeting, participant=participant, cases=cases, is_moved=not is_new, at=at)


def _present_team(meeting: Meeting) -> list[MeetingParticipant]:
    return list(meeting.participants.filter(left_at=None, user__is_active=True).select_related("user"))


def _tell(item: AgendaItem, meeting: Meeting, kind: str, *, by: User, at: datetime) -> None:
    facts = {"meeting_on": helsinki(meeting.starts_at).isoformat()}
    timeline.add(case=item.case, kind=kind, by=by, at=at, about=item, facts=facts)
