"""A referral to a clinic that was written down wrong is corrected, its latest step or all of it taken back."""

from datetime import date, timedelta

import pytest

from casework.applications.correcting import NoStepToTakeBack
from casework.care_referrals import correcting
from casework.law.errors import DayOrderWrong
from casework.models import CareReferral, Case, Task
from casework.reminders.sweep import sweep
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tests.asking import asked
from tests.casework.care_referrals.making import SENT, WAYS, a_care_referral, known, with_steps
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def corrected(referral, *, by, **others) -> CareReferral:
    facts = {name: getattr(referral, name) for name in referral.recorded} | others
    known = {"reason": "Luin väärin", "version": referral.version}
    return correcting.correct(referral=referral, facts=facts, **known, by=by, at=NOON)


def without_step(referral, *, by) -> CareReferral:
    return correcting.take_back_step(referral=referral, reason="Ei tehty", version=referral.version, by=by, at=NOON)


def in_db() -> CareReferral:
    found: CareReferral = CareReferral.objects.get()
    return found


def open_tasks() -> int:
    return Task.objects.filter(done_at=None).count()


@pytest.mark.parametrize("state", [state for state in WAYS if state != "draft"])
def test_the_latest_step_is_taken_back_with_what_it_wrote_and_the_history_keeps_it(case, aino, state):
    referral = a_care_referral(state, case=case, by=aino)
    *earlier, latest = WAYS[state]
    before = a_care_referral(case=a_case(by=aino), by=aino)
    before = with_steps(before, *earlier, by=aino)

    back = without_step(referral, by=aino)

    assert (back.state, back.steps, back.due_on) == (before.state, before.steps, before.due_on)
    for name in CareReferral.WRITTEN_BY[latest]:
        assert not getattr(back, name)
    [kept] = corrections.of_row(back)
    assert kept.correction.reason == "Ei tehty"


def test_the_way_back_is_exact_after_two_rounds_of_questions(case, aino):
    referral = a_care_referral("returned", case=case, by=aino)
    referral = with_steps(referral, "supply", "ask_for_more", "supply", "withdraw", by=aino)
    states = []
    while correcting.has_step_to_take_back(referral):
        referral = without_step(referral, by=aino)
        states.append(referral.state)

    assert states == ["sent", "returned", "sent", "returned", "sent", "draft"]
    with pytest.raises(NoStepToTakeBack):
        without_step(referral, by=aino)


def test_the_task_about_what_is_awaited_again_is_opened_again(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    sweep(on=known(referral.due_on) + timedelta(days=1), at=NOON)
    accepted = with_steps(referral, "accept", by=aino)
    assert open_tasks() == 0

    without_step(accepted, by=aino)

    assert open_tasks() == 1


def test_another_day_of_sending_moves_the_day_and_ends_the_task_about_the_old_one(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    sweep(on=known(referral.due_on) + timedelta(days=1), at=NOON)
    old = referral.due_on

    moved = corrected(referral, sent_on=SENT + WEEK, by=aino)

    assert moved.due_on == known(old) + WEEK
    assert open_tasks() == 0


def test_a_day_that_somebody_expects_themselves_stands(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)

    moved = corrected(referral, sent_on=SENT + WEEK, due_on=TODAY, by=aino)
    assert moved.due_on == TODAY

    assert corrected(moved, question="Toinen", by=aino).due_on == TODAY


def test_what_no_step_has_written_is_not_corrected(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)

    corrected(referral, refused_on=TODAY, refusal_reason="Ei", by=aino)

    assert (in_db().refused_on, in_db().refusal_reason, in_db().state) == (None, "", "sent")


def test_days_in_an_odd_order_are_asked_about(case, aino):
    referral = a_care_referral("accepted", case=case, by=aino)

    with asked(DayOrderWrong):
        corrected(referral, sent_on=known(referral.accepted_on) + WEEK, by=aino)


def test_one_that_was_taken_back_is_nowhere_and_is_touched_no_more(case, aino):
    referral = a_care_referral("returned", case=case, by=aino)
    sweep(on=TODAY, at=NOON)

    removed = correcting.take_back(referral=referral, reason="Väärä", version=referral.version, by=aino, at=NOON)

    assert not CareReferral.objects.exists()
    assert open_tasks() == 0
    with pytest.raises(TakenBack):
        without_step(removed, by=aino)
