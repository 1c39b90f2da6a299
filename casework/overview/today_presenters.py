"""How Today is laid out: what has a day in groups by how near it is, visits, silence, and the strip of numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.applications.presenters import title_of
from casework.law.silence import Occasion
from casework.models import Application, Appointment, Decision
from casework.overview.silence import SilentCase
from casework.overview.today import Day, Entry
from casework.overview.today_rows import Act, Row, clock_rows, promise_rows
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.addresses import address
from tenants.display import NO_BREAK_SPACE, clock, day, helsinki, in_sentence, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENOUGH = 8  # rows before next week, after which next week is folded


@dataclass(frozen=True)
class Group:
    """What is equally near."""

    label: str
    rows: list[Any]
    tone: str = ""
    is_folded: bool = False


@dataclass(frozen=True)
class CalendarRow:
    """A visit or a meeting that comes, or a visit that nobody has told about yet."""

    when: str
    title: "StrOrPromise"
    url: str
    client: str
    case_url: str
    who: str
    act: Act | None

    @property
    def about(self) -> str:
        """What a screen reader says after the label of the action."""
        return self.client or str(self.title)


@dataclass(frozen=True)
class Waiting:
    """A decision that takes longer than usual, as a row of the table."""

    application: Application
    title: str
    decider: str
    waited: int
    usual: int


@dataclass(frozen=True)
class Check:
    """A decision whose coverage has not been checked."""

    title: str
    note: str
    last_day: date | None
    url: str


@dataclass(frozen=True)
class Silent:
    """A client nobody has been in contact with."""

    client: str
    url: str
    days: str
    since: str
    reason: str
    coordinator: str
    contact_url: str


def page(found: Day, *, user: User, is_everyones: bool) -> dict[str, Any]:
    """Lay a day out for its template; who does a task goes without saying among one's own."""
    can_work = user.has(Permission.WORK_CASE)
    clocks = clock_rows(found, can_work=can_work)
    promises = promise_rows(found, names_assignee=is_everyones, can_work=can_work)
    entries = _entry_groups(found, user=user, can_work=can_work)
    return {
        "today": found.on,
        "heading_note": _heading_note(found.on),
        "clocks": clocks,
        "clock_note": _late_note(clocks, found.on),
        "groups": _groups(promises, found.on),
        "promise_count": found.promise_count,
        "promise_note": _late_note(promises, found.on),
        "shown_promises": len(promises),
        "entry_groups": entries,
        "entry_count": found.entry_count,
        "debrief_note": _debrief_note(entries),
        "checks": [_check(decision) for decision in found.unchecked],
        "waiting": [_waiting(application, found.on) for application in found.overdue],
        "waiting_count": found.overdue_count,
        "silent": [_silent(one, found.on, names_coordinator=is_everyones) for one in found.silent],
        "silent_count": found.silent_count,
        "referrals": found.referrals,
        "referral_count": found.referral_count,
        "oldest_note": _oldest_note(found),
        "can_accept": user.has(Permission.ACCEPT_REFERRAL),
        "can_work": can_work,
        "waiting_actions": "" if can_work else None,  # the heading of the buttons, which screen readers get
    }


def _heading_note(on: date) -> str:
    weekday = capfirst(str(WEEKDAYS[on.weekday()]))
    return _("%(weekday)s %(day)s, week %(week)d") % {"weekday": weekday, "day": day(on), "week": on.isocalendar().week}


def _late_note(rows: Iterable[Row], on: date) -> str:
    late = sum(row.is_late(on) for row in rows)
    return ngettext("%(number)d late", "%(number)d late", late) % {"number": late} if late else ""


def _groups(rows: Iterable[Row], on: date) -> list[Group]:
    """Put rows in groups by how near they are; next week is folded when there is enough before it."""
    sunday = on + timedelta(days=6 - on.weekday())
    late, today, this_week, next_week = [], [], [], []
    for row in rows:
        if row.is_late(on):
            late.append(row)
        elif row.on == on:
            today.append(row)
        elif row.on is None or row.on <= sunday:
            this_week.append(row)
        else:
            next_week.append(row)
    groups = [
        Group(_("Late"), late, "danger"),
        Group(_("Today"), today),
        Group(_("This week"), this_week),
        Group(_("Next week"), next_week, is_folded=len(late) + len(today) + len(this_week) >= ENOUGH),
    ]
    return [group for group in groups if group.rows]


