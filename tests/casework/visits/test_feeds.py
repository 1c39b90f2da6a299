"""The private calendar: an address that is a key, events without a word of the client, and a log of every reading."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from casework.cases import actions as cases
from casework.meetings import actions as meetings
from casework.models import CalendarFeed
from casework.visits import actions as appointments
from casework.visits import feeds as calendar_feeds
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applications.making import an_illness
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import a_meeting
from tests.casework.visits.making import (
    DAY,
    PLACE,
    PREPARED,
    SAID,
    SALO,
    an_appointment,
    debriefed,
    details,
    in_db,
    prepared,
)
from tests.conftest import NOON
from tests.people import PortalClient, browser_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def feed_of(user):
    return calendar_feeds.make(user=user, at=NOON)


def read(secret, host="kaavi.localhost", method="get"):
    """What a calendar program gets: nobody is signed in."""
    return getattr(PortalClient(host), method)(f"/calendar/{secret}.ics")


def events(secret):
    return Calendar.from_ical(read(secret).content).walk("VEVENT")


# --- what it shows ----------------------------------------------------------------------------------------------


def test_a_calendar_shows_ones_own_appointments_by_kind_and_case_number(case, aino, bertta):
    made = an_appointment(case, by=aino)
    an_appointment(a_case(by=bertta), by=bertta)

    [event] = events(feed_of(aino))

    assert (event["UID"], event["SEQUENCE"]) == (str(made.calendar_uid), 0)
    assert event["SUMMARY"].endswith(case.number)
    assert event["DTSTART"].dt == made.starts_at
    assert event["DTEND"].dt == made.ends_at


@pytest.mark.parametrize(("language", "kind"), [("en", "Phone call"), ("fi", None), ("sv", None)])
def test_titles_are_in_the_language_of_its_person_whatever_the_program_asks_for(case, aino, language, kind):
    aino.language = language
    aino.save()
    made = an_appointment(case, by=aino, kind="phone")
    with translation.override(language):
        expected = kind or str(made.get_kind_display())

    [event] = events(feed_of(aino))

    assert event["SUMMARY"].startswith(expected)


def test_moving_keeps_the_event_and_cancelling_shows_it_cancelled(case, aino):
    made = an_appointment(case, by=aino)
    secret = feed_of(aino)
    moved = appointments.change(
        appointment=made, details=details(worker=aino, on=DAY + timedelta(1)), version=1, by=aino, at=NOON
    )
    [event] = events(secret)
    assert (event["UID"], event["SEQUENCE"]) == (str(made.calendar_uid), 1)
    assert event["DTSTART"].dt == moved.starts_at

    appointments.cancel(appointment=moved, by=aino, at=NOON)

    [event] = events(secret)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (str(made.calendar_uid), 2, "CANCELLED")
    assert event["SUMMARY"].startswith("Peruttu: ")  # Aino's language; for readers that ignore the status


def test_an_appointment_that_was_given_on_changes_calendars(case, aino, bertta):
    made = an_appointment(case, by=aino)

    appointments.change(appointment=made, details=details(worker=bertta), version=1, by=aino, at=NOON)

    assert events(feed_of(aino)) == []
    assert [event["UID"] for event in events(feed_of(bertta))] == [str(made.calendar_uid)]


@pytest.mark.parametrize(("days", "is_shown"), [(-61, False), (-60, True), (399, True), (400, False)])
def test_it_reaches_from_60_days_back_to_400_ahead(case, aino, days, is_shown):
    an_appointment(case, by=aino, on=TODAY + timedelta(days))

    assert len(events(feed_of(aino))) == is_shown


def test_team_meetings_one_is_invited_to_are_there_too(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[aino, daavid])

    for user in (aino, daavid):
        [event] = events(feed_of(user))
        assert event["UID"] == str(meeting.calendar_uid)
    assert events(feed_of(bertta)) == []

    meetings.cancel(meeting=meeting, by=aino, at=NOON)
    [event] = events(feed_of(daavid))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Peruttu: ")


def test_no_word_of_the_client_is_in_its_bytes(kaavi, aino):
    details_of_client: dict[str, Any] = {
        "first_name": "Kanaria",
        "last_name": "Lintunen",
        "phone": "040 765 4321",
        "email": "kanaria@example.com",
        "street": "Salakatu 7",
        "postal_code": "73600",
        "city": "Juankoski",
    }
    case = a_case(by=aino, **details_of_client)
    an_illness(case, "Canary fever", icd10="M54.5", effect="Cannot fly.", by=aino)
    debriefed(prepared(an_appointment(case, by=aino, on=TODAY, begins=time(8), ends=time(9)), by=aino), by=aino)
    canaries = [*details_of_client.values(), case.client.identity_code, PLACE, SALO, "Canary fever", "M54.5"]
    canaries += [PREPARED.wants_to_say, PREPARED.daily_limits, PREPARED.asked_for, SAID.said, SAID.ordered]
    canaries += ["Cannot fly", SAID.next_step, str(case.pk), str(case.client_id)]
    secret, one = feed_of(aino), case.appointments.get()

    file = browser_of(aino).get(reverse("appointment_ics", args=[case.number, one.pk]))

    for answer in (read(secret), file):
        flat = re.sub(rb"\r\n ", b"", answer.content) + str(answer.headers).encode()
        assert case.number.encode() in flat
        assert [word for word in canaries if word.encode() in flat] == []


def test_one_appointment_is_a_file_that_cancels_when_it_is_cancelled(case, aino, aino_browser):
    made = an_appointment(case, by=aino)
    url = reverse("appointment_ics", args=[case.number, made.pk])
    answer = aino_browser.get(url)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(answer.content)["METHOD"] == "PUBLISH"
    assert PortalClient("kaavi.localhost").get(url).status_code == 302  # to sign in

    appointments.cancel(appointment=made, by=aino, at=NOON)

    assert Calendar.from_ical(aino_browser.get(url).content)["METHOD"] == "CANCEL"


# --- whose it is ------------------------------------------------------------------------------------------------


def test_only_a_hash_of_the_address_is_kept(kaavi, aino):
    secret = feed_of(aino)

    assert len(secret) >= 43
    assert secret not in str(CalendarFeed.objects.values().get())


def test_an_address_of_a_neighbour_is_not_found_here(case, aino, cecilia, tuusniemi):
    secret = feed_of(aino)
    with in_municipality(tuusniemi):
        hers = feed_of(cecilia)

    assert [read(secret).status_code, read(hers, host="tuusniemi.localhost").status_code] == [200, 200]
    assert read(secret, host="tuusniemi.localhost").status_code == 404
    assert read(hers).status_code == 404
    assert read(secret, host="console.localhost").status_code == 404


@pytest.mark.parametrize("secret", ["x", "0" * 64, "%00", "ä", "..", "a" * 3000])
def test_a_made_up_address_is_not_found(kaavi, aino, secret):
    feed_of(aino)

    assert read(secret).status_code == 404


def test_the_hash_is_no_address(kaavi, aino):
    feed_of(aino)

    assert read(CalendarFeed.objects.get().secret_hash).status_code == 404


def test_a_new_address_ends_the_old_one_and_ending_ends_it(kaavi, aino):
    old, new = feed_of(aino), feed_of(aino)
    assert (read(old).status_code, read(new).status_code) == (404, 200)

    calendar_feeds.stop(user=aino)
    calendar_feeds.stop(user=aino)

    assert read(new).status_code == 404
    assert AccessEntry.objects.filter(action="calendar.stopped").count() == 1


def test_who_is_disabled_or_may_see_no_cases_has_no_calendar(kaavi, aino, bertta):
    secrets = [feed_of(aino), feed_of(bertta)]
    aino.is_active = False
    aino.save()
    bertta.roles = [str(Role.PORTAL_ADMIN)]
    bertta.save()

    assert [read(secret).status_code for secret in secrets] == [404, 404]


def test_who_became_a_team_member_sees_only_the_cases_of_the_own_team(case, aino, bertta):
    shown, other = (an_appointment(one, by=aino, worker=bertta) for one in (case, a_case(by=aino)))
    cases.add_participant(case=case, user=bertta, since=TODAY, by=aino, at=NOON)
    bertta.roles = [str(Role.TEAM_MEMBER)]
    bertta.save()

    assert [event["UID"] for event in events(feed_of(bertta))] == [str(in_db(shown).calendar_uid)]
    assert other.is_planned


def test_the_answer_is_kept_nowhere_and_begins_no_session(case, aino):
    an_appointment(case, by=aino)

    answer = read(feed_of(aino))

    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert case.number not in answer.headers["Content-Disposition"]


def test_a_calendar_is_only_read(kaavi, aino):
    secret = feed_of(aino)

    assert read(secret, method="post").status_code == 405
    assert read(secret, method="head").status_code == 200


# --- the access log and the number of questions -----------------------------------------------------------------


def logged():
    return list(AccessEntry.objects.filter(action="calendar.read").values_list("actor", "subject", "route"))


def test_a_reading_is_logged_as_a_look_of_its_person_once_a_day(case, aino, time_is):
    an_appointment(case, by=aino)
    secret = feed_of(aino)

    for _time in range(3):
        read(secret)
    assert logged() == [(aino.pk, case.number, "calendar_file")]

    other = a_case(by=aino)
    an_appointment(other, by=aino)
    read(secret)
    assert [subject for _actor, subject, _route in logged()] == [other.number, case.number]

    time_is(NOON + timedelta(days=1))
    read(secret)
    assert len(logged()) == 4


def test_no_log_no_calendar(case, aino, monkeypatch):
    an_appointment(case, by=aino)
    secret = feed_of(aino)

    def broken(**_):
        raise RuntimeError("the log is away")

    monkeypatch.setattr("tenants.audit.access_log.record", broken)

    with pytest.raises(RuntimeError):
        read(secret)


def test_a_full_calendar_asks_no_more_questions_than_an_empty_one(case, aino, daavid, django_assert_max_num_queries):
    secret = feed_of(aino)
    read(secret)
    with django_assert_max_num_queries(15) as few:
        read(secret)
    for number in range(8):
        an_appointment(a_case(by=aino), by=aino, begins=time(8, number))
        a_meeting(by=aino, team=[aino, daavid])
    read(secret)

    with django_assert_max_num_queries(15) as many:
        read(secret)
    assert len(many.captured_queries) == len(few.captured_queries)


# --- the page about it ------------------------------------------------------------------------------------------


def test_the_address_is_shown_once(kaavi, aino, aino_browser):
    made = aino_browser.post(reverse("calendar_feed_make"))

    address = made.context["address"]
    assert address in made.text
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert read(secret).status_code == 200
    assert secret not in aino_browser.get(reverse("calendar_feed")).text

    aino_browser.post(reverse("calendar_feed_stop"))
    assert read(secret).status_code == 404


def test_a_team_member_has_a_calendar_of_meetings(kaavi, daavid):
    assert browser_of(daavid).post(reverse("calendar_feed_make")).status_code == 200


def test_people_without_cases_have_none(kaavi, paula, tiina):
    for user in (paula, tiina):
        assert browser_of(user).get(reverse("calendar_feed")).status_code == 403
