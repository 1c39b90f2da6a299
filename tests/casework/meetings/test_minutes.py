"""Minutes of one case: every save is a version, final means final, two people do nothing twice."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.law.errors import CaseIsClosed
from casework.meetings import actions as meetings
from casework.meetings import agenda, minutes
from casework.meetings.agenda import MinutesAreFinal
from casework.meetings.minutes import Words
from casework.meetings.minutes_presenters import changes, file_name, paper
from casework.meetings.queries import participants_of, two_versions
from casework.models import MinutesVersion, Task
from tenants.audit.models import AccessEntry
from tenants.printing import report_pdf
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import TOMORROW, WORDS, a_meeting, an_item, final, in_db, written
from tests.conftest import NOON

LATER = NOON + timedelta(minutes=5)
AFTER = TOMORROW + timedelta(hours=3)
DUE = date(2026, 12, 10)


@pytest.fixture
def item(kaavi, aino, bertta, daavid):
    return an_item(a_meeting(by=aino, team=[bertta, daavid]), a_case(by=aino), by=aino)


# --- writing ---------------------------------------------------------------------------------------------------------


def test_every_save_is_a_version_and_the_same_words_are_none(item, aino, bertta):
    minutes.save(item=item, words=Words(text="One"), version=1, by=aino, at=NOON)
    minutes.save(item=item, words=Words(text="Two"), version=2, by=bertta, at=LATER)
    minutes.save(item=item, words=Words(text="Two"), version=3, by=aino, at=LATER)

    kept = [(one.number, one.text, one.saved_by.name) for one in MinutesVersion.objects.order_by("number")]
    assert kept == [(1, "One", "Aino"), (2, "Two", "Bertta")]
    assert AccessEntry.objects.filter(action="minutes.saved", subject=item.case.number).count() == 2


def test_the_second_of_two_writers_is_told_and_the_first_ones_words_stay(item, aino, bertta):
    minutes.save(item=item, words=Words(text="First"), version=1, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile) as refusal:
        minutes.save(item=item, words=Words(text="Second"), version=1, by=bertta, at=NOON)

    assert (in_db(item).text, refusal.value.current_version) == ("First", 2)
    assert MinutesVersion.objects.count() == 1


def test_minutes_of_a_closed_case_are_not_written(item, aino):
    cases.close(case=item.case, outcome="moved", closed_on=NOON.date(), version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        written(item, by=aino)


# --- finalising ------------------------------------------------------------------------------------------------------


def test_two_people_finalising_the_same_minutes_do_it_once_and_the_second_is_told(item, aino, bertta):
    version = written(item, by=aino).version
    minutes.finalise(item=item, version=version, by=aino, at=NOON)

    with pytest.raises(minutes.AlreadyFinal, match="Aino"):
        minutes.finalise(item=item, version=version, by=bertta, at=LATER)

    now = in_db(item)
    assert (now.is_final, now.finalised_by, now.finalised_at) == (True, aino, NOON)
    assert item.case.events.filter(kind="minutes.finalised").count() == 1
    assert MinutesVersion.objects.count() == 1


def test_the_same_person_may_finalise_twice(item, aino):
    version = written(item, by=aino).version
    minutes.finalise(item=item, version=version, by=aino, at=NOON)

    minutes.finalise(item=item, version=version, by=aino, at=LATER)

    assert in_db(item).finalised_at == NOON


def test_what_was_not_seen_is_not_finalised(item, aino, bertta):
    version = written(item, by=aino).version
    written(item, by=bertta, text="More was said.")

    with pytest.raises(EditedMeanwhile):
        minutes.finalise(item=item, version=version, by=aino, at=NOON)


def test_empty_minutes_are_not_finalised(item, aino):
    with pytest.raises(minutes.NothingWritten):
        minutes.finalise(item=item, version=1, by=aino, at=NOON)


def test_final_minutes_are_changed_only_after_the_chair_opened_them(item, aino, bertta):
    final(item, by=bertta)
    with pytest.raises(MinutesAreFinal):
        written(item, by=aino, text="Later.")
    with pytest.raises(MinutesAreFinal):
        agenda.ask(item=item, question="?", version=3, by=aino, at=NOON)
    with pytest.raises(agenda.NotTheChair, match="Aino"):
        minutes.reopen(item=item, by=bertta, at=NOON)

    minutes.reopen(item=item, by=aino, at=NOON)
    minutes.reopen(item=item, by=aino, at=NOON)

    assert written(item, by=bertta, text="Corrected.").text == "Corrected."
    assert item.case.events.filter(kind="minutes.reopened").count() == 1


@pytest.mark.parametrize("step", ["write", "finalise", "reopen", "take_off"])
def test_who_may_take_a_step_of_the_minutes_is_read_from_the_table(item, aino, bertta, daavid, step):
    starts = final(item, by=aino) if step == "reopen" else written(item, by=aino)
    may = [agenda.may_take(in_db(starts), step, by=user) for user in (aino, bertta, daavid)]

    assert may == [True, step != "reopen", False]


def test_the_minutes_of_a_closed_meeting_stay_as_they_are(item, aino):
    final(item, by=aino)
    meetings.close(meeting=item.meeting, by=aino, at=AFTER)

    with pytest.raises(meetings.MeetingIsOver):
        minutes.reopen(item=item, by=aino, at=AFTER)


# --- tasks -----------------------------------------------------------------------------------------------------------


def test_a_participant_gets_a_task_that_the_minutes_name(item, aino, daavid):
    task = minutes.agree_task(item=item, title="Write a B statement", due_on=DUE, assignee=daavid, by=aino, at=NOON)

    assert (task.case, task.assignee, task.due_on) == (item.case, daavid, DUE)
    assert [agreed.task for agreed in item.agreed_tasks.all()] == [task]


def test_only_who_takes_part_gets_a_task(item, aino, daavid):
    meetings.leave(participant=item.meeting.participants.get(user=daavid), by=aino, at=NOON)

    with pytest.raises(minutes.NotInTheMeeting):
        minutes.agree_task(item=item, title="Statement", due_on=DUE, assignee=daavid, by=aino, at=NOON)

    assert not Task.objects.exists()


# --- comparing and printing ------------------------------------------------------------------------------------------


def test_a_version_is_compared_word_by_word_with_the_one_before(item, aino):
    written(item, by=aino, text="The back is better.")
    written(item, by=aino, text="The back is much better.", decision="Go on.")

    newer, older = two_versions(item, "")
    assert newer
    text, decision = changes(newer, older)

    assert [(part.words, part.is_added, part.is_removed) for part in text.parts] == [
        ("The back is ", False, False),
        ("much ", True, False),
        ("better.", False, False),
    ]
    assert [(part.words, part.is_added) for part in decision.parts] == [("Go on.", True)]


@pytest.mark.parametrize(
    ("asked", "shown", "before"), [("1", 1, None), ("2", 2, 1), ("9", 2, 1), ("x", 2, 1), ("", 2, 1)]
)
def test_the_newest_version_is_shown_when_no_other_is_asked_for(item, aino, asked, shown, before):
    written(item, by=aino, text="One")
    written(item, by=aino, text="Two")

    found = two_versions(item, asked)

    assert [one.number if one else None for one in found] == [shown, before]


def words_of_paper(item) -> str:
    report = paper(item, participants_of(item.meeting))
    return str(report)


def test_the_paper_holds_one_client_and_everything_that_was_said(item, aino, daavid):
    other = a_case(by=aino, first_name="Toinen", last_name="Tuntematon")
    written(an_item(item.meeting, other, by=aino), by=aino, text="Of somebody else.")
    agenda.ask(item=item, question="Can work begin?", version=1, by=aino, at=NOON)
    minutes.agree_task(item=item, title="Write a B statement", due_on=DUE, assignee=daavid, by=aino, at=NOON)
    final(item, by=aino)

    words = words_of_paper(in_db(item))

    for said in (
        "Matti Meikäläinen",
        item.case.number,
        "Profession of Daavid",
        "Can work begin?",
        WORDS.text,
        WORDS.recommendation,
        WORDS.decision,
        "Write a B statement",
        "Health centre, room 2",
    ):
        assert said in words
    for other_words in ("Toinen", "Tuntematon", other.number, "Of somebody else."):
        assert other_words not in words
    assert item.case.client.identity_code not in words


def test_the_paper_of_a_protected_client_leaves_the_place_out(kaavi, aino):
    case = a_case(by=aino, protective_order_source="DVV", street="Piilotie 1")
    item = written(an_item(a_meeting(by=aino), case, by=aino), by=aino)

    words = words_of_paper(item)

    assert "Health centre" not in words
    assert "Piilotie" not in words


def test_the_paper_names_who_was_there_also_when_they_left_the_team_later(item, aino, bertta, daavid):
    team = {one.user_id: one for one in item.meeting.participants.all()}
    present = {team[aino.pk].pk, team[daavid.pk].pk}
    meetings.leave(participant=team[bertta.pk], by=aino, at=NOON)
    meetings.note_presence(meeting=item.meeting, present=present, by=aino, at=AFTER)
    meetings.leave(participant=team[daavid.pk], by=aino, at=AFTER)

    words = words_of_paper(in_db(item))

    assert "Daavid" in words
    assert "Bertta" not in words


def test_of_whom_nobody_has_said_whether_they_came_the_paper_says_so(item, aino, bertta, daavid):
    team = {one.user_id: one for one in item.meeting.participants.all()}
    meetings.leave(participant=team[daavid.pk], by=aino, at=NOON)  # before the meeting
    meetings.leave(participant=team[bertta.pk], by=aino, at=AFTER)  # afterwards, and nobody noted who was there

    people = paper(in_db(item), participants_of(item.meeting)).sections[0].table

    assert people
    assert {row[0]: row[2] for row in people.rows} == {"Aino": "ei kirjattu", "Bertta": "ei kirjattu"}


def test_the_paper_is_a_pdf_without_a_name_in_its_file_name(item, aino):
    item = final(item, by=aino)

    assert report_pdf(paper(item, participants_of(item.meeting))).startswith(b"%PDF")
    assert file_name(item) == f"{item.case.number}-minutes-2026-11-24.pdf"
