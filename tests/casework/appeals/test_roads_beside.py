"""Roads that run beside each other (P3, P8-P11): nothing closes because something else was opened."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.appeals import brought
from casework.appeals.brought import Brought
from casework.applications import actions as applications
from casework.applications import appeal_days
from casework.applications.presenters import card
from casework.applications.waiting import clocked_decisions
from casework.models import Appeal, Application, Decision
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def appeal(kaavi, aino) -> Appeal:
    """With the board; the decision was a rejection."""
    return appeal_at("forwarded", by=aino)


def asked_anew(appeal: Appeal, *, by: Any) -> Application:
    decided = in_db(appeal.decision.application)
    said: dict[str, Any] = {"asked_on": TODAY, "version": decided.version}
    return applications.re_examine(application=decided, **said, by=by, at=NOON)


def test_p3_a_benefit_that_has_ended_is_under_appeal_by_the_rules_of_its_day(kaavi, aino):
    decision = brought.bring(
        case=a_case(by=aino),
        details=Brought(
            benefit_code="TMT",
            decider_code="kela",
            filed_on=date(2026, 3, 2),
            decided_on=date(2026, 4, 20),
            result="rejected",
            channel="post",
            notice_on=date(2026, 4, 21),
            appealed_on=date(2026, 5, 11),
        ),
        by=aino,
        at=NOON,
    )

    found = Appeal.objects.get(decision=decision)
    days = appeal_days.forwarding_of(found)
    assert (found.state, found.last_day, found.was_late) == ("filed", date(2026, 5, 28), False)
    assert days is not None
    assert (days.usual, days.latest) == (date(2026, 6, 27), date(2026, 7, 27))
    shown = card(in_db(decision.application), today=TODAY)
    assert shown.due is not None
    assert "11.5.2026" in shown.due.text


def test_p8_what_the_decider_says_to_new_evidence_leaves_the_appeal_with_the_board(appeal, aino):
    again = asked_anew(appeal, by=aino)
    assert in_db(appeal).is_forwarded

    second = a_decision(application=again, decided_on=TODAY, notice_on=TODAY, by=aino)

    assert in_db(appeal).is_forwarded
    assert list(clocked_decisions(TODAY)) == [second]


def test_p8_what_the_board_rules_leaves_the_request_with_the_decider(appeal, aino):
    again = asked_anew(appeal, by=aino)

    answered(in_db(appeal), "changed", by=aino)

    assert in_db(again).is_with_decider
    assert again.rounds.filter(ended_on=None).exists()  # the new decision is still awaited


def test_p9_a_request_that_is_withdrawn_leaves_the_earlier_decision_as_what_is_shown(appeal, aino):
    again = asked_anew(appeal, by=aino)
    assert card(in_db(again), today=TODAY).tag != "Hylätty"

    applications.withdraw(application=again, withdrawn_on=TODAY, version=again.version, by=aino, at=NOON)

    shown = card(in_db(again), today=TODAY)
    assert (str(shown.tag), in_db(again).decided_on) == ("Hylätty", appeal.decision.decided_on)
    assert in_db(appeal).is_forwarded


def test_p10_a_new_application_is_filed_and_decided_while_the_appeal_runs(appeal, aino):
    filed = application_at("filed", case=appeal.decision.application.case, filed_on=TODAY, by=aino)
    assert in_db(appeal).is_forwarded

    a_decision("granted", application=filed, decided_on=TODAY, notice_on=TODAY, by=aino)

    assert in_db(appeal).is_forwarded
    court = answered(in_db(appeal), by=aino).next_appeals.get()
    assert (court.state, court.last_day) == ("draft", date(2026, 12, 30))


@pytest.mark.parametrize("result", ["granted_until", "partly", "granted"])
def test_p11_each_kind_of_grant_can_be_appealed_and_the_grant_stands_meanwhile(kaavi, aino, result):
    decision = a_decision(result, by=aino)

    appeal = appeal_at("filed", decision=decision, by=aino)

    assert appeal.is_filed
    assert in_db(decision).result == Decision.Result(result)
    due = card(in_db(decision.application), today=TODAY + timedelta(days=1)).due
    assert due is not None
    assert due.url == appeal.get_absolute_url()
