"""Reading meetings, agendas and minutes. Whatever shows a client is in the access log already."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from casework.cases.door import in_visible_cases, open_cases, own_cases
from casework.cases.queries import case_or_404, record_list
from casework.models import AgendaItem, AgreedTask, Case, Meeting, MeetingParticipant, MinutesVersion
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission

ON_AGENDA = ~Q(state=AgendaItem.State.WITHDRAWN)
CHOOSABLE = 25  # meetings to come and meetings held that a case can be put on the agenda of
WORDS = ("question", "text", "recommendation", "decision", "withdrawn_reason")  # what people wrote about a case


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """A meeting as one person sees it: who takes part, and the agenda.

    Of a case that is not open to them now it has the number, whose it is and how far the minutes are, nothing else.
    """

    meeting: Meeting
    participants: list[MeetingParticipant]
    items: list[AgendaItem]
    closed: frozenset[uuid.UUID]  # keys of the items whose case is behind the door

    @property
    def team(self) -> list[MeetingParticipant]:
        """Those who have not left."""
        return [participant for participant in self.participants if participant.left_at is None]


def visible_meetings(user: User) -> QuerySet[Meeting]:
    """The meetings a person may see, each with `case_count` and `shown_place`: all, or a team member's invitations."""
    return _as_listed(_meetings_of(user))


def listed(keys: Iterable[uuid.UUID]) -> list[Meeting]:
    """Read the meetings of a list, in its order, with `case_count` and `shown_place`."""
    keys = list(keys)
    found = {meeting.pk: meeting for meeting in _as_listed(Meeting.objects.filter(pk__in=keys)).order_by()}
    return [found[key] for key in keys]


