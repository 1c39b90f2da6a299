"""What a private calendar address answers. Nobody is signed in there: the reader is the person it was made for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from casework.cases.door import in_visible_cases
from casework.cases.queries import record_list
from casework.meetings import queries as meetings
from casework.models import Appointment, CalendarFeed, Meeting
from casework.visits import queries as appointments
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import midnight

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What one person's calendar shows."""

    user: User
    appointments: list[Appointment]
    meetings: list[Meeting]


@transaction.atomic
def read(secret: str, *, today: date) -> Feed:
    """Read the calendar behind an address, and log it as a look of the person it was made for.

    Calendar programs ask every few minutes: each case is logged once a day, not at every asking.

    Raises:
        Http404: there is no such address, or its person is disabled or may see no cases.
    """
    feed = CalendarFeed.objects.select_related("user").filter(secret_hash=CalendarFeed.hash_of(secret)).first()
    if feed is None or not feed.user.has(Permission.SEE_CASE):
        raise Http404
    since, until = (midnight(day) for day in (today - BACK, today + AHEAD))
    found = _appointments(feed.user, since, until)
    _record(feed, found, today)
    return Feed(
        user=feed.user,
        appointments=found,
        meetings=[meeting for meeting in meetings.of_worker(feed.user, since) if meeting.starts_at < until],
    )


def _appointments(user: User, since: datetime, until: datetime) -> list[Appointment]:
    within = Q(starts_at__gte=since, starts_at__lt=until)
    rows = Appointment.objects.filter(within, in_visible_cases(user), worker=user).select_related("case")
    return list(rows.defer("place", "with_whom", *appointments.TEXTS))


def _record(feed: CalendarFeed, found: list[Appointment], today: date) -> None:
    before = feed.logged_cases if feed.logged_on == today else []
    new = {row.case.number: row.case for row in found if row.case.number not in before}
    record_list(feed.user, new.values(), action="calendar.read")
    if new or feed.logged_on != today:
        feed.logged_on, feed.logged_cases = today, sorted([*before, *new])
        feed.save(update_fields=["logged_on", "logged_cases"])


def feed_of(user: User) -> CalendarFeed | None:
    """Fetch a person's private calendar, if there is one."""
    return CalendarFeed.objects.filter(user=user).first()
