"""Writes calendar files (iCalendar, RFC 5545). Pure: values in, bytes out. What a title says is decided above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from tenants.display import HELSINKI

ZONE = "Europe/Helsinki"
MAKER = "-//Suunta//Suunta//EN"
READ_AGAIN_AFTER = timedelta(hours=1)
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One event: the same `uid` for ever, and a `sequence` that grows with every change of what was agreed."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    is_cancelled: bool = False


def calendar_file(events: Iterable[CalendarEvent], *, name: str, is_cancelling: bool = False) -> bytes:
    """Write events with the time zone of Finland. `is_cancelling`: opening the file takes its event out of a calendar.

    No alarms: the person's own calendar decides on those. The same events give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if is_cancelling else "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_time_zone())
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.changed_at.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    zone = _zone_of(event)
    component.add("dtstart", event.starts_at.astimezone(zone))
    component.add("dtend", event.ends_at.astimezone(zone))
    component.add("summary", event.title)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    component.add("class", "PRIVATE")
    return component


def _zone_of(event: CalendarEvent) -> tzinfo:
    """Finland's; but UTC in the second of the two hours of an autumn night, which local time cannot say."""
    is_unsayable = any(moment.astimezone(HELSINKI).fold for moment in (event.starts_at, event.ends_at))
    return UTC if is_unsayable else HELSINKI


def _time_zone() -> Timezone:
    """The rule of the European Union since 1996 (now directive 2000/84/EC): clocks are moved at 1.00 UTC."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    winter, summer = timedelta(hours=2), timedelta(hours=3)
    daylight, standard = TimezoneDaylight(), TimezoneStandard()
    for part, name, month, begun, before, after in (
        (daylight, "EEST", 3, datetime(1996, 3, 31, 3), winter, summer),  # noqa: DTZ001  # local by RFC 5545
        (standard, "EET", 10, datetime(1996, 10, 27, 4), summer, winter),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begun)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
