"""Statistics follow rounds: an application that was asked anew and appealed is as many rows as it had rounds."""

from datetime import date, timedelta
from typing import Any

from casework.applications import actions as applications
from casework.applications import correcting
from casework.applications.round_queries import rounds
from casework.law.deadlines import DeciderKind
from tests.casework.applications.making import (
    DECIDED,
    FILED,
    a_decision,
    answered,
    appeal_at,
    application_at,
    in_db,
)
from tests.conftest import NOON

TODAY = NOON.date()
ASKED = date(2026, 11, 20)


def told(*, until: date = TODAY) -> list[tuple[Any, ...]]:
    return [(one.kind, one.begun_on, one.ended_on, one.result) for one in rounds(until=until)]


def test_an_application_that_was_asked_anew_and_appealed_is_a_row_for_each_round(
    kaavi, aino, django_assert_num_queries
):
    decision = a_decision(by=aino)
    decided = in_db(decision.application)
    said: dict[str, Any] = {"asked_on": ASKED, "version": decided.version}
    applications.re_examine(application=decided, **said, by=aino, at=NOON)
    answered(appeal_at("filed", decision=decision, by=aino), by=aino)

    with django_assert_num_queries(1):
        found = rounds(until=TODAY)

    assert [(one.kind, one.begun_on, one.ended_on, one.result) for one in found] == [
        ("application", FILED, DECIDED, "rejected"),
        ("re_examination", ASKED, None, ""),
        ("self_correction_and_board", TODAY, TODAY, "rejected"),
    ]
    assert {one.decider_kind for one in found} == {DeciderKind.PENSION_INSURER}


def test_what_was_withdrawn_says_so_and_what_was_not_filed_is_no_round(kaavi, aino):
    filed = application_at("filed", by=aino)
    said: dict[str, Any] = {"withdrawn_on": TODAY, "version": filed.version}
    applications.withdraw(application=filed, **said, by=aino, at=NOON)
    application_at("draft", by=aino)
    decision = a_decision(by=aino)
    appeal_at("draft", decision=decision, by=aino)

    assert told() == [("application", FILED, TODAY, "withdrawn"), ("application", FILED, DECIDED, "rejected")]


def test_what_was_taken_back_or_begins_later_is_not_there(kaavi, aino):
    filed = application_at("filed", by=aino)

    assert told(until=FILED - timedelta(days=1)) == []
    correcting.take_back(application=filed, reason="x", version=filed.version, by=aino, at=NOON)
    assert told() == []