def _entry_groups(found: Day, *, user: User, can_work: bool) -> list[Group]:
    untold: list[CalendarRow] = []
    today: list[CalendarRow] = []
    tomorrow: list[CalendarRow] = []
    for entry in found.entries:
        is_untold = entry.ends_at <= found.at and not entry.is_meeting
        place = untold if is_untold else today if helsinki(entry.starts_at) == found.on else tomorrow
        place.append(_calendar_row(entry, found.at, user=user, can_work=can_work))
    groups = [
        Group(_("What was said?"), untold, "danger"),
        Group(_("Today"), today),
        Group(_("Tomorrow"), tomorrow),
    ]
    return [group for group in groups if group.rows]


def _calendar_row(entry: Entry, at: datetime, *, user: User, can_work: bool) -> CalendarRow:
    time = clock(entry.starts_at).split(NO_BREAK_SPACE)[-1]
    is_earlier = helsinki(entry.starts_at) < helsinki(at)
    url = address("meeting", entry.pk) if entry.is_meeting else _url_of(entry, "appointment")
    return CalendarRow(
        when=weekday_day(entry.starts_at) if is_earlier else time,
        title=str(entry.kind.label),
        url=url,
        client=entry.client,
        case_url=address("case", entry.number) if entry.number else "",
        who="" if entry.who_key == user.pk else entry.who,
        act=_act(entry, url, at) if can_work else None,
    )


def _act(entry: Entry, url: str, at: datetime) -> Act:
    if entry.is_meeting:
        return Act(_("Open"), url)
    if entry.ends_at <= at:
        return Act(_("Write up the visit"), _url_of(entry, "appointment_debrief"))
    if entry.kind in Appointment.PREPARED and entry.prepared_at is None:
        return Act(_("Prepare"), _url_of(entry, "appointment_preparation"))
    return Act(_("Open"), url)


def _url_of(entry: Entry, name: str) -> str:
    return address(name, entry.number, entry.pk)


def _debrief_note(groups: list[Group]) -> str:
    untold = sum(len(group.rows) for group in groups if group.tone)
    return ngettext("%(number)d to debrief", "%(number)d to debrief", untold) % {"number": untold} if untold else ""


def _waiting(application: Application, on: date) -> Waiting:
    return Waiting(
        application=application,
        title=title_of(application),
        decider=application.decider.name,
        waited=application.days_waited(on),
        usual=application.usual_days or 0,
    )


def _check(decision: Decision) -> Check:
    application = decision.application
    note = f"{application.case.client.name} · {in_sentence(decision.get_result_display())}"
    return Check(title_of(application), note, decision.last_day, decision.get_absolute_url())


def _silent(found: SilentCase, on: date, *, names_coordinator: bool) -> Silent:
    days = (on - found.silence.since).days
    return Silent(
        client=found.client,
        url=address("case", found.number),
        days=ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
        since=_("since %(day)s") % {"day": day(found.silence.since)},
        reason=_reason(found),
        coordinator=found.coordinator if names_coordinator else "",
        contact_url=f"{reverse('note_add', args=[found.number])}?kind=call",
    )


def _reason(found: SilentCase) -> str:
    """Say why the case is on the list."""
    if found.silence.occasion == Occasion.USUAL:
        if found.has_contact:
            return _("no contact is recorded")
        return _("no contact is recorded since the case was opened")
    sentences = {
        Occasion.REJECTION: _("no contact is recorded since the rejection of %(day)s"),
        Occasion.REHABILITATION_GRANTED: _("rehabilitation was granted %(day)s, no contact is recorded since"),
        Occasion.REHABILITATION_ENDED: _("rehabilitation ended %(day)s, no contact is recorded since"),
    }
    return sentences[found.silence.occasion] % {"day": day(found.silence.occasion_on)}


def _oldest_note(found: Day) -> str:
    if not found.referrals:
        return ""
    days = (found.on - found.referrals[0].waits_since).days
    return ngettext("oldest %(days)d day", "oldest %(days)d days", days) % {"days": days}
