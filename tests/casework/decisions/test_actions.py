"""Decisions: recording them, what that starts, and confirming the last day of appeal."""

from datetime import date

import pytest

from casework.decisions import actions as decisions
from casework.law.errors import InTheFuture
from casework.models import CoverageCheck, Decision, Event
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.applications.making import (
    FILED,
    LAST_DAY,
    SAFE_DAY,
    a_decision,
    an_illness,
    appeal_at,
    application_at,
    evidence_of,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON


def confirm(decision, *, by, **details):
    details = {"channel": decision.channel, "notice_on": decision.notice_on, "version": decision.version} | details
    return decisions.confirm_notice(decision=decision, by=by, at=NOON, **details)


def test_a_rejection_decides_the_application_and_starts_the_appeal_clock(kaavi, aino):
    decision = a_decision(by=aino)

    assert in_db(decision.application).state == "decided"
    assert (decision.last_day, decision.safe_day) == (LAST_DAY, SAFE_DAY)
    assert Event.objects.get(kind="decision.rejected").facts["last_day"] == LAST_DAY.isoformat()


@pytest.mark.parametrize("result", ["granted_until", "partly", "rejected"])
def test_anything_but_a_full_grant_opens_the_coverage_check(kaavi, aino, result):
    decision = a_decision(result, by=aino)

    assert CoverageCheck.objects.get(decision=decision).is_open


def test_a_full_grant_opens_no_check(kaavi, aino):
    a_decision("granted", by=aino)

    assert not CoverageCheck.objects.exists()


def test_a_decision_before_its_filing_is_asked_of_and_nothing_is_written(kaavi, aino):
    application = application_at("filed", by=aino)

    with asked(decisions.DecidedBeforeFiling) as refusal:
        a_decision(application=application, decided_on=date(2026, 8, 31), by=aino)

    assert refusal.value.field == "decided_on"
    assert "1.9.2026" in str(refusal.value.user_message)
    assert in_db(application).state == "filed"
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"decided_on": date(2026, 11, 24), "notice_on": date(2026, 11, 24)}, InTheFuture),
        ({"notice_on": date(2026, 11, 24)}, InTheFuture),
        ({"notice_on": date(2026, 11, 15)}, decisions.NoticeBeforeDecision),
    ],
)
def test_impossible_days_are_refused(kaavi, aino, details, refusal):
    with pytest.raises(refusal) as refused:
        a_decision(by=aino, **details)

    assert refused.value.field in details


def test_a_grant_until_a_day_needs_the_day(kaavi, aino):
    with pytest.raises(decisions.EndMissing):
        a_decision("granted_until", granted_until=None, by=aino)


def test_a_document_of_another_case_is_not_attached(kaavi, aino):
    from casework.models import Document

    other = a_case(by=aino)
    document = Document.objects.create(
        case=other, kind="decision", title="x", content_type="application/pdf", size=1, sha256="0", uploaded_by=aino
    )

    with pytest.raises(decisions.DocumentOfAnotherCase):
        a_decision(document=document, by=aino)


def test_an_unknown_channel_takes_the_shortest_time(kaavi, aino):
    decision = a_decision(channel="unknown", by=aino)

    assert decision.last_day == date(2026, 12, 21)  # 33 days from 17.11. is a Sunday


def test_the_day_printed_in_the_decision_wins_and_is_confirmed(kaavi, aino):
    decision = a_decision(by=aino)
    assert not decision.is_last_day_confirmed

    confirmed = confirm(decision, printed_last_day=date(2026, 12, 22), by=aino)

    assert (confirmed.last_day, confirmed.safe_day) == (date(2026, 12, 22), date(2026, 12, 15))
    assert confirmed.is_last_day_confirmed
    assert in_db(confirmed).last_day_confirmed_by == aino


def test_confirming_carries_the_days_to_the_draft_of_the_appeal(kaavi, aino):
    appeal = appeal_at("draft", by=aino)

    confirm(in_db(appeal.decision), printed_last_day=date(2026, 12, 22), by=aino)

    assert in_db(appeal).last_day == date(2026, 12, 22)


def test_whether_a_filed_appeal_was_late_follows_the_notice_that_is_confirmed_after_it(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    assert not appeal.was_late

    confirm(in_db(appeal.decision), printed_last_day=date(2026, 11, 20), by=aino)

    assert (in_db(appeal).last_day, in_db(appeal).was_late) == (date(2026, 11, 20), True)
    assert in_db(appeal).is_filed


@pytest.mark.parametrize(
    ("said", "is_confirmed"),
    [
        ({"channel": "unknown"}, False),
        ({"channel": "unknown", "printed_last_day": date(2026, 12, 22)}, True),
        ({"channel": "electronic"}, True),
    ],
)
def test_that_nobody_knows_how_it_came_confirms_nothing_but_the_printed_day_does(kaavi, aino, said, is_confirmed):
    confirmed = confirm(a_decision(by=aino), **said, by=aino)

    assert in_db(confirmed).is_last_day_confirmed is is_confirmed


def test_confirming_over_somebody_else_s_change_is_refused(kaavi, aino, bertta):
    decision = a_decision(by=aino)
    confirm(decision, channel="electronic", by=bertta)

    with pytest.raises(EditedMeanwhile):
        confirm(decision, channel="post", by=aino)

    assert in_db(decision).channel == "electronic"


def test_the_check_knows_which_illnesses_had_evidence_by_the_day_of_the_decision(kaavi, aino):
    case = a_case(by=aino)
    back, mood = an_illness(case, "Back", by=aino), an_illness(case, "Mood", by=aino)
    application = application_at("filed", case=case, by=aino)
    evidence_of(application, back, sent_on=FILED, by=aino)
    evidence_of(application, mood, sent_on=date(2026, 11, 18), by=aino)

    decision = a_decision(application=in_db(application), by=aino)

    rows = {row.illness: row.had_evidence for row in decision.coverage_check.rows.all()}
    assert rows == {back: True, mood: False}


def test_evidence_that_turns_out_to_have_been_sent_counts_in_the_open_check(kaavi, aino):
    case = a_case(by=aino)
    back = an_illness(case, by=aino)
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    assert not decision.coverage_check.rows.get().had_evidence

    evidence_of(in_db(decision.application), back, sent_on=FILED, by=aino)

    assert decision.coverage_check.rows.get().had_evidence