def _as_listed(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    cases = Count("agenda", filter=~Q(agenda__state=AgendaItem.State.WITHDRAWN), distinct=True)
    return meetings.select_related("chair").annotate(case_count=cases, shown_place=_shown_place())


def _meetings_of(user: User) -> QuerySet[Meeting]:
    meetings = Meeting.objects.all()
    if user.has(Permission.WORK_CASE):
        return meetings
    if user.has(Permission.SEE_CASE):
        return meetings.filter(Exists(_invitation(user)))
    return meetings.none()


def to_come(user: User, at: datetime, *, most: int) -> list[Meeting]:
    """Meetings that are planned and not over, the next first."""
    coming = _meetings_of(user).filter(state=Meeting.State.PLANNED, ends_at__gte=at)
    return listed(coming.order_by("starts_at").values_list("pk", flat=True)[:most])


def with_open_minutes(user: User, at: datetime, *, most: int) -> list[Meeting]:
    """Meetings that were held and whose minutes are not closed, the oldest first."""
    held = _meetings_of(user).filter(state=Meeting.State.PLANNED, ends_at__lt=at)
    return listed(held.order_by("starts_at").values_list("pk", flat=True)[:most])


def past(user: User) -> QuerySet[Meeting]:
    """Meetings that are closed or cancelled, the newest first; `listed` reads them."""
    return _meetings_of(user).exclude(state=Meeting.State.PLANNED).order_by("-starts_at", "-created_at")


def meeting_or_404(user: User, meeting_id: uuid.UUID) -> Meeting:
    """Fetch a meeting alone: no client is shown, nothing is logged.

    Raises:
        Http404
    """
    return get_object_or_404(visible_meetings(user), pk=meeting_id)


def gathering(user: User, meeting: Meeting, *, on: date) -> Gathering:
    """Read who takes part and the agenda, and log that the clients that are shown were looked at."""
    items = meeting.agenda.filter(in_visible_cases(user))
    if not user.has(Permission.WORK_CASE):
        items = items.filter(ON_AGENDA)
    is_open = Q(case__in=open_cases(user, on=on).order_by().values("pk"))
    shown = list(items.filter(is_open).select_related("case__client", "case__coordinator", "finalised_by"))
    others = list(items.exclude(is_open).select_related("case__coordinator").defer(*WORDS))
    record_list(user, [item.case for item in shown], action="agenda.seen")
    return Gathering(
        meeting=meeting,
        participants=list(meeting.participants.select_related("user")),
        items=sorted([*shown, *others], key=lambda item: (item.position, item.created_at)),
        closed=frozenset(item.pk for item in others),
    )


def item_or_404(user: User, number: str, item_id: uuid.UUID, *, on: date, action: str = "minutes.seen") -> AgendaItem:
    """Fetch an item of an agenda with its case, meeting and agreed tasks, and log the look.

    A team member who sees the client for an agenda does not see what was taken off one.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on, action=action)
    agreed = Prefetch("agreed_tasks", AgreedTask.objects.filter(task__removed_at=None).select_related("task__assignee"))
    items = case.agenda_items.select_related("meeting__chair", "finalised_by", "consent").prefetch_related(agreed)
    item = get_object_or_404(items, pk=item_id)
    if item.is_withdrawn and not user.has(Permission.WORK_CASE):
        raise Http404
    item.case = case
    return item


def participants_of(meeting: Meeting) -> list[MeetingParticipant]:
    """Everybody who was invited, by name of the person."""
    return list(meeting.participants.select_related("user"))


def hides_place(meeting: Meeting) -> bool:
    """Tell whether somebody on the agenda has a protective order: the place is then not written about."""
    return meeting.agenda.filter(ON_AGENDA).exclude(case__client__protective_order_source="").exists()


def comes(user: User, meeting: Meeting) -> bool:
    """Tell whether a person takes part: the place is then told to them in any case."""
    return meeting.participants.filter(user=user, left_at=None).exists()


def last_team() -> Sequence[MeetingParticipant]:
    """Who was invited to the newest team meeting and may still be: the usual team of the next one."""
    newest = Meeting.objects.filter(kind=Meeting.Kind.TEAM).exclude(state=Meeting.State.CANCELLED).first()
    if newest is None:
        return []
    return list(newest.participants.filter(left_at=None, user__is_active=True).select_related("user"))


def cases_for_agenda(user: User, meeting: Meeting) -> QuerySet[Case]:
    """The open cases of a person that are not on the agenda yet."""
    taken = meeting.agenda.filter(ON_AGENDA).values("case")
    cases = own_cases(user).filter(closed_on=None).exclude(pk__in=taken)
    return cases.order_by("client__sort_key", "number")


def meetings_for_case(user: User, case: Case, *, at: datetime) -> QuerySet[Meeting]:
    """The meetings whose minutes are not closed and that do not have the case on their agenda, the next first.

    Of those that are over the last CHOOSABLE: a case comes on the agenda of one that was held, when it was spoken of.
    """
    taken = case.agenda_items.filter(ON_AGENDA).values("meeting")
    meetings = _meetings_of(user).filter(state=Meeting.State.PLANNED).exclude(pk__in=taken).order_by()
    coming = meetings.filter(ends_at__gte=at).order_by("starts_at").values("pk")[:CHOOSABLE]
    held = meetings.filter(ends_at__lt=at).order_by("-starts_at").values("pk")[:CHOOSABLE]
    return Meeting.objects.filter(pk__in=coming.union(held)).order_by("starts_at")


def of_case(user: User, case: Case) -> QuerySet[AgendaItem]:
    """The meetings a case was or is on the agenda of, the newest first; what was taken off only for those who work."""
    items = case.agenda_items.select_related("meeting__chair").exclude(meeting__state=Meeting.State.CANCELLED)
    if not user.has(Permission.WORK_CASE):
        items = items.filter(ON_AGENDA)
    return items.order_by("-meeting__starts_at")


def next_of_case(case: Case, at: datetime) -> AgendaItem | None:
    """The item of the next meeting that has the case on its agenda."""
    items = case.agenda_items.filter(ON_AGENDA, meeting__state=Meeting.State.PLANNED, meeting__ends_at__gte=at)
    return items.select_related("meeting__chair").order_by("meeting__starts_at").first()


def two_versions(item: AgendaItem, number: str) -> tuple[MinutesVersion | None, MinutesVersion | None]:
    """A version of the minutes, the newest when no such number is known, and the one before it."""
    versions = item.versions.select_related("saved_by")
    wanted = versions.filter(number=int(number)) if number.isdecimal() and len(number) < 9 else versions
    shown = wanted.first() or versions.first()
    before = versions.filter(number__lt=shown.number).first() if shown else None
    return shown, before


def of_worker(user: User, since: datetime) -> list[Meeting]:
    """The meetings of a person's calendar from a moment on, cancelled ones too.

    `shown_place` is the place to write there: empty when somebody on the agenda has a protective order. `case_count`
    is the number of cases; nothing else of the agenda belongs into a calendar.
    """
    meetings = Meeting.objects.annotate(
        case_count=Count("agenda", filter=~Q(agenda__state=AgendaItem.State.WITHDRAWN), distinct=True),
        shown_place=_shown_place(),
    )
    return list(meetings.filter(Exists(_invitation(user)), starts_at__gte=since).order_by("starts_at"))


def _invitation(user: User) -> QuerySet[MeetingParticipant]:
    return MeetingParticipant.objects.filter(meeting=OuterRef("pk"), user=user, left_at=None)


def _shown_place() -> Choose:
    protected = AgendaItem.objects.filter(ON_AGENDA, meeting=OuterRef("pk"))
    protected = protected.exclude(case__client__protective_order_source="")
    return Choose(When(Exists(protected), then=Value("")), default=F("place"), output_field=CharField())


def versions_of(item: AgendaItem) -> QuerySet[MinutesVersion]:
    """Every saved version of the minutes of one item, the newest first."""
    return item.versions.select_related("saved_by")


def participant_or_404(meeting: Meeting, participant_id: uuid.UUID) -> MeetingParticipant:
    """Fetch somebody who is or was invited.

    Raises:
        Http404
    """
    return get_object_or_404(meeting.participants.select_related("meeting", "user"), pk=participant_id)
