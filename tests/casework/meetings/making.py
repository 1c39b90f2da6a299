"""Makes meetings, agendas and minutes for tests and the demo, through the real actions only."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from casework.meetings import actions as meetings
from casework.meetings import agenda, minutes
from casework.meetings.actions import Invited, MeetingDetails
from casework.meetings.minutes import Words
from casework.models import AgendaItem, Case, Consent, Meeting
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.conftest import NOON

TOMORROW = NOON + timedelta(days=1)
ON_MEETING = ["meeting", "meeting_ics", "meeting_edit", "meeting_cancel", "meeting_presence", "meeting_agenda_add"]
ON_ITEM = [
    "agenda_item",
    "agenda_question",
    "agenda_take_off",
    "minutes_edit",
    "minutes_versions",
    "minutes_task",
    "minutes_finalise",
]
WORDS = Words(
    text="The doctor saw no obstacle.", recommendation="A work try-out in spring.", decision="The coordinator asks."
)


def details(*, chair: User, team: Iterable[User] = (), starts_at: datetime = TOMORROW, **others: Any) -> MeetingDetails:
    """What is typed about a meeting of two hours in the health centre."""
    known: dict[str, Any] = {
        "kind": Meeting.Kind.TEAM,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "place": "Health centre, room 2",
        "chair": chair,
        "team": tuple(Invited(user=user, profession=f"Profession of {user.name}") for user in team),
    }
    return MeetingDetails(**known | others)


def a_meeting(*, by: User, team: Iterable[User] = (), at: datetime = NOON, **others: Any) -> Meeting:
    """Plan a meeting, tomorrow at noon without other words; `by` is the chair."""
    return meetings.plan(details=details(**{"chair": by, "team": team, **others}), by=by, at=at)


def a_consent(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> Consent:
    """The client allows the team to discuss their matters, from that day until further notice."""
    known = {"partner": "team", "purpose": "discuss", "way": "written", "given_on": helsinki(at), "written_by": by}
    consent: Consent = Consent.objects.create(client=case.client, **known | others)
    return consent


def an_item(meeting: Meeting, case: Case, *, by: User, at: datetime = NOON, **others: Any) -> AgendaItem:
    """Put a case on the agenda on the client's consent, which is given when it is not there."""
    if others.get("basis", "consent") == "consent" and not case.client.consents.filter(partner="team").exists():
        a_consent(case, by=by, at=at)
    return agenda.add(meeting=meeting, case=case, **{"basis": "consent", **others}, by=by, at=at)


def written(item: AgendaItem, *, by: User, at: datetime = NOON, **words: str) -> AgendaItem:
    """Write the minutes of a case."""
    said = Words(**words) if words else WORDS
    return minutes.save(item=item, words=said, version=in_db(item).version, by=by, at=at)


def final(item: AgendaItem, *, by: User, at: datetime = NOON) -> AgendaItem:
    """Write and finalise the minutes of a case."""
    item = written(item, by=by, at=at)
    return minutes.finalise(item=item, version=item.version, by=by, at=at)


def in_db(item: AgendaItem) -> AgendaItem:
    """An item as it is now."""
    return AgendaItem.objects.select_related("meeting__chair", "case__client").get(pk=item.pk)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of meetings: one to come, minutes that are final; answers the arguments of addresses."""
    earlier = a_meeting(by=by, starts_at=at - timedelta(days=30), at=at)
    final(an_item(earlier, case, by=by, at=at, basis="law", law="381/2023 15 §"), by=by, at=at)
    meeting = a_meeting(by=by, starts_at=at - timedelta(hours=1), at=at)
    item = an_item(meeting, case, by=by, at=at, question="Voiko työkokeilu alkaa?")
    written(item, by=by, at=at, text="Selkä on parempi.")
    written(item, by=by, at=at, text="Selkä on paljon parempi.", recommendation="Työkokeilu keväällä.")
    minutes.agree_task(item=item, title="Soita työpajalle", due_on=helsinki(at), assignee=by, by=by, at=at)
    off = an_item(a_meeting(by=by, at=at, starts_at=at + timedelta(days=7)), case, by=by, at=at)
    agenda.take_off(item=off, reason="Asiakas on sairaana.", by=by, at=at)
    invited = meeting.participants.get(user=by)
    return {"meeting_id": meeting.pk, "agenda_item_id": item.pk, "invited_id": invited.pk}


def at(name: str, item: AgendaItem, *more: object) -> str:
    """The address of a page of an item of an agenda."""
    return reverse(name, args=[item.case.number, item.pk, *more])


def of(name: str, meeting: Meeting, *more: object) -> str:
    """The address of a page of a meeting."""
    return reverse(name, args=[meeting.pk, *more])
