"""How appointments are shown: as rows of lists, on a page of their own, and in calendars without the client."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.cases.kept_ends import is_worked_on
from casework.law.calendar_files import CalendarEvent
from casework.models import Appointment
from casework.models.hidden import told
from casework.visits.feed_queries import Feed
from casework.visits.queries import DAYS_SHOWN, Fortnight, OfCase
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import bare_clock, clocks, day, helsinki, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Appointment.State
TONES = {State.PLANNED: "info", State.HELD: "success", State.MISSED: "warning", State.CANCELLED: "neutral"}
TO_DEBRIEF = "to_debrief"
TO_PREPARE = "to_prepare"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One appointment of a list. `act` is the name of the page that does what is missing, with its word."""

    when: str
    when_note: str
    title: "StrOrPromise"
    url: str
    client: str
    case_url: str
    note: str
    tag: "StrOrPromise"
    tone: str
    is_protected: bool
    act_label: str = ""
    act_url: str = ""
    about: str = ""


@dataclass(frozen=True)
class DayOfRows:
    """The appointments of one day."""

    label: str
    rows: list[Row]


def of_case(found: OfCase, *, at: datetime) -> dict[str, Any]:
    """Lay out the appointments of a case."""
    return {
        "to_debrief": [_untagged(_row(one, at=at, has_day=True)) for one in found.to_debrief],
        "coming": [_row(one, at=at, has_day=True) for one in found.coming],
        "past": [_row(one, at=at, has_day=True) for one in found.past],
        "past_page": found.past,
    }


def fortnight(found: Fortnight, *, at: datetime, today: date, names_workers: bool) -> dict[str, Any]:
    """Lay out two weeks by day, with the way to the weeks before and after."""
    last = found.monday + timedelta(days=DAYS_SHOWN - 1)
    days = [
        DayOfRows(
            _day_label(on, today), [_row(one, at=at, names_client=True, names_worker=names_workers) for one in rows]
        )
        for on, rows in groupby(found.page, key=lambda one: helsinki(one.starts_at))
    ]
    whose = {"whose": "everyones"} if names_workers else {}
    this_monday = today - timedelta(days=today.weekday())
    return {
        "heading_note": _("Weeks %(first)d and %(second)d, %(begins)s–%(ends)s")
        % {
            "first": found.monday.isocalendar().week,
            "second": last.isocalendar().week,
            "begins": day(found.monday),
            "ends": day(last),
        },
        "to_debrief": [
            _untagged(_row(one, at=at, has_day=True, names_client=True, names_worker=names_workers))
            for one in found.to_debrief
        ],
        "to_debrief_count": found.to_debrief_count,
        "days": days,
        "page": found.page,
        "mine_url": _weeks_url(found.monday, this_monday, {}),
        "everyones_url": _weeks_url(found.monday, this_monday, {"whose": "everyones"}),
        "earlier_url": _weeks_url(found.monday - timedelta(days=DAYS_SHOWN), this_monday, whose),
        "later_url": _weeks_url(found.monday + timedelta(days=DAYS_SHOWN), this_monday, whose),
        "now_url": "" if found.monday == this_monday else _weeks_url(this_monday, this_monday, whose),
    }


def page(found: Appointment, *, user: User, overlapping: Iterable[Appointment], at: datetime) -> dict[str, Any]:
    """Describe one appointment for its own page."""
    is_over = found.is_planned and found.ends_at <= at
    tag, tone = (_("To be written up"), "warning") if is_over else (found.get_state_display(), _tone(found))
    return {
        **crumb(found),
        "steps": _steps(found, user=user, at=at),
        "tag": tag,
        "tone": tone,
        "span": span(found),
        "is_protected": found.case.client.is_protected,
        "told": told(found),
        "can_reveal": user.has(Permission.REVEAL_PROTECTED),
        "overlaps": [_overlap(other) for other in overlapping],
        "misses_preparation": found.is_planned and found.wants_preparation and found.prepared_at is None,
    }


def crumb(found: Appointment) -> dict[str, Any]:
    """Name an appointment for the way to the pages below it."""
    return {"title": f"{found.get_kind_display()} {weekday_day(found.starts_at)}"}


def span(found: Appointment) -> str:
    """Write from when to when: klo 9.05–10.00."""
    return clocks(found.starts_at, found.ends_at)


