"""Appeals: grounds from the gaps, deadlines through both levels, late ones asked why and never blocked."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.appeals import actions as appeals
from casework.appeals import self_correction
from casework.applications import appeal_days
from casework.cases.clocks import running_decisions
from casework.cases.open_ends import open_ends
from casework.law import workflow
from casework.law.errors import DayOrderWrong
from casework.law.workflow import APPEAL, AppealState, StepNotAllowed
from casework.models import Appeal
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import (
    LAST_DAY,
    SAFE_DAY,
    a_decision,
    answered,
    appeal_at,
    application_at,
    closed_check,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
NEW_YEAR = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
SUMMER = datetime(2027, 6, 7, 10, 0, tzinfo=UTC)


def take(step, appeal, *, by):
    """Take a step of the table through its action."""
    common = {"appeal": appeal, "version": appeal.version, "by": by, "at": NOON}
    if step == "decide":
        return appeals.decide(
            result="rejected", result_on=TODAY, result_channel="post", result_notice_on=TODAY, **common
        )
    if step == "correct_in_full":
        granted: dict[str, Any] = {"decided_on": TODAY, "result": "granted", "channel": "post", "notice_on": TODAY}
        return self_correction.correct_in_full(**granted, **common)
    days = {"file": "filed_on", "withdraw": "withdrawn_on", "ask_comment": "due_on"}
    actions = appeals if hasattr(appeals, step) else self_correction
    return getattr(actions, step)(**{days.get(step, "on"): TODAY}, **common)


@pytest.mark.parametrize("step", dict.fromkeys(found.step for found in APPEAL))
@pytest.mark.parametrize("state", [state.value for state in AppealState])
def test_every_action_follows_the_table_from_every_state(kaavi, aino, state, step):
    appeal = appeal_at(state, by=aino)
    allowed = workflow.transition(APPEAL, state, step)

    if allowed is None:
        with pytest.raises(StepNotAllowed):
            take(step, appeal, by=aino)
    else:
        take(step, appeal, by=aino)

    assert in_db(appeal).state == (allowed.target if allowed else state)


def test_a_first_appeal_has_the_days_of_its_decision(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    assert (appeal.last_day, appeal.safe_day) == (LAST_DAY, SAFE_DAY)
    deadline = appeal_days.of_appeal(appeal)
    assert deadline
    assert [step.code for step in deadline.steps] == ["sent", "received", "days", "moved", "arrival"]


@pytest.mark.parametrize(("language", "benefit"), [("fi", "työeläke"), ("sv", "invalidpension"), ("so", "työeläke")])
def test_the_appeal_is_written_in_the_client_s_language_when_authorities_read_it(kaavi, aino, language, benefit):
    application = application_at("filed", case=a_case(by=aino, language=language), by=aino)

    appeal = appeals.draft(decision=a_decision(application=application, by=aino), by=aino, at=NOON)

    assert benefit in appeal.demand


def test_a_draft_that_is_thrown_away_leaves_the_time_running_until_somebody_says_that_the_client_does_not_appeal(
    kaavi, aino
):
    decision = a_decision(by=aino)
    closed_check(decision, "appeal", by=aino)
    thrown_away = appeals.draft(decision=decision, by=aino, at=NOON)
    appeals.withdraw(appeal=thrown_away, withdrawn_on=TODAY, version=thrown_away.version, by=aino, at=NOON)
    assert list(running_decisions(TODAY)) == [decision]
    assert [end.kind for end in open_ends(decision.application.case, on=TODAY)] == ["clock"]

    again = appeals.draft(decision=decision, by=aino, at=NOON)
    known: dict[str, Any] = {"withdrawn_on": TODAY, "is_appeal_waived": True}
    appeals.withdraw(appeal=again, version=again.version, by=aino, at=NOON, **known)

    assert not running_decisions(TODAY).exists()
    assert open_ends(decision.application.case, on=TODAY) == []


def test_an_appeal_that_was_filed_and_given_up_leaves_no_time_running(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    appeals.withdraw(appeal=appeal, withdrawn_on=TODAY, version=appeal.version, by=aino, at=NOON)

    assert not running_decisions(TODAY).exists()


def test_there_is_one_appeal_at_a_level_until_it_is_withdrawn(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    with pytest.raises(appeals.AppealExists):
        appeals.draft(decision=appeal.decision, by=aino, at=NOON)
    appeals.withdraw(appeal=appeal, withdrawn_on=TODAY, version=appeal.version, by=aino, at=NOON)
    appeals.draft(decision=appeal.decision, by=aino, at=NOON)

    assert sorted(Appeal.objects.values_list("state", flat=True)) == ["draft", "withdrawn"]


def test_filing_on_the_last_day_is_in_time(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    filed = appeals.file(appeal=appeal, filed_on=LAST_DAY, version=1, by=aino, at=NEW_YEAR)

    assert (filed.state, filed.was_late) == ("filed", False)


def test_a_late_appeal_is_asked_why_and_then_filed(kaavi, aino):
    appeal = appeal_at("draft", by=aino)
    late = date(2026, 12, 29)

    with pytest.raises(appeals.LateReasonNeeded) as refusal:
        appeals.file(appeal=appeal, filed_on=late, version=1, by=aino, at=NEW_YEAR)
    assert "28.12.2026" in str(refusal.value.user_message)
    assert refusal.value.field == "late_reason"

    filed = appeals.file(
        appeal=appeal, filed_on=late, late_reason="In hospital until 28.12.", version=1, by=aino, at=NEW_YEAR
    )
    assert (filed.state, filed.was_late, in_db(filed).late_reason) == ("filed", True, "In hospital until 28.12.")


def test_a_reason_for_being_late_is_not_kept_when_it_was_in_time(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    filed = appeals.file(appeal=appeal, filed_on=TODAY, late_reason="No", version=1, by=aino, at=NOON)

    assert filed.late_reason == ""


def test_the_board_s_rejection_begins_the_appeal_to_the_court_with_its_own_clock(kaavi, aino):
    board = answered(appeal_at("filed", by=aino), by=aino, at=SUMMER)

    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert (court.state, court.against, court.notice_on) == ("draft", board, date(2027, 6, 7))
    assert court.last_day == date(2027, 7, 14)  # 37 days
    assert appeal_days.body_name(court.decision.application, court.notice_on, Appeal.Level.INSURANCE_COURT.stage)
    assert "7.6.2027" in court.demand


def test_a_changed_decision_needs_no_court(kaavi, aino):
    answered(appeal_at("filed", by=aino), "changed", by=aino, at=SUMMER)

    assert not Appeal.objects.filter(level=Appeal.Level.INSURANCE_COURT).exists()


def test_the_appeal_to_the_court_can_be_begun_again_after_it_was_given_up(kaavi, aino):
    board = answered(appeal_at("filed", by=aino), by=aino, at=SUMMER)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    appeals.withdraw(appeal=court, withdrawn_on=SUMMER.date(), version=1, by=aino, at=SUMMER)

    again = appeals.draft_next(appeal=board, by=aino, at=SUMMER)

    assert (again.state, again.last_day) == ("draft", court.last_day)


def test_only_a_rejecting_answer_goes_to_the_court(kaavi, aino):
    with pytest.raises(appeals.NothingToAppeal):
        appeals.draft_next(appeal=appeal_at("filed", by=aino), by=aino, at=NOON)


def test_the_court_is_the_last_one(kaavi, aino):
    answered(appeal_at("filed", by=aino), by=aino, at=SUMMER)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    court = appeals.file(appeal=court, filed_on=SUMMER.date(), version=1, by=aino, at=SUMMER)

    court = answered(court, by=aino, at=SUMMER)

    with pytest.raises(appeals.NothingToAppeal):
        appeals.draft_next(appeal=court, by=aino, at=SUMMER)
    assert Appeal.objects.count() == 2


def test_basic_social_assistance_goes_to_review_and_then_to_the_administrative_court(kaavi, aino):
    application = application_at("filed", benefit="TTO", decider="kela", by=aino)
    decision = a_decision(application=application, channel="electronic", by=aino)
    assert decision.last_day == date(2026, 12, 21)  # 3 + 30 days, then a Sunday: not SAMU's 37

    first = appeals.draft(decision=decision, by=aino, at=NOON)
    stage = appeal_days.stage_of(application, decision.notice_on, Appeal.Level.SELF_CORRECTION_AND_BOARD.stage)
    assert stage
    assert (stage.body, stage.is_review) == ("kela_review", True)

    answered(appeals.file(appeal=first, filed_on=TODAY, version=1, by=aino, at=NOON), by=aino, at=SUMMER)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    stage = appeal_days.stage_of(application, court.notice_on, Appeal.Level.INSURANCE_COURT.stage)
    assert stage
    assert stage.body == "administrative_court"


def test_the_day_printed_in_the_board_s_answer_wins(kaavi, aino):
    answered(appeal_at("filed", by=aino), by=aino, at=SUMMER)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)

    confirmed = appeals.confirm_notice(
        appeal=court,
        channel="post",
        notice_on=court.notice_on,
        printed_last_day=date(2027, 7, 12),
        version=1,
        by=aino,
        at=SUMMER,
    )

    assert (confirmed.last_day, confirmed.last_day_confirmed_by) == (date(2027, 7, 12), aino)


@pytest.mark.parametrize("field", ["result_on", "result_notice_on"])
def test_an_answer_is_not_older_than_its_question_nor_sent_before_it_was_made(kaavi, aino, field):
    appeal = appeal_at("filed", by=aino)
    days = {"result_on": TODAY, "result_notice_on": TODAY} | {field: date(2026, 11, 20)}

    with asked((DayOrderWrong, appeals.NoticeBeforeAnswer)) as refusal:
        appeals.decide(
            appeal=appeal, result="rejected", result_channel="post", version=appeal.version, by=aino, at=NOON, **days
        )

    assert refusal.value.field == field


def test_the_text_is_edited_until_it_is_filed_and_never_over_somebody_else_s(kaavi, aino, bertta):
    appeal = appeal_at("draft", by=aino)
    appeals.edit(appeal=appeal, demand="All", grounds="Because", version=1, by=bertta, at=NOON)

    with pytest.raises(EditedMeanwhile):
        appeals.edit(appeal=appeal, demand="Other", grounds="Other", version=1, by=aino, at=NOON)
    assert (in_db(appeal).demand, in_db(appeal).grounds) == ("All", "Because")

    filed = appeals.file(appeal=appeal, filed_on=TODAY, version=2, by=aino, at=NOON)
    with pytest.raises(StepNotAllowed):
        appeals.edit(appeal=filed, demand="x", grounds="x", version=filed.version, by=aino, at=NOON)
