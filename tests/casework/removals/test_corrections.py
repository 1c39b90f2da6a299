"""What was written down wrong of an application for removal: corrected, a step taken back, all of it taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.applications.correcting import NoStepToTakeBack
from casework.applications.owed import WaitWasFollowed
from casework.decisions import correcting as corrected_decisions
from casework.models import Removal, Round
from casework.removals import correcting
from casework.removals.actions import LateReasonNeeded, RemovalExists
from casework.removals.correcting import RemovalFacts
from casework.timeline.corrections import TakenBack
from tenants.accounts.models import User
from tests.casework.applications.making import a_decision, in_db
from tests.casework.removals.making import a_final_decision, a_removal, answered, filed, removal_in_db, withdrawn
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
BEFORE = TODAY - timedelta(days=3)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def corrected(removal: Removal, *, by: User, **said: Any) -> Removal:
    facts = RemovalFacts(**{name: getattr(removal, name) for name in RemovalFacts.__dataclass_fields__} | said)
    return correcting.correct(
        removal=removal, facts=facts, reason="Luin väärin", version=removal.version, by=by, at=NOON
    )


def step_back(removal: Removal, *, by: User) -> Removal:
    known: dict[str, Any] = {"reason": "Liian aikaisin", "version": removal.version}
    return correcting.take_back_step(removal=removal, **known, by=by, at=NOON)


def take_back(removal: Removal, *, by: User) -> Removal:
    known: dict[str, Any] = {"reason": "Väärä päätös", "version": removal.version}
    return correcting.take_back(removal=removal, **known, by=by, at=NOON)


def test_a_corrected_day_of_the_answer_moves_the_wait_that_began_with_it(kaavi, aino):
    removal = answered(filed(a_removal(by=aino), filed_on=BEFORE, by=aino), "removed", by=aino)

    corrected(removal, answered_on=BEFORE, by=aino)

    waiting = in_db(removal.decision.application)
    assert waiting.current_round is not None
    assert (waiting.waiting_since, waiting.current_round.begun_on) == (BEFORE, BEFORE)


def test_a_decision_is_not_taken_back_while_its_removal_is_applied_for(kaavi, aino):
    removal = a_removal("filed", by=aino)
    mistake: dict[str, Any] = {"reason": "Toisen asiakkaan", "by": aino, "at": NOON}
    with pytest.raises(corrected_decisions.HasRemoval):
        corrected_decisions.take_back(decision=removal.decision, version=removal.decision.version, **mistake)

    correcting.take_back(removal=removal, version=removal.version, **mistake)
    corrected_decisions.take_back(decision=removal.decision, version=in_db(removal.decision).version, **mistake)

    assert removal.decision.application.decisions.count() == 0


def test_a_corrected_filing_after_the_time_asks_why(kaavi, aino):
    decision = a_final_decision(
        filed_on=date(2020, 9, 1), decided_on=date(2020, 11, 2), notice_on=date(2020, 11, 3), by=aino
    )
    removal = filed(a_removal(decision=decision, by=aino), filed_on=date(2025, 11, 24), by=aino)

    with pytest.raises(LateReasonNeeded):
        corrected(removal, filed_on=BEFORE, by=aino)
    corrected(removal, filed_on=BEFORE, late_reason="Virhe löytyi nyt.", by=aino)

    assert removal_in_db(removal).late_reason == "Virhe löytyi nyt."


def test_each_step_is_taken_back_to_where_it_stood(kaavi, aino):
    removal = answered(a_removal("filed", by=aino), by=aino)

    removal = step_back(removal, by=aino)
    assert (removal.state, removal.answer, removal.answered_on) == ("filed", "", None)
    removal = step_back(removal, by=aino)
    assert (removal.state, removal.filed_on) == ("draft", None)
    with pytest.raises(NoStepToTakeBack):
        step_back(removal, by=aino)


@pytest.mark.parametrize("state", ["draft", "filed"])
def test_a_withdrawal_that_never_was_is_taken_back(kaavi, aino, state):
    removal = withdrawn(a_removal(state, by=aino), by=aino)

    assert step_back(removal, by=aino).state == state


def test_with_an_answer_that_never_came_goes_the_wait_that_began_with_it(kaavi, aino):
    removal = answered(a_removal("filed", by=aino), "removed", by=aino)

    step_back(removal, by=aino)

    stands = in_db(removal.decision.application)
    assert (stands.state, stands.decided_on) == ("decided", date(2025, 3, 3))
    assert Round.objects.filter(application=stands).count() == 1
    assert removal_in_db(removal).round is None


def test_when_the_new_decision_is_here_it_goes_first(kaavi, aino):
    removal = answered(a_removal("filed", by=aino), "removed", by=aino)
    application = in_db(removal.decision.application)
    a_decision("granted", application=application, decided_on=TODAY, notice_on=TODAY, by=aino)

    for undo in (step_back, take_back):
        with pytest.raises(WaitWasFollowed):
            undo(removal_in_db(removal), by=aino)


def test_what_ended_does_not_come_back_beside_another_one(kaavi, aino):
    removal = withdrawn(a_removal(by=aino), by=aino)
    a_removal(decision=removal.decision, by=aino)

    with pytest.raises(RemovalExists):
        step_back(removal, by=aino)


def test_what_was_taken_back_is_nowhere_and_another_one_may_be_begun(kaavi, aino):
    removal = answered(a_removal("filed", by=aino), "removed", by=aino)

    take_back(removal, by=aino)

    assert not Removal.objects.exists()
    assert in_db(removal.decision.application).state == "decided"
    with pytest.raises(TakenBack):
        filed(removal, by=aino)
    assert a_removal(decision=removal.decision, by=aino).is_draft
