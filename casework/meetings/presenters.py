"""What pages say about meetings and agendas: states as words and tones, grounds, and who may do what next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.law import legal_grounds
from casework.meetings import agenda
from casework.meetings.queries import Gathering
from casework.models import AgendaItem, Case, Meeting, Task
from casework.models.hidden import told
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import clocks, day, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list."""

    meeting: Meeting
    when: str
    tag: "StrOrPromise"
    tone: str


@dataclass(frozen=True)
class ItemRow:
    """A case on the page of its meeting; of one behind the door, a number that leads to it."""

    item: AgendaItem
    number: int
    name: str
    notes: list[str]
    ground: str
    tag: "StrOrPromise"
    tone: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    """The page of a meeting besides its gathering."""

    when: str
    tag: "StrOrPromise"
    tone: str
    place: str
    hides_place: bool
    rows: list[ItemRow]
    off: list[ItemRow]
    can_work: bool
    can_close: bool
    has_begun: bool

    @property
    def move_heading(self) -> str | None:
        """The heading of the column of buttons, None where there is no such column."""
        return "" if self.can_work else None


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """The page of one case of a meeting."""

    when: str
    place: str
    ground: str
    tag: "StrOrPromise"
    tone: str
    can_write: bool
    can_finalise: bool
    can_take_off: bool
    can_reopen: bool
    tasks: list[Task]


@dataclass(frozen=True)
class CaseRow:
    """A meeting in the list of a case."""

    item: AgendaItem
    title: str
    tag: "StrOrPromise"
    tone: str


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting of a case."""

    item: AgendaItem
    when: str
    place: str


def meeting_rows(meetings: Iterable[Meeting], *, at: datetime) -> list[MeetingRow]:
    """Describe meetings for a list."""
    return [MeetingRow(meeting, when(meeting), *state(meeting, at=at)) for meeting in meetings]


def when(meeting: Meeting) -> str:
    """Say the day and from when to when: Wed 25.11. at 9:00–11:00."""
    return f"{weekday_day(meeting.starts_at)}{meeting.held_on.year} {times(meeting)}"


def times(meeting: Meeting) -> str:
    """Say from when to when: at 9:00–11:00."""
    return clocks(meeting.starts_at, meeting.ends_at)


def state(meeting: Meeting, *, at: datetime) -> "tuple[StrOrPromise, str]":
    """Name where a meeting stands, and its tone."""
    if meeting.is_cancelled:
        return meeting.get_state_display(), "neutral"
    if not meeting.is_open:
        return meeting.get_state_display(), "success"
    if meeting.ends_at < at:
        return _("Minutes open"), "warning"
    return meeting.get_state_display(), "info"


def item_state(item: AgendaItem) -> "tuple[StrOrPromise, str]":
    """Name where the minutes of a case stand, and their tone."""
    if item.is_withdrawn:
        return item.get_state_display(), "neutral"
    if item.is_final:
        return item.get_state_display(), "success"
    return (item.get_state_display(), "warning") if item.has_words else (_("Not written yet"), "neutral")


def ground(item: AgendaItem, *, meeting: Meeting) -> str:
    """Name the ground on which a case is discussed."""
    if item.basis == AgendaItem.Basis.LAW:
        return legal_grounds.law_told(item.basis_note, meeting.held_on)
    return str(item.get_basis_display())


def page(gathering: Gathering, *, user: User, hides_place: bool, at: datetime) -> MeetingPage:
    """Describe a meeting for its page. The place is told to those who come, when somebody has a protective order."""
    meeting = gathering.meeting
    tag, tone = state(meeting, at=at)
    works, has_begun = user.has(Permission.WORK_CASE), meeting.starts_at <= at
    comes = any(participant.user_id == user.pk for participant in gathering.team)
    return MeetingPage(
        when=when(meeting),
        tag=tag,
        tone=tone,
        place=told(meeting, is_hidden=hides_place and not comes).place,
        hides_place=hides_place,
        rows=_item_rows(gathering, is_withdrawn=False),
        off=_item_rows(gathering, is_withdrawn=True),
        can_work=works and meeting.is_open,
        can_close=works and meeting.is_open and has_begun,
        has_begun=has_begun,
    )


def item_page(item: AgendaItem, *, user: User) -> ItemPage:
    """Describe one case of a meeting and what this person may do with its minutes."""
    meeting = item.meeting
    tag, tone = item_state(item)
    can_write = user.has(Permission.WORK_CASE) and item.is_open and item.case.is_open
    works_on = user.has(Permission.WORK_CASE) and meeting.is_open
    return ItemPage(
        when=when(meeting),
        place=told(meeting, is_hidden=item.case.client.is_protected).place,
        ground=ground(item, meeting=meeting),
        tag=tag,
        tone=tone,
        can_write=can_write,
        can_finalise=can_write and bool(item.text or item.recommendation),
        can_take_off=works_on and item.is_open,
        can_reopen=meeting.is_open and agenda.may_take(item, "reopen", by=user),
        tasks=[agreed.task for agreed in item.agreed_tasks.all()],
    )


def case_rows(items: Iterable[AgendaItem], *, at: datetime) -> list[CaseRow]:
    """Describe the meetings of a case."""
    return [_case_row(item, at=at) for item in items]


def next_meeting(case: Case, item: AgendaItem | None) -> NextMeeting | None:
    """Describe the next meeting of a case. The place is left out for a client with a protective order."""
    if item is None:
        return None
    place = told(item.meeting, is_hidden=case.client.is_protected).place
    return NextMeeting(item, when(item.meeting), place)


def meeting_title(meeting: Meeting) -> str:
    """Name a meeting by its kind and day."""
    return _("%(kind)s %(day)s") % {"kind": meeting.get_kind_display(), "day": day(meeting.starts_at)}


def _item_rows(gathering: Gathering, *, is_withdrawn: bool) -> list[ItemRow]:
    items = [item for item in gathering.items if item.is_withdrawn == is_withdrawn]
    return [
        _closed_row(item, number) if item.pk in gathering.closed else _item_row(item, number, gathering.meeting)
        for number, item in enumerate(items, start=1)
    ]


def _item_row(item: AgendaItem, number: int, meeting: Meeting) -> ItemRow:
    case = item.case
    known = [case.number, case.coordinator.name] if not item.is_withdrawn else [case.number, item.withdrawn_reason]
    if not case.is_open and not item.is_withdrawn:
        known.append(_("the case is closed"))
    notes = [" · ".join(known)]
    if item.question and not item.is_withdrawn:
        notes.append(item.question)
    return ItemRow(item, number, case.client.name, notes, ground(item, meeting=meeting), *item_state(item))


def _closed_row(item: AgendaItem, number: int) -> ItemRow:
    """Neither the client nor anything that was written: who needs them opens the case and says why."""
    name = _("Case %(number)s") % {"number": item.case.number}
    notes = [_("%(name)s’s case: opens for a reason") % {"name": item.case.coordinator.name}]
    tag, tone = (item.get_state_display(), "success" if item.is_final else "neutral")
    return ItemRow(item, number, name, notes, "", tag, tone)


def _case_row(item: AgendaItem, *, at: datetime) -> CaseRow:
    meeting = item.meeting
    is_ahead = not item.is_withdrawn and meeting.is_open and meeting.ends_at >= at
    tag, tone = (_("To come"), "info") if is_ahead else item_state(item)
    return CaseRow(item, meeting_title(meeting), tag, tone)
