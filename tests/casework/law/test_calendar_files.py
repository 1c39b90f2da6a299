"""Calendar files as calendar programs read them: the right moment in every night, and the same bytes each time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casework.law.calendar_files import CalendarEvent, calendar_file
from tests.conftest import NOON

HELSINKI = ZoneInfo("Europe/Helsinki")
SPRING, AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)  # clocks are moved


def an_event(starts_at=NOON, *, minutes=45, **others):
    known: dict[str, Any] = {"uid": "one", "sequence": 2, "changed_at": NOON, "title": "Doctor's visit, case 2026-0143"}
    return CalendarEvent(**known | {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)} | others)


def read_back(*events, **others):
    calendar = Calendar.from_ical(calendar_file(events, name="Suunta", **others))
    return calendar, calendar.walk("VEVENT")


def test_an_event_is_read_back_as_it_was_written():
    calendar, [event] = read_back(an_event())

    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("one", 2, "CONFIRMED")
    assert event["SUMMARY"] == "Doctor's visit, case 2026-0143"
    assert event["DTSTART"].dt == NOON
    assert event["LAST-MODIFIED"].dt == NOON
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert not calendar.walk("VALARM")


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("quarters", range(-8, 9))
def test_in_the_nights_when_clocks_are_moved_every_moment_stays_itself(change, quarters):
    starts_at = change + timedelta(minutes=15 * quarters)

    _, [event] = read_back(an_event(starts_at))

    assert event["DTSTART"].dt.astimezone(UTC) == starts_at
    assert event["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (SPRING - timedelta(minutes=1), 2),
        (SPRING, 3),
        (AUTUMN - timedelta(minutes=1), 3),
        (AUTUMN, 2),
        (datetime(2031, 7, 1, tzinfo=UTC), 3),
        (datetime(2040, 1, 1, tzinfo=UTC), 2),
    ],
)
def test_the_time_zone_in_the_file_is_the_one_of_finland(moment, hours):
    """A program that trusts the file's own rules, and not its own list of zones, comes to the same offset."""
    calendar, _ = read_back(an_event())
    [zone] = calendar.walk("VTIMEZONE")

    local = moment.astimezone(zone.to_tz(lookup_tzid=False))

    assert local.utcoffset() == timedelta(hours=hours) == moment.astimezone(HELSINKI).utcoffset()


def test_a_cancelled_event_stays_and_takes_no_time():
    calendar, [event] = read_back(an_event(is_cancelled=True), is_cancelling=True)

    assert (event["STATUS"], event["TRANSP"], calendar["METHOD"]) == ("CANCELLED", "TRANSPARENT", "CANCEL")


def test_the_same_events_give_the_same_bytes():
    assert calendar_file([an_event()], name="Suunta") == calendar_file([an_event()], name="Suunta")


@given(st.text(max_size=300))
def test_no_title_breaks_out_of_its_line(title):
    lines = calendar_file([an_event(title=title)], name="Suunta").split(b"\r\n")

    assert sum(line.startswith(b"BEGIN:") for line in lines) == 5  # calendar, zone, its two parts, event
    assert all(len(line) <= 75 for line in lines)
