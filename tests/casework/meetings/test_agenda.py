"""Agendas: only those who may be discussed, on a recorded ground; the order, the question, and taking a case off."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.consents.guard import ConsentMissing
from casework.law.errors import CaseIsClosed
from casework.meetings import actions as meetings
from casework.meetings import agenda
from casework.meetings.agenda import MinutesAreFinal, TakenOff
from casework.meetings.discussion_grounds import NoSuchLaw
from casework.models import AgendaItem, Event, Meeting, Task
from casework.withdrawals import consents as withdrawn_consents
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import TOMORROW, a_consent, a_meeting, an_item, final, in_db, written
from tests.conftest import NOON

LAW = "381/2023 15 §"


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def meeting(kaavi, aino, daavid):
    return a_meeting(by=aino, team=[daavid])


def add(meeting, case, aino, **others):
    return agenda.add(meeting=meeting, case=case, **{"basis": "consent", **others}, by=aino, at=NOON)


def test_a_case_comes_on_the_agenda_on_the_clients_consent(case, meeting, aino):
    consent = a_consent(case, by=aino)

    item = add(meeting, case, aino, question="Can a work try-out begin?")

    assert (item.consent, item.basis_note, in_db(item).question) == (consent, "", "Can a work try-out begin?")
    event = Event.objects.get(case=case, kind="agenda.added")
    assert (event.about_id, event.facts) == (item.pk, {"meeting_on": "2026-11-24"})


def test_without_consent_it_is_refused_at_the_ground_with_the_way_to_mend_it(case, meeting, aino):
    with pytest.raises(ConsentMissing) as refusal:
        add(meeting, case, aino)

    assert refusal.value.field == "basis"
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    "others",
    [
        {"partner": "kela"},
        {"purpose": "accompany"},
        {"given_on": date(2026, 1, 1), "valid_until": date(2026, 11, 23)},
        {"given_on": date(2026, 1, 1), "withdrawn_on": date(2026, 11, 23)},
        {"given_on": date(2026, 11, 25)},
    ],
    ids=["another partner", "another purpose", "ends the day before", "taken back", "given after"],
)
def test_the_consent_must_be_for_this_and_count_on_the_day_of_the_meeting(case, meeting, aino, others):
    a_consent(case, by=aino, **others)

    with pytest.raises(ConsentMissing):
        add(meeting, case, aino)


def test_a_provision_of_law_does_instead_of_a_consent_when_it_is_one(case, meeting, aino):
    with pytest.raises(NoSuchLaw):
        add(meeting, case, aino, basis="law", law="1/1734")
    with pytest.raises(NoSuchLaw):
        add(meeting, case, aino, basis="law", law="")

    item = add(meeting, case, aino, basis="law", law=LAW)

    assert (item.basis_note, item.consent) == (LAW, None)


def test_a_case_is_on_an_agenda_once(case, meeting, aino):
    an_item(meeting, case, by=aino)

    with pytest.raises(agenda.AlreadyOnAgenda):
        add(meeting, case, aino)


def test_a_network_meeting_is_about_one_client(case, aino):
    network = a_meeting(by=aino, kind=Meeting.Kind.NETWORK)
    an_item(network, case, by=aino)

    with pytest.raises(meetings.OneClientOnly):
        an_item(network, a_case(by=aino), by=aino)


def test_a_closed_case_is_not_put_on_an_agenda(case, meeting, aino):
    a_consent(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=NOON.date(), version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        add(meeting, case, aino)


def test_the_order_is_changed_one_place_at_a_time_and_ends_hold(meeting, aino):
    items = [an_item(meeting, a_case(by=aino), by=aino) for _ in range(3)]
    first, second, third = items

    agenda.move(item=third, up=True, by=aino, at=NOON)
    assert list(meeting.agenda.all()) == [first, third, second]
    agenda.move(item=first, up=True, by=aino, at=NOON)
    agenda.move(item=second, up=False, by=aino, at=NOON)
    assert list(meeting.agenda.all()) == [first, third, second]
    agenda.move(item=first, up=False, by=aino, at=NOON)
    assert list(meeting.agenda.all()) == [third, first, second]


def test_what_was_taken_off_has_no_place_in_the_order(meeting, aino):
    first, second, third = [an_item(meeting, a_case(by=aino), by=aino) for _ in range(3)]
    agenda.take_off(item=second, reason="No time.", by=aino, at=NOON)

    agenda.move(item=third, up=True, by=aino, at=NOON)
    agenda.move(item=second, up=True, by=aino, at=NOON)

    assert list(meeting.agenda.exclude(pk=second.pk)) == [third, first]


def test_the_second_to_write_the_question_is_told(case, meeting, aino):
    item = an_item(meeting, case, by=aino)
    agenda.ask(item=item, question="First", version=1, by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        agenda.ask(item=item, question="Second", version=1, by=aino, at=NOON)

    assert in_db(item).question == "First"


def test_a_case_is_taken_off_once_and_for_the_first_reason(case, meeting, aino, bertta):
    item = an_item(meeting, case, by=aino)

    agenda.take_off(item=item, reason="The client is ill.", by=aino, at=NOON)
    agenda.take_off(item=item, reason="Another reason.", by=bertta, at=NOON)

    assert in_db(item).withdrawn_reason == "The client is ill."
    assert case.events.filter(kind="agenda.taken_off").count() == 1
    with pytest.raises(TakenOff):
        written(item, by=aino)
    assert add(meeting, case, aino).position == 2


def test_final_minutes_stay_on_the_agenda(case, meeting, aino):
    item = final(an_item(meeting, case, by=aino), by=aino)

    with pytest.raises(MinutesAreFinal):
        agenda.take_off(item=item, reason="Too late.", by=aino, at=NOON)


def test_a_consent_withdrawn_with_a_meeting_tomorrow_takes_the_case_off_and_tells_the_chair(
    case, meeting, aino, daavid
):
    consent = a_consent(case, by=aino)
    item = add(meeting, case, aino)

    withdrawn_consents.withdraw(case=case, consent=consent, on=NOON.date(), version=1, by=aino, at=NOON)

    assert in_db(item).is_withdrawn
    assert in_db(item).withdrawn_reason
    assert Task.objects.get(case=case, assignee=meeting.chair)
    with pytest.raises(ConsentMissing):
        add(meeting, case, aino)


def test_nothing_is_added_to_the_agenda_of_a_closed_meeting(case, meeting, aino):
    a_consent(case, by=aino)
    meetings.close(meeting=meeting, by=aino, at=TOMORROW + timedelta(hours=3))

    with pytest.raises(meetings.MeetingIsOver):
        add(meeting, case, aino)
