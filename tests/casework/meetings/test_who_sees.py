"""Who sees what of a meeting and for how long: a colleague, the outsider, a team member, the place under an order."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.cases.door import own_cases, visible_cases
from casework.meetings import actions as meetings
from casework.meetings import agenda
from tenants.accounts import staff
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import (
    ON_ITEM,
    ON_MEETING,
    TOMORROW,
    a_meeting,
    an_item,
    at,
    details,
    final,
    in_db,
    of,
    written,
)
from tests.conftest import NOON
from tests.people import browser_of, person

AFTER = TOMORROW + timedelta(hours=3)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def item(case, aino, bertta, daavid):
    return an_item(a_meeting(by=aino, team=[bertta, daavid]), case, by=aino, question="Can work begin?")


@pytest.fixture
def aino_browser(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


def test_of_a_colleagues_meeting_one_sees_when_where_who_and_whose_cases_but_no_client(item, aino):
    elina = person("Elina", Role.COORDINATOR, language="en")
    own = a_case(by=elina, first_name="Liisa", last_name="Laine")
    an_item(item.meeting, own, by=elina)
    browser = browser_of(elina)

    page = browser.get(of("meeting", item.meeting)).text

    assert all(
        words in page for words in ("Health centre, room 2", "Daavid", f"Case {item.case.number}", "Liisa Laine")
    )
    assert not any(words in page for words in ("Meikäläinen", "Can work begin?"))
    assert [entry.subject for entry in AccessEntry.objects.filter(action="agenda.seen", actor=elina.pk)] == [own.number]


def test_the_number_of_a_colleagues_case_opens_it_for_a_reason(item):
    elina = person("Elina", Role.COORDINATOR, language="en")
    browser = browser_of(elina)
    asked = browser.get(at("agenda_item", item)).headers["Location"]

    browser.post(asked, {"reason": "Aino is ill today."})

    assert "Can work begin?" in browser.get(at("agenda_item", item)).text
    assert "Meikäläinen" in browser.get(of("meeting", item.meeting)).text


@pytest.mark.parametrize("name", ON_MEETING)
def test_an_outsider_finds_no_meeting(item, cecilia, tuusniemi, name):
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(of(name, item.meeting)).status_code == 404


@pytest.mark.parametrize("name", [*ON_ITEM, "minutes_pdf"])
def test_an_outsider_finds_no_minutes(item, cecilia, tuusniemi, name):
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(at(name, item)).status_code == 404


def test_a_team_member_who_is_not_invited_finds_nothing(item, aino):
    browser = browser_of(person("Eeva", Role.TEAM_MEMBER))

    assert browser.get(of("meeting", item.meeting)).status_code == 404
    assert browser.get(item.get_absolute_url()).status_code == 404
    assert item.case.number not in browser.get(reverse("meeting_list")).content.decode()


def test_a_team_member_reads_and_changes_nothing(item, daavid):
    browser = browser_of(daavid)

    for name in ("agenda_item", "minutes_versions", "minutes_pdf"):
        assert browser.get(at(name, item)).status_code == 200
    assert browser.get(of("meeting", item.meeting)).status_code == 200
    for name in ("agenda_question", "agenda_take_off", "minutes_edit", "minutes_task", "minutes_finalise"):
        assert browser.get(at(name, item)).status_code == 403
        assert browser.post(at(name, item)).status_code == 403
    for name in ("meeting_edit", "meeting_cancel", "meeting_presence", "meeting_agenda_add"):
        assert browser.get(of(name, item.meeting)).status_code == 403
    assert browser.post(of("meeting_close", item.meeting)).status_code == 403
    assert browser.get(reverse("meeting_new")).status_code == 403


def test_a_team_member_opens_the_clients_of_the_agenda_without_a_reason(item, daavid):
    assert browser_of(daavid).get(item.case.get_absolute_url()).status_code == 200


def test_a_team_member_goes_and_sees_nothing_any_more(item, aino, daavid):
    browser = browser_of(daavid)
    own, others = (item.meeting.participants.get(user=user) for user in (daavid, aino))
    assert browser.post(of("meeting_leave", item.meeting, others.pk)).status_code == 403

    browser.post(of("meeting_leave", item.meeting, own.pk))

    assert browser.get(of("meeting", item.meeting)).status_code == 404
    assert browser.get(item.get_absolute_url()).status_code == 404
    assert browser.get(item.case.get_absolute_url()).status_code == 404


def test_after_the_closing_a_team_member_sees_the_meeting_without_its_clients(item, aino, daavid):
    final(item, by=aino)
    meetings.close(meeting=item.meeting, by=aino, at=AFTER)

    page = browser_of(daavid).get(of("meeting", item.meeting)).content.decode()

    assert "Meikäläinen" not in page
    assert browser_of(daavid).get(item.get_absolute_url()).status_code == 404


def test_what_was_taken_off_is_shown_with_its_reason_to_those_who_work_only(item, aino, daavid, aino_browser):
    cases.add_participant(case=item.case, user=daavid, since=NOON.date(), by=aino, at=NOON)
    agenda.take_off(item=item, reason="The client is ill.", by=aino, at=NOON)

    assert "The client is ill." in aino_browser.get(of("meeting", item.meeting)).content.decode()
    assert "The client is ill." not in browser_of(daavid).get(of("meeting", item.meeting)).content.decode()
    assert browser_of(daavid).get(item.get_absolute_url()).status_code == 404


def test_minutes_of_another_case_are_not_found_under_this_one(item, aino, aino_browser):
    other = a_case(by=aino)

    assert aino_browser.get(reverse("agenda_item", args=[other.number, item.pk])).status_code == 404


def test_the_page_of_a_meeting_is_logged_for_each_client(item, aino, aino_browser):
    other = an_item(item.meeting, a_case(by=aino), by=aino)

    aino_browser.get(of("meeting", item.meeting))

    logged = AccessEntry.objects.filter(action="agenda.seen").values_list("subject", flat=True)
    assert set(logged) == {item.case.number, other.case.number}


def test_a_protective_order_hides_the_place_but_from_those_who_come(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    item = an_item(meeting, a_case(by=aino, protective_order_source="DVV"), by=aino)

    def shows(user, address) -> bool:
        return "Health centre, room 2" in browser_of(user).get(address).content.decode()

    assert [shows(user, of("meeting", meeting)) for user in (aino, daavid, bertta)] == [True, True, False]
    assert [shows(user, of("meeting_edit", meeting)) for user in (aino, bertta)] == [True, False]
    for address in (
        item.get_absolute_url(),
        reverse("case_meetings", args=[item.case.number]),
        reverse("meeting_list"),
        at("minutes_edit", item),
    ):
        assert not shows(aino, address)


def test_who_is_invited_takes_the_meeting_into_a_calendar_and_nobody_is_named_in_it(item, daavid):
    answer = browser_of(daavid).get(of("meeting_ics", item.meeting))

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;TZID=Europe/Helsinki:20261124T120000" in answer.content
    assert not [
        word for word in ("Meik", "Matti", item.case.number, "room 2", "Aino") if word.encode() in answer.content
    ]


def test_who_is_not_invited_or_works_elsewhere_gets_no_calendar_file(item, cecilia, tuusniemi):
    hilkka = person("Hilkka", Role.TEAM_MEMBER)

    assert browser_of(hilkka).get(of("meeting_ics", item.meeting)).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(of("meeting_ics", item.meeting)).status_code == 404


# --- of whom and how long -------------------------------------------------------------------------------------------


def test_a_team_member_sees_exactly_the_clients_of_the_agendas_they_are_invited_to(kaavi, aino, daavid):
    case, other, third = a_case(by=aino), a_case(by=aino), a_case(by=aino)
    an_item(a_meeting(by=aino, team=[daavid]), case, by=aino)
    an_item(a_meeting(by=aino), other, by=aino)

    assert list(visible_cases(daavid)) == [case]
    assert list(own_cases(daavid)) == [case]
    assert third not in visible_cases(daavid)


def test_an_agenda_does_not_make_a_colleagues_client_ones_own(kaavi, aino, bertta):
    case = a_case(by=aino)
    an_item(a_meeting(by=aino, team=[bertta]), case, by=aino)

    assert case not in own_cases(bertta)


def test_sight_ends_when_the_minutes_are_closed_and_not_before(kaavi, aino, daavid):
    case, meeting = a_case(by=aino), a_meeting(by=aino, team=[daavid])
    final(an_item(meeting, case, by=aino), by=aino)
    assert list(visible_cases(daavid)) == [case]

    meetings.close(meeting=meeting, by=aino, at=AFTER)

    assert not visible_cases(daavid).exists()


def test_a_participant_who_leaves_the_team_with_minutes_open_loses_sight_at_once(kaavi, aino, bertta, daavid):
    case, meeting = a_case(by=aino), a_meeting(by=aino, team=[bertta, daavid])
    item = written(an_item(meeting, case, by=aino), by=aino)

    meetings.leave(participant=meeting.participants.get(user=daavid), by=aino, at=AFTER)
    meetings.leave(participant=meeting.participants.get(user=daavid), by=aino, at=AFTER + timedelta(days=1))

    assert not visible_cases(daavid).exists()
    assert meeting.participants.get(user=daavid).left_at == AFTER
    assert in_db(item).recommendation == "A work try-out in spring."
    assert case in visible_cases(bertta)


def test_a_disabled_account_loses_sight_at_once(kaavi, aino, daavid, paula):
    an_item(a_meeting(by=aino, team=[daavid]), a_case(by=aino), by=aino)

    staff.disable(person=daavid, by=paula, at=NOON)
    daavid.refresh_from_db()

    assert not visible_cases(daavid).exists()


def test_the_chair_leaves_only_when_there_is_another(kaavi, aino, bertta):
    meeting = a_meeting(by=aino, team=[bertta])

    with pytest.raises(meetings.ChairCannotLeave):
        meetings.leave(participant=meeting.participants.get(user=aino), by=aino, at=NOON)

    meetings.change(meeting=meeting, details=details(chair=bertta), version=1, by=bertta, at=NOON)
    assert meeting.participants.get(user=aino).left_at == NOON


def test_what_is_taken_off_is_seen_no_more(kaavi, aino, daavid):
    item = an_item(a_meeting(by=aino, team=[daavid]), a_case(by=aino), by=aino)

    agenda.take_off(item=item, reason="The client is ill.", by=aino, at=NOON)

    assert not visible_cases(daavid).exists()


def test_a_client_who_withdraws_is_seen_no_more_for_an_agenda(kaavi, aino, daavid):
    case = a_case(by=aino)
    item = an_item(a_meeting(by=aino, team=[daavid]), case, by=aino)

    cases.close(case=case, outcome="withdrew", closed_on=NOON.date(), version=1, by=aino, at=NOON)

    assert not visible_cases(daavid).exists()
    agenda.take_off(item=item, reason="The client withdrew.", by=aino, at=NOON)
    assert in_db(item).is_withdrawn


def test_who_is_in_the_team_of_the_case_keeps_seeing_it(kaavi, aino, daavid):
    case, meeting = a_case(by=aino), a_meeting(by=aino, team=[daavid])
    cases.add_participant(case=case, user=daavid, since=NOON.date(), by=aino, at=NOON)
    final(an_item(meeting, case, by=aino), by=aino)

    meetings.close(meeting=meeting, by=aino, at=AFTER)

    assert list(visible_cases(daavid)) == [case]
