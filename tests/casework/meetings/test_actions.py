"""Meetings of the team: planned, moved, cancelled and closed, and who is told."""

from datetime import timedelta
from typing import Any

import pytest

from casework.cases.door import GIVEN_REASON, visible_cases
from casework.cases.queries import subject
from casework.meetings import actions as meetings
from casework.meetings import agenda, queries
from casework.models import Meeting
from casework.timeline import corrections
from tenants.accounts.permissions import Role
from tenants.audit import access_log
from tenants.mail.models import OutgoingEmail
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import TOMORROW, a_consent, a_meeting, an_item, details, final, written
from tests.conftest import NOON
from tests.people import browser_of, person

AFTER = TOMORROW + timedelta(hours=3)


def mails(template: str = "meeting_invitation") -> list[str]:
    found = OutgoingEmail.objects.filter(template=f"casework/emails/{template}").order_by("created_at")
    return list(found.values_list("to__name", flat=True))


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


# --- planning and changing ------------------------------------------------------------------------------------------


def test_nobody_invites_themselves_to_cases_they_have_not_opened(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    an_item(meeting, a_case(by=aino), by=aino)
    with_her = details(chair=aino, team=[daavid, bertta])

    with pytest.raises(meetings.CannotInviteOneself):
        meetings.change(meeting=meeting, details=with_her, version=1, by=bertta, at=NOON)

    meetings.change(meeting=meeting, details=with_her, version=1, by=aino, at=NOON)
    assert meeting.participants.filter(user=bertta, left_at=None).exists()


def test_who_said_why_at_each_case_may_take_the_chair(kaavi, aino, bertta):
    meeting, case = a_meeting(by=aino), a_case(by=aino)
    an_item(meeting, case, by=aino)
    access_log.record(by=bertta, action=GIVEN_REASON, subjects=[subject(case)], reason="Aino is ill today.")

    changed = meetings.change(meeting=meeting, details=details(chair=bertta), version=1, by=bertta, at=NOON)

    assert changed.chair == bertta


def test_a_planned_meeting_invites_the_team_and_the_chair(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[daavid, bertta])

    assert {one.user.name: one.profession for one in meeting.participants.select_related("user")} == {
        "Aino": "",
        "Bertta": "Profession of Bertta",
        "Daavid": "Profession of Daavid",
    }
    assert sorted(mails()) == ["Bertta", "Daavid"]


def test_nobody_is_invited_by_mail_to_a_meeting_of_the_past(kaavi, aino, daavid):
    a_meeting(by=aino, team=[daavid], starts_at=NOON - timedelta(days=3))

    assert mails() == []


@pytest.mark.parametrize("hours", [0, -1])
def test_a_meeting_ends_after_it_begins(kaavi, aino, hours):
    with pytest.raises(meetings.EndsBeforeItBegins):
        a_meeting(by=aino, ends_at=TOMORROW + timedelta(hours=hours))


def test_who_does_not_work_with_cases_cannot_chair_and_who_sees_none_is_not_invited(kaavi, aino, daavid, paula):
    with pytest.raises(meetings.CannotChair):
        a_meeting(by=aino, chair=daavid)
    with pytest.raises(meetings.CannotAttend):
        a_meeting(by=aino, team=[paula])
    assert not Meeting.objects.exists()


def test_a_moved_meeting_is_told_to_all_and_its_calendar_sequence_grows(kaavi, aino, daavid):
    meeting = a_meeting(by=aino, team=[daavid])

    moved = details(chair=aino, team=[daavid], starts_at=TOMORROW + timedelta(hours=1))
    meetings.change(meeting=meeting, details=moved, version=1, by=aino, at=NOON)

    assert fresh(meeting).sequence == 1
    assert mails() == ["Daavid", "Daavid"]


def test_a_moved_meeting_keeps_the_old_agreement_and_its_cases_say_that_it_moved(kaavi, aino):
    meeting, case = a_meeting(by=aino), a_case(by=aino)
    an_item(meeting, case, by=aino)
    moved = details(chair=aino, starts_at=TOMORROW + timedelta(days=1), place="Etäyhteys")

    meetings.change(meeting=meeting, details=moved, version=1, by=aino, at=NOON)

    [earlier] = corrections.of_row(meeting, is_hidden=False)
    said = {str(old.label): str(old.said) for old in earlier.olds}
    assert said["Alkaa"].startswith("24.11.2026")
    assert said["Paikka tai videolinkki"] == "Health centre, room 2"
    assert case.events.get(kind="meeting.moved").facts == {"meeting_on": "2026-11-25"}


def test_who_does_not_come_reads_no_old_place_of_a_protected_client(kaavi, aino, bertta):
    meeting, case = a_meeting(by=aino), a_case(by=aino, protective_order_source="DVV")
    an_item(meeting, case, by=aino)
    meetings.change(meeting=meeting, details=details(chair=aino, place="Etäyhteys"), version=1, by=aino, at=NOON)

    pages = [browser_of(one).get(meeting.get_absolute_url()).content.decode() for one in (aino, bertta)]

    assert ["Health centre, room 2" in page for page in pages] == [True, False]


def test_a_change_of_the_team_alone_moves_nothing(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[daavid])

    meetings.change(meeting=meeting, details=details(chair=aino, team=[daavid, bertta]), version=1, by=aino, at=NOON)

    assert fresh(meeting).sequence == 0
    assert mails() == ["Daavid", "Bertta"]


def test_who_is_no_longer_named_has_left_and_may_be_invited_again(kaavi, aino, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    meetings.change(meeting=meeting, details=details(chair=aino), version=1, by=aino, at=NOON)
    assert meeting.participants.get(user=daavid).left_at == NOON

    later = NOON + timedelta(hours=1)
    meetings.change(meeting=meeting, details=details(chair=aino, team=[daavid]), version=2, by=aino, at=later)

    assert meeting.participants.get(user=daavid).left_at is None
    assert mails() == ["Daavid", "Daavid"]


def test_the_second_of_two_editors_is_told(kaavi, aino, bertta):
    meeting = a_meeting(by=aino)
    meetings.change(meeting=meeting, details=details(chair=aino, place="First"), version=1, by=bertta, at=NOON)

    with pytest.raises(EditedMeanwhile):
        meetings.change(meeting=meeting, details=details(chair=aino, place="Second"), version=1, by=aino, at=NOON)

    assert fresh(meeting).place == "First"


def test_a_meeting_is_not_moved_to_a_day_that_a_consent_does_not_reach(kaavi, aino):
    case, meeting = a_case(by=aino), a_meeting(by=aino)
    a_consent(case, by=aino, valid_until=TOMORROW.date())
    an_item(meeting, case, by=aino)
    week_after = details(chair=aino, starts_at=TOMORROW + timedelta(days=7))

    with pytest.raises(meetings.GroundDoesNotReach, match=case.number):
        meetings.change(meeting=meeting, details=week_after, version=1, by=aino, at=NOON)

    a_consent(case, by=aino)
    assert meetings.change(meeting=meeting, details=week_after, version=1, by=aino, at=NOON).sequence == 1


# --- cancelling ------------------------------------------------------------------------------------------------------


def test_a_cancelled_meeting_is_told_once_to_everybody_invited(kaavi, aino, bertta, daavid):
    case, meeting = a_case(by=aino), a_meeting(by=aino, team=[bertta, daavid])
    an_item(meeting, case, by=aino)

    meetings.cancel(meeting=meeting, by=aino, at=NOON)
    meetings.cancel(meeting=meeting, by=bertta, at=NOON)

    assert (fresh(meeting).state, fresh(meeting).sequence) == ("cancelled", 1)
    assert sorted(mails("meeting_cancelled")) == ["Bertta", "Daavid"]
    assert case.events.filter(kind="meeting.cancelled").count() == 1
    assert not visible_cases(daavid).exists()


def test_a_meeting_with_minutes_is_not_cancelled(kaavi, aino):
    meeting = a_meeting(by=aino)
    written(an_item(meeting, a_case(by=aino), by=aino), by=aino)

    with pytest.raises(meetings.MinutesWereWritten):
        meetings.cancel(meeting=meeting, by=aino, at=NOON)


def test_the_case_of_a_cancelled_meeting_can_be_put_on_another_agenda(kaavi, aino):
    case, meeting = a_case(by=aino), a_meeting(by=aino)
    an_item(meeting, case, by=aino)
    meetings.cancel(meeting=meeting, by=aino, at=NOON)

    assert an_item(a_meeting(by=aino), case, by=aino).is_open
    with pytest.raises(meetings.MeetingIsCancelled):
        an_item(meeting, a_case(by=aino), by=aino)


# --- presence and closing ---------------------------------------------------------------------------------------------


def test_presence_is_noted_once_the_meeting_has_begun(kaavi, aino, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    chair = meeting.participants.get(user=aino)
    with pytest.raises(meetings.NotYetHeld):
        meetings.note_presence(meeting=meeting, present={chair.pk}, by=aino, at=NOON)

    meetings.note_presence(meeting=meeting, present={chair.pk}, by=aino, at=AFTER)

    assert [one.was_present for one in meeting.participants.order_by("user__name")] == [True, False]


def test_closing_says_which_case_is_not_ready(kaavi, aino):
    meeting = a_meeting(by=aino)
    ready, unfinished = a_case(by=aino), a_case(by=aino)
    final(an_item(meeting, ready, by=aino), by=aino)
    item = an_item(meeting, unfinished, by=aino)

    with pytest.raises(meetings.MinutesAreOpen) as refusal:
        meetings.close(meeting=meeting, by=aino, at=AFTER)
    assert unfinished.number in str(refusal.value.user_message)
    assert ready.number not in str(refusal.value.user_message)

    agenda.take_off(item=item, reason="No time.", by=aino, at=AFTER)
    meetings.close(meeting=meeting, by=aino, at=AFTER)
    meetings.close(meeting=meeting, by=aino, at=AFTER + timedelta(days=1))
    assert fresh(meeting).closed_at == AFTER


def test_a_meeting_is_not_closed_before_it_begins(kaavi, aino):
    with pytest.raises(meetings.NotYetHeld):
        meetings.close(meeting=a_meeting(by=aino), by=aino, at=NOON)


def test_a_closed_meeting_is_not_changed(kaavi, aino, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    meetings.close(meeting=meeting, by=aino, at=AFTER)

    with pytest.raises(meetings.MeetingIsOver):
        meetings.change(meeting=meeting, details=details(chair=aino), version=2, by=aino, at=AFTER)
    with pytest.raises(meetings.MeetingIsOver):
        meetings.leave(participant=meeting.participants.get(user=daavid), by=aino, at=AFTER)
    with pytest.raises(meetings.MeetingIsOver):
        meetings.cancel(meeting=meeting, by=aino, at=AFTER)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_the_lists_hold_what_is_to_come_what_is_open_and_what_is_past(kaavi, aino, daavid):
    ahead = a_meeting(by=aino, team=[daavid])
    held = a_meeting(by=aino, starts_at=NOON - timedelta(days=2))
    gone = a_meeting(by=aino, team=[daavid])
    meetings.cancel(meeting=gone, by=aino, at=NOON)

    assert queries.to_come(aino, NOON, most=9) == [ahead]
    assert queries.with_open_minutes(aino, NOON, most=9) == [held]
    assert list(queries.past(aino)) == [gone]
    assert queries.with_open_minutes(daavid, NOON, most=9) == []


def test_a_calendar_holds_a_persons_meetings_with_the_cancelled_ones_and_no_place_of_the_protected(kaavi, aino, daavid):
    meeting = a_meeting(by=aino, team=[daavid])
    a_meeting(by=aino)
    gone = a_meeting(by=aino, team=[daavid], starts_at=TOMORROW + timedelta(days=1))
    meetings.cancel(meeting=gone, by=aino, at=NOON)
    before: list[Any] = queries.of_worker(daavid, NOON)
    assert [one.shown_place for one in before] == ["Health centre, room 2"] * 2

    an_item(meeting, a_case(by=aino, protective_order_source="DVV"), by=aino)

    found: list[Any] = queries.of_worker(daavid, NOON)
    assert [(one.pk, one.is_cancelled, one.case_count, one.shown_place) for one in found] == [
        (meeting.pk, False, 1, ""),
        (gone.pk, True, 0, "Health centre, room 2"),
    ]
    assert queries.of_worker(daavid, TOMORROW + timedelta(days=30)) == []


def test_the_last_team_is_the_usual_one(kaavi, aino, bertta, daavid):
    meeting = a_meeting(by=aino, team=[daavid, bertta])
    meetings.leave(participant=meeting.participants.get(user=bertta), by=aino, at=NOON)

    assert {one.user.name for one in queries.last_team()} == {"Aino", "Daavid"}


# --- mails ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_mails_say_day_time_number_of_cases_and_link_and_nothing_of_a_client(kaavi, aino, language):
    reader = person("Eeva", Role.TEAM_MEMBER, language=language)
    meeting = a_meeting(by=aino, place="KANARIALINTU")
    name: dict[str, Any] = {"first_name": "KANARIALINTU", "last_name": "KANARIALINTU"}
    case = a_case(by=aino, protective_order_source="KANARIALINTU", **name)
    an_item(meeting, case, by=aino, question="KANARIALINTU")
    team = details(chair=aino, team=[reader], place="KANARIALINTU")
    meetings.change(meeting=meeting, details=team, version=1, by=aino, at=NOON)
    moved = details(chair=aino, team=[reader], place="KANARIALINTU", starts_at=TOMORROW + timedelta(days=1))
    meetings.change(meeting=meeting, details=moved, version=2, by=aino, at=NOON)
    meetings.cancel(meeting=meeting, by=aino, at=NOON)

    found = list(OutgoingEmail.objects.filter(to=reader).order_by("created_at"))
    assert len(found) == 3
    for mail in found:
        everything = f"{mail.subject}\n{mail.text}\n{mail.html}"
        for secret in ("KANARIALINTU", case.number, case.client.identity_code, "Kaavi"):
            assert secret not in everything
        assert f"/meetings/{meeting.pk}/" in mail.text
        assert f"/meetings/{meeting.pk}/" in mail.html
        assert "2026" in mail.subject
        assert mail.about == ""
    assert all(f"/meetings/{meeting.pk}/meeting.ics" in mail.text and "meeting.ics" in mail.html for mail in found[:2])
