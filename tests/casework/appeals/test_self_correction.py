"""Before the board rules: the decider corrects itself or passes the appeal on, and the client may comment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casework.appeals import actions as appeals
from casework.appeals import correcting, self_correction
from casework.appeals.correcting import AppealFacts
from casework.applications import appeal_days, presenters
from casework.cases.clocks import running_decisions
from casework.decisions import actions as decisions
from casework.decisions import correcting as corrected_decisions
from casework.endings.actions import Fate
from casework.law.errors import DayOrderWrong, InTheFuture
from casework.law.origins import UNKNOWN
from casework.models import Appeal, Decision, Task
from casework.reminders import sweep as sweeping
from casework.timeline import corrections
from tenants.due import Kind
from tenants.models import DueWork
from tenants.scope import in_console
from tests.asking import asked
from tests.casework.applications.making import (
    LAST_DAY,
    a_decision,
    answered,
    appeal_at,
    application_at,
    in_db,
)
from tests.casework.endings.making import closed
from tests.conftest import NOON

TODAY = NOON.date()
GRANTED: dict[str, Any] = {"decided_on": TODAY, "result": "granted", "channel": "post", "notice_on": TODAY}
PARTLY = GRANTED | {"result": "partly"}


def common(appeal, by) -> dict[str, Any]:
    return {"version": in_db(appeal).version, "by": by, "at": NOON}


def days_of(appeal):
    found = appeal_days.forwarding_of(appeal)
    assert found
    return found


# --- corrected in part, and passed on -----------------------------------------------------------------------------


def test_what_the_decider_corrects_in_part_starts_no_clock_and_the_board_still_answers(kaavi, aino):
    appeal = appeal_at("filed", by=aino)

    self_correction.correct_in_part(appeal=appeal, on=TODAY, **common(appeal, aino))
    assert (in_db(appeal).state, in_db(appeal).partly_corrected_on) == ("filed", TODAY)
    assert Appeal.objects.count() == 1  # no appeal to the court is begun
    assert not running_decisions(TODAY).exists()
    self_correction.forward(appeal=appeal, on=TODAY, **common(appeal, aino))
    answered(in_db(appeal), "changed", by=aino)

    assert (in_db(appeal).state, in_db(appeal).result) == ("decided", "changed")


def test_an_appeal_may_be_ruled_on_though_nobody_heard_that_it_was_passed_on(kaavi, aino):
    appeal = answered(appeal_at("filed", by=aino), by=aino)

    assert (appeal.state, appeal.forwarded_on) == ("decided", None)


def test_what_the_decider_corrects_itself_is_no_ruling(kaavi, aino):
    appeal = appeal_at("filed", by=aino)

    with pytest.raises(appeals.NotARuling):
        answered(appeal, "corrected", by=aino)
    decided = answered(appeal, by=aino)
    said = {name: getattr(decided, name) for name in AppealFacts.__dataclass_fields__} | {"result": "corrected"}
    with pytest.raises(appeals.NotARuling):
        correcting.correct(appeal=decided, facts=AppealFacts(**said), reason="Misread", **common(decided, aino))

    assert in_db(appeal).result == "rejected"


@pytest.mark.parametrize("step", [self_correction.forward, self_correction.correct_in_part])
def test_the_decider_does_nothing_with_an_appeal_before_it_is_filed_nor_tomorrow(kaavi, aino, step):
    appeal = appeal_at("filed", by=aino)

    with asked(DayOrderWrong):
        step(appeal=appeal, on=TODAY - timedelta(days=1), **common(appeal, aino))
    with pytest.raises(InTheFuture):
        step(appeal=appeal, on=TODAY + timedelta(days=1), **common(appeal, aino))


@pytest.mark.parametrize(("benefit", "decider"), [("TTO", "kela")])
def test_where_no_board_is_there_nobody_passes_anything_on(kaavi, aino, benefit, decider):
    decision = a_decision(application=application_at("filed", benefit=benefit, decider=decider, by=aino), by=aino)
    appeal = appeal_at("filed", decision=decision, by=aino)

    for step in (self_correction.forward, self_correction.correct_in_part):
        with pytest.raises(self_correction.NoBoard):
            step(appeal=appeal, on=TODAY, **common(appeal, aino))
    with pytest.raises(self_correction.NoBoard):
        self_correction.correct_in_full(appeal=appeal, **GRANTED, **common(appeal, aino))
    assert appeal_days.forwarding_of(appeal) is None


# --- corrected in full ----------------------------------------------------------------------------------------------


def test_a_correction_in_full_ends_the_appeal_with_a_new_decision_and_is_the_outcome(kaavi, aino):
    appeal = appeal_at("filed", by=aino)

    decision = self_correction.correct_in_full(appeal=appeal, **GRANTED, **common(appeal, aino))

    appeal, application = in_db(appeal), decision.application
    assert (appeal.state, appeal.result, appeal.result_on) == ("decided", "corrected", TODAY)
    assert (decision.follows, application.is_decided, application.decided_on) == (appeal, True, TODAY)
    assert not appeal.may_be_appealed
    assert not running_decisions(TODAY).exists()
    assert presenters.card(in_db(application), today=TODAY).tag == Decision.Result.GRANTED.label


def test_the_decider_may_correct_itself_while_the_board_has_the_appeal(kaavi, aino, aino_browser):
    appeal = appeal_at("forwarded", by=aino)
    assert "new-decision/" in aino_browser.get(appeal.get_absolute_url()).text

    self_correction.correct_in_full(appeal=appeal, **GRANTED, **common(appeal, aino))

    assert (in_db(appeal).state, in_db(appeal).result) == ("decided", "corrected")
    page = aino_browser.get(appeal.get_absolute_url())
    assert [str(step.label) for step in page.context["steps"]][2] == "Lautakunnassa"
    assert "Vaatimukset on hyväksytty" not in page.text  # the new decision has a time of appeal of its own
    correcting.take_back_step(appeal=appeal, reason="Toinen asiakas", **common(appeal, aino))
    assert in_db(appeal).is_forwarded


def test_a_new_decision_that_is_no_full_grant_has_its_own_clock_and_check(kaavi, aino):
    appeal = appeal_at("filed", by=aino)

    decision = self_correction.correct_in_full(appeal=appeal, **PARTLY, **common(appeal, aino))

    assert list(running_decisions(TODAY)) == [decision]
    assert decision.coverage_check.is_open
    assert appeal_at("filed", decision=decision, by=aino).is_filed


def test_a_correction_made_before_the_appeal_was_filed_is_refused_and_nothing_is_written(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    before = GRANTED | {"decided_on": date(2026, 11, 20), "notice_on": date(2026, 11, 20)}

    with asked(decisions.DecidedBeforeFiling):
        self_correction.correct_in_full(appeal=appeal, **before, **common(appeal, aino))

    assert in_db(appeal).state == "filed"


def test_taking_the_step_back_takes_the_new_decision_with_it_and_its_days_follow_a_correction(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    first = appeal.decision
    decision = self_correction.correct_in_full(appeal=appeal, **PARTLY, **common(appeal, aino))
    with pytest.raises(corrected_decisions.FollowsFromAppeal):
        corrected_decisions.take_back(decision=decision, reason="Wrong", **common(decision, aino))
    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | {"channel": "electronic"}
    corrected_decisions.correct(decision=decision, reason="Misread", **said, **common(decision, aino))
    assert in_db(appeal).result_channel == "electronic"

    correcting.take_back_step(appeal=appeal, reason="Another client", **common(appeal, aino))

    assert (in_db(appeal).state, in_db(appeal).result) == ("filed", "")
    assert list(Decision.objects.all()) == [first]
    assert in_db(first.application).decided_on == first.decided_on


def test_a_new_decision_that_is_appealed_keeps_the_step_from_being_taken_back(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    appeal_at(
        "filed", decision=self_correction.correct_in_full(appeal=appeal, **PARTLY, **common(appeal, aino)), by=aino
    )

    with pytest.raises(corrected_decisions.HasAppeal):
        correcting.take_back_step(appeal=appeal, reason="Wrong", **common(appeal, aino))


# --- in time? -------------------------------------------------------------------------------------------------------


def test_the_times_run_from_the_end_of_the_time_of_appeal_and_name_their_source(kaavi, aino):
    found = days_of(appeal_at("filed", by=aino))

    assert (found.usual, found.latest) == (LAST_DAY + timedelta(days=30), LAST_DAY + timedelta(days=60))
    assert found.origin.source == "TyEL 395/2006 133 §, 134 §"


def test_an_appeal_that_is_not_passed_on_is_asked_after_once_after_each_time_until_it_is(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    days, told = days_of(appeal), []

    for on in (days.usual, days.usual + timedelta(days=1), days.latest, days.latest + timedelta(days=1)):
        told.append(sweeping.sweep(on=on, at=NOON))

    assert told == [0, 1, 0, 1]
    assert "26.2.2027" in Task.objects.latest("due_on").title
    later = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
    self_correction.forward(appeal=appeal, on=later.date(), version=appeal.version, by=aino, at=later)
    assert not Task.objects.filter(done_at=None).exists()
    assert sweeping.sweep(on=later.date(), at=later) == 0


def test_who_asks_late_is_asked_once_only(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    late = days_of(appeal).latest + timedelta(days=20)

    assert (
        sweeping.sweep(on=late, at=NOON),
        sweeping.sweep(on=days_of(appeal).usual + timedelta(days=2), at=NOON),
    ) == (1, 0)


def test_an_appeal_that_came_late_is_passed_on_after_it_came_and_that_is_not_verified(kaavi, aino):
    decision = a_decision(decided_on=date(2026, 9, 15), notice_on=date(2026, 9, 15), by=aino)
    draft = appeal_at("draft", decision=decision, by=aino)
    late: dict[str, Any] = {"filed_on": TODAY, "late_reason": "Asiakas oli sairaalassa."}

    appeal = appeals.file(appeal=draft, **late, **common(draft, aino))

    found = days_of(appeal)
    assert (found.usual, found.latest) == (TODAY + timedelta(days=30), TODAY + timedelta(days=60))
    assert found.origin == UNKNOWN


def test_what_was_asked_by_a_day_that_was_read_wrong_lapses_when_the_notice_is_confirmed(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    late = days_of(appeal).usual + timedelta(days=1)
    assert sweeping.sweep(on=late, at=NOON) == 1

    decision = in_db(appeal.decision)
    said: dict[str, Any] = {"channel": "post", "notice_on": decision.notice_on, "printed_last_day": date(2027, 1, 29)}
    decisions.confirm_notice(decision=decision, **said, **common(decision, aino))

    assert not Task.objects.filter(done_at=None).exists()
    assert days_of(in_db(appeal)).usual == date(2027, 2, 28)


def test_what_was_asked_of_an_appeal_that_was_never_filed_lapses_with_its_filing(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    assert sweeping.sweep(on=days_of(appeal).usual + timedelta(days=1), at=NOON) == 1

    correcting.take_back_step(appeal=appeal, reason="Toinen asiakas", **common(appeal, aino))

    assert not Task.objects.filter(done_at=None).exists()


# --- the client's comment -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["filed", "forwarded"])
def test_the_day_of_a_comment_comes_to_today_and_goes_with_the_comment(kaavi, aino, state):
    appeal, due_on = appeal_at(state, by=aino), date(2026, 12, 4)

    self_correction.ask_comment(appeal=appeal, due_on=due_on, **common(appeal, aino))
    with in_console():
        assert DueWork.objects.filter(kind=Kind.REMINDERS, at__lte=NOON).exists()  # the sweep comes at once
    sweeping.sweep(on=TODAY, at=NOON)

    task = Task.objects.get()
    assert (task.due_on, task.assignee) == (due_on, aino)
    self_correction.comment(appeal=appeal, on=TODAY, **common(appeal, aino))
    assert Task.objects.get().is_done
    assert not in_db(appeal).awaits_comment


def test_another_day_of_the_comment_takes_the_place_of_the_first(kaavi, aino):
    appeal = appeal_at("forwarded", by=aino)
    for due_on in (date(2026, 12, 4), date(2026, 12, 11)):
        self_correction.ask_comment(appeal=appeal, due_on=due_on, **common(appeal, aino))
        sweeping.sweep(on=TODAY, at=NOON)

    assert [task.due_on for task in Task.objects.filter(done_at=None)] == [date(2026, 12, 11)]


def test_that_the_client_commented_once_stays_in_the_history_when_the_board_asks_again(kaavi, aino):
    appeal = appeal_at("forwarded", by=aino)
    self_correction.ask_comment(appeal=appeal, due_on=date(2026, 12, 4), **common(appeal, aino))
    self_correction.comment(appeal=appeal, on=TODAY, **common(appeal, aino))

    self_correction.ask_comment(appeal=appeal, due_on=date(2027, 2, 5), **common(appeal, aino))

    assert in_db(appeal).awaits_comment
    [earlier] = corrections.of_row(in_db(appeal))
    assert [str(old.said) for old in earlier.olds] == ["4.12.2026", "23.11.2026"]


def test_a_ruling_and_a_withdrawal_end_what_was_asked(kaavi, aino):
    for end in (lambda appeal: answered(appeal, by=aino), lambda appeal: withdrawn(appeal, by=aino)):
        appeal = appeal_at("forwarded", by=aino)
        self_correction.ask_comment(appeal=appeal, due_on=date(2026, 12, 4), **common(appeal, aino))
        sweeping.sweep(on=TODAY, at=NOON)
        end(in_db(appeal))

        assert not Task.objects.filter(done_at=None).exists()


def withdrawn(appeal, *, by):
    return appeals.withdraw(appeal=appeal, withdrawn_on=TODAY, version=appeal.version, by=by, at=NOON)


# --- in a closed case -----------------------------------------------------------------------------------------------


def test_an_appeal_that_a_colleague_follows_in_a_closed_case_is_still_watched_and_worked_on(kaavi, aino, bertta):
    appeal = appeal_at("filed", by=aino)
    self_correction.ask_comment(appeal=appeal, due_on=date(2026, 12, 4), **common(appeal, aino))
    closed(appeal.decision.application.case, Fate(holder="colleague", colleague=bertta), by=aino)

    late = days_of(appeal).usual + timedelta(days=1)
    assert sweeping.sweep(on=late, at=NOON) == 2
    assert {task.assignee for task in Task.objects.filter(done_at=None)} == {bertta}
    self_correction.comment(appeal=appeal, on=TODAY, **common(appeal, bertta))
    self_correction.forward(appeal=appeal, on=TODAY, **common(appeal, bertta))
    assert not Task.objects.filter(done_at=None).exists()


def test_an_appeal_that_nobody_here_follows_in_a_closed_case_asks_nobody(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    closed(appeal.decision.application.case, Fate(holder="client"), by=aino)

    assert sweeping.sweep(on=days_of(appeal).latest + timedelta(days=1), at=NOON) == 0


# --- put right ------------------------------------------------------------------------------------------------------


def test_each_day_on_the_way_can_be_corrected_with_its_history_and_each_step_taken_back(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    self_correction.correct_in_part(appeal=appeal, on=TODAY, **common(appeal, aino))
    self_correction.forward(appeal=appeal, on=TODAY, **common(appeal, aino))
    self_correction.ask_comment(appeal=appeal, due_on=date(2026, 12, 4), **common(appeal, aino))
    appeal = self_correction.comment(appeal=appeal, on=TODAY, **common(appeal, aino))
    said = {name: getattr(appeal, name) for name in AppealFacts.__dataclass_fields__}
    facts = AppealFacts(**said | {"comment_due_on": date(2026, 12, 11)})
    correcting.correct(appeal=appeal, facts=facts, reason="Misread", **common(appeal, aino))
    assert in_db(appeal).comment_due_on == date(2026, 12, 11)

    seen = []
    for _step in range(5):
        correcting.take_back_step(appeal=appeal, reason="Wrong", **common(appeal, aino))
        found = in_db(appeal)
        days = (found.partly_corrected_on, found.forwarded_on, found.comment_due_on, found.commented_on)
        seen.append((found.state, [day is not None for day in days]))

    assert seen == [
        ("forwarded", [True, True, True, False]),
        ("forwarded", [True, True, False, False]),
        ("filed", [True, False, False, False]),
        ("filed", [False, False, False, False]),
        ("draft", [False, False, False, False]),
    ]


# --- the outcome ----------------------------------------------------------------------------------------------------


def test_a_won_appeal_is_what_the_application_shows(kaavi, aino):
    lost, won = (appeal_at("forwarded", by=aino) for _number in range(2))
    answered(lost, "rejected", by=aino)
    answered(won, "changed", by=aino)

    shown = [presenters.card(in_db(appeal.decision.application), today=TODAY) for appeal in (lost, won)]

    assert [(str(card.tag), card.tone) for card in shown] == [
        ("Hylätty", "danger"),
        ("Valituksesta: hyväksytty", "success"),
    ]
