"""A case: opened with a number, given on, closed, reopened; its team."""

from datetime import date, timedelta

import pytest

from casework.cases import actions as cases
from casework.clients import actions as clients
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.models import Case, Event
from tenants.audit.models import AccessEntry
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case, a_client
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def test_a_case_gets_the_next_number_of_its_year(kaavi, aino):
    earlier = a_case(by=aino, opened_on=date(2025, 12, 30))
    first, second = a_case(by=aino), a_case(by=aino)

    assert [earlier.number, first.number, second.number] == ["2025-0001", "2026-0001", "2026-0002"]


def test_opening_a_case_is_on_its_timeline_and_in_the_access_log(kaavi, aino):
    case = a_case(by=aino)

    event = Event.objects.get(case=case)
    assert (event.kind, event.on, event.by) == ("case.opened", case.opened_on, aino)
    assert AccessEntry.objects.filter(subject=case.number, action="case.opened", actor=aino.pk).count() == 1


def test_a_client_has_one_open_case_at_a_time(kaavi, aino):
    case = a_case(by=aino)

    with pytest.raises(cases.CaseAlreadyOpen) as refusal:
        cases.open(client=case.client, coordinator=aino, opened_on=TODAY, by=aino, at=NOON)

    assert case.number in str(refusal.value.user_message)
    assert Case.objects.count() == 1


def test_a_case_is_not_opened_before_the_client_was_born_or_tomorrow(kaavi, aino):
    client = a_client(by=aino)

    with pytest.raises(BeforeBirth):
        cases.open(client=client, coordinator=aino, opened_on=client.born_on - timedelta(1), by=aino, at=NOON)
    with pytest.raises(InTheFuture):
        cases.open(client=client, coordinator=aino, opened_on=TODAY + timedelta(1), by=aino, at=NOON)


def test_a_team_member_cannot_be_the_coordinator(kaavi, aino, daavid):
    client = a_client(by=aino)

    with pytest.raises(cases.NotACoordinator):
        cases.open(client=client, coordinator=daavid, opened_on=TODAY, by=aino, at=NOON)


def test_reassigning_gives_the_case_to_the_other_coordinator(kaavi, aino, bertta):
    case = a_case(by=aino)

    cases.reassign(case=case, coordinator=bertta, version=case.version, by=bertta, at=NOON)

    case.refresh_from_db()
    assert case.coordinator == bertta
    assert case.events.filter(kind="case.reassigned").exists()


def test_the_second_of_two_editors_is_told(kaavi, aino, bertta):
    case = a_case(by=aino)
    cases.reassign(case=case, coordinator=bertta, version=1, by=bertta, at=NOON)

    with pytest.raises(EditedMeanwhile) as refusal:
        cases.set_direction(case=case, direction="work", direction_on=TODAY, version=1, by=aino, at=NOON)

    assert refusal.value.current_version == 2
    case.refresh_from_db()
    assert case.direction == ""


@pytest.mark.parametrize(("outcome", "direction"), [("pension", "pension"), ("moved", "")])
def test_closing_with_a_direction_also_sets_it(kaavi, aino, outcome, direction):
    case = a_case(by=aino)

    cases.close(case=case, outcome=outcome, closed_on=TODAY, version=1, by=aino, at=NOON)

    case.refresh_from_db()
    assert (case.outcome, case.direction, case.closed_on, case.is_open) == (outcome, direction, TODAY, False)


def test_a_case_is_not_closed_before_it_was_opened_and_not_twice(kaavi, aino):
    case = a_case(by=aino, opened_on=date(2026, 6, 1))

    with pytest.raises(cases.ClosedBeforeOpened):
        cases.close(case=case, outcome="work", closed_on=date(2026, 5, 31), version=1, by=aino, at=NOON)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        cases.close(case=case, outcome="moved", closed_on=TODAY, version=2, by=aino, at=NOON)


def test_a_closed_case_opens_again_unless_the_client_has_another_by_now(kaavi, aino):
    case = a_case(by=aino)
    cases.close(case=case, outcome="withdrew", closed_on=TODAY, version=1, by=aino, at=NOON)
    assert cases.reopen(case=case, by=aino, at=NOON).is_open

    cases.close(case=case, outcome="withdrew", closed_on=TODAY, version=3, by=aino, at=NOON)
    cases.open(client=case.client, coordinator=aino, opened_on=TODAY, by=aino, at=NOON)
    with pytest.raises(cases.CaseAlreadyOpen):
        cases.reopen(case=case, by=aino, at=NOON)


def test_joining_and_leaving_the_team(kaavi, aino, daavid):
    case = a_case(by=aino)
    participant = cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)

    with pytest.raises(cases.AlreadyTakesPart):
        cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    cases.remove_participant(participant=participant, until=TODAY, by=aino, at=NOON)
    cases.remove_participant(participant=participant, until=TODAY, by=aino, at=NOON)

    assert case.events.filter(kind="case.participant_removed").count() == 1
    assert cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON).until is None


def test_a_portal_administrator_cannot_join_a_team(kaavi, aino, paula):
    with pytest.raises(cases.CannotTakePart):
        cases.add_participant(case=a_case(by=aino), user=paula, since=TODAY, by=aino, at=NOON)


def test_changing_details_of_a_client_is_told_on_the_open_case(kaavi, aino):
    case = a_case(by=aino)
    client = case.client
    details = clients.ClientDetails(first_name="Matias", last_name="Meikäläinen", identity_code=client.identity_code)

    clients.change(client=client, details=details, version=1, by=aino, at=NOON)

    assert case.events.filter(kind="client.changed").exists()