def events_of(feed: Feed) -> Iterator[CalendarEvent]:
    """Describe what stands in a person's calendar, in the active language."""
    yield from (calendar_event(appointment) for appointment in feed.appointments)
    yield from (meeting.calendar_event(title=str(meeting.get_kind_display())) for meeting in feed.meetings)


def calendar_event(found: Appointment) -> CalendarEvent:
    """Describe an appointment by its kind and case number: no name, no place, nobody else."""
    words = {"kind": found.get_kind_display(), "number": found.case.number}
    return found.calendar_event(title=_("%(kind)s, case %(number)s") % words)


def download(found: Appointment, ending: str) -> dict[str, str]:
    """The headers of a file about an appointment; its name holds the case number and the day only."""
    name = f"{found.case.number}-{helsinki(found.starts_at).isoformat()}.{ending}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _row(
    found: Appointment, *, at: datetime, has_day: bool = False, names_client: bool = False, names_worker: bool = False
) -> Row:
    client = found.case.client
    where = told(found)
    workers = [found.worker.name] if names_worker or not names_client else []
    missing = _missing(found, at)
    tag, tone = _tag(found, missing)
    act_label, act_url = _act(found, missing)
    return Row(
        when=weekday_day(found.starts_at) if has_day else _bare_span(found),
        when_note=span(found) if has_day else "",
        title=found.get_kind_display(),
        url=found.get_absolute_url(),
        client=client.name if names_client else "",
        case_url=found.case.get_absolute_url() if names_client else "",
        note=" · ".join(part for part in [where.with_whom, where.place, *workers] if part),
        tag=tag,
        tone=tone,
        is_protected=client.is_protected,
        act_label=act_label if found.case.is_open else "",
        act_url=act_url,
        about=f"{found.get_kind_display()} {weekday_day(found.starts_at)}",
    )


def _untagged(row: Row) -> Row:
    """The same under a heading that says it already."""
    return replace(row, tag="")


def _missing(found: Appointment, at: datetime) -> str:
    """What is missing of it at this moment: its debrief or its preparation."""
    if found.is_planned and found.ends_at <= at:
        return TO_DEBRIEF
    if found.is_planned and found.wants_preparation and found.prepared_at is None:
        return TO_PREPARE
    return ""


def _tag(found: Appointment, missing: str) -> "tuple[StrOrPromise, str]":
    if missing == TO_DEBRIEF:
        return _("To be written up"), "warning"
    if missing == TO_PREPARE:
        return _("Not prepared"), "warning"
    return ("", "") if found.is_planned else (found.get_state_display(), _tone(found))


def _act(found: Appointment, missing: str) -> tuple[str, str]:
    where = [found.case.number, found.pk]
    if missing == TO_DEBRIEF:
        return _("Write up the visit"), reverse("appointment_debrief", args=where)
    if missing == TO_PREPARE:
        return _("Prepare"), reverse("appointment_preparation", args=where)
    return "", ""


def _tone(found: Appointment) -> str:
    return TONES[State(found.state)]


def _steps(found: Appointment, *, user: User, at: datetime) -> set[str]:
    """What this person can do with it now, by permission, state, time, and whether the case can be written in."""
    if not user.has(Permission.WORK_CASE):
        return set()
    is_open = is_worked_on(found.case, about=found.pk)
    steps = set(found.allowed_steps) if is_open else set(found.allowed_steps) & {"cancel"}
    if helsinki(at) < helsinki(found.starts_at):
        steps.discard("debrief")
    if at < found.starts_at:
        steps.discard("miss")
    return steps


def _bare_span(found: Appointment) -> str:
    return f"{bare_clock(found.starts_at)}–{bare_clock(found.ends_at)}"


def _overlap(other: Appointment) -> str:
    words = {"kind": other.get_kind_display(), "span": span(other), "number": other.case.number}
    return _("%(kind)s %(span)s, case %(number)s") % words


def _day_label(on: date, today: date) -> str:
    return _("Today, %(day)s") % {"day": weekday_day(on)} if on == today else weekday_day(on)


def _weeks_url(monday: date, this_monday: date, others: dict[str, str]) -> str:
    asked = others if monday == this_monday else {"from": monday.isoformat(), **others}
    return f"?{urlencode(asked)}" if asked else "."
