"""When a decision has become final, and until when its removal may be asked; what nobody knows is said as unknown."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.appeals import actions as appeals
from casework.applications.finality import Finality, RemovalTime, Standing, finality_of, removal_time
from casework.law import removal as rules
from casework.law.origins import Certainty
from casework.models import Appeal, Decision
from tests.casework.applications.making import LAST_DAY, a_decision, answered, appeal_at, application_at, in_db
from tests.casework.removals.making import ENDS_ON, FINAL_ON, a_final_decision
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def finality(decision: Decision, *, today: date = TODAY) -> Finality:
    return finality_of(decision, list(decision.appeals.all()), today=today)


def time_of(decision: Decision, *, today: date = TODAY) -> RemovalTime:
    found = removal_time(decision, list(decision.appeals.all()), today=today)
    assert found is not None
    return found


def test_it_is_final_when_its_time_of_appeal_is_over_without_an_appeal(kaavi, aino):
    found = time_of(a_final_decision(by=aino))

    assert (found.finality.standing, found.finality.on, found.ends_on) == (Standing.FINAL, FINAL_ON, ENDS_ON)


def test_on_the_last_day_of_appeal_it_is_not_final_yet(kaavi, aino):
    decision = a_decision(by=aino)

    assert finality(decision, today=LAST_DAY).standing is Standing.NOT_YET
    assert finality(decision, today=LAST_DAY + timedelta(days=1)).on == LAST_DAY
    assert time_of(decision, today=LAST_DAY).ends_on is None


def test_while_its_last_day_of_appeal_is_unknown_so_is_whether_it_is_final(kaavi, aino):
    decision = a_decision(by=aino)
    Decision.objects.update(last_day=None, safe_day=None)

    found = time_of(in_db(decision))

    assert (found.finality.standing, found.ends_on) == (Standing.UNKNOWN, None)
    assert not found.is_late(date(2060, 1, 1))


@pytest.mark.parametrize("state", ["filed", "forwarded"])
def test_while_an_appeal_is_under_way_it_is_not_final(kaavi, aino, state):
    appeal = appeal_at(state, by=aino)

    assert finality(appeal.decision, today=date(2030, 1, 1)).standing is Standing.NOT_YET


def test_an_appeal_that_was_begun_and_never_filed_leaves_it_final_after_its_time(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    assert finality(appeal.decision).standing is Standing.NOT_YET
    assert finality(appeal.decision, today=LAST_DAY + timedelta(days=1)).on == LAST_DAY


def test_after_an_appeal_that_was_filed_and_withdrawn_nobody_knows_since_when(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    known: dict[str, Any] = {"withdrawn_on": TODAY, "version": appeal.version}
    appeals.withdraw(appeal=appeal, **known, by=aino, at=NOON)

    assert finality(appeal.decision, today=date(2030, 1, 1)).standing is Standing.UNKNOWN


def test_the_ruling_of_the_last_court_makes_it_final(kaavi, aino):
    court = at_court(aino)
    ruled = ruling(court, "rejected", aino)

    assert finality(ruled.decision) == Finality(standing=Standing.FINAL, on=TODAY)


def test_a_court_that_changed_it_leaves_open_what_is_final(kaavi, aino):
    ruled = ruling(at_court(aino), "changed", aino)

    assert finality(ruled.decision, today=date(2030, 1, 1)).standing is Standing.UNKNOWN


def test_a_ruling_of_the_board_that_nobody_took_on_makes_it_final_after_the_time_to_go_to_the_court(kaavi, aino):
    board = appeal_at("decided", by=aino)
    court = board.next_appeals.get()
    assert finality(board.decision).standing is Standing.NOT_YET
    appeals.withdraw(appeal=court, withdrawn_on=TODAY, version=court.version, by=aino, at=NOON)

    assert court.last_day is not None
    assert finality(board.decision).standing is Standing.NOT_YET
    assert finality(board.decision, today=court.last_day + timedelta(days=1)).on == court.last_day


def test_what_a_board_changed_is_not_said_to_be_final(kaavi, aino):
    appeal = answered(appeal_at("forwarded", by=aino), "changed", by=aino)

    assert finality(appeal.decision, today=date(2030, 1, 1)).standing is Standing.UNKNOWN


def test_the_five_years_are_told_as_not_verified(kaavi, aino):
    window = time_of(a_final_decision(by=aino)).window

    assert (window.years, window.certainty) == (5, Certainty.UNVERIFIED)


def test_its_time_is_over_on_the_day_after_the_last(kaavi, aino):
    found = time_of(a_final_decision(by=aino))

    assert not found.is_late(ENDS_ON)
    assert found.is_late(ENDS_ON + timedelta(days=1))


def test_five_years_after_a_leap_day_end_with_february():
    window = rules.window("samu", date(2024, 1, 1))

    assert window is not None
    assert window.ends_on(date(2024, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("benefit", "decider", "is_known"),
    [("TKE-T", "keva", True), ("SPR", "kela", True), ("TTO", "kela", False)],
)
def test_it_is_known_of_decisions_whose_appeal_goes_to_these_boards_only(kaavi, aino, benefit, decider, is_known):
    decision = a_decision(application=application_at("filed", benefit=benefit, decider=decider, by=aino), by=aino)

    assert (removal_time(decision, [], today=TODAY) is not None) is is_known


def at_court(aino: Any) -> Appeal:
    court: Appeal = appeal_at("decided", by=aino).next_appeals.get()
    return appeals.file(appeal=court, filed_on=TODAY, version=court.version, by=aino, at=NOON)


def ruling(appeal: Appeal, result: str, aino: Any) -> Appeal:
    return answered(appeal, result, by=aino)
