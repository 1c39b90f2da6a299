"""Two decisions on one application, another period or a supplement: both stand, each with its clock and check (P4).

The second one is waited for first ("Wait for a new decision").
"""

from typing import Any

import pytest

from casework.applications import actions as applications
from casework.applications.waiting import clocked_decisions
from casework.models import CoverageCheck, Decision
from tests.casework.applications.making import a_decision, appeal_at, application_at, in_db
from tests.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def first(kaavi, aino) -> Decision:
    return a_decision("partly", application=application_at("filed", by=aino), by=aino)


@pytest.fixture
def second(first, aino) -> Decision:
    decided = in_db(first.application)
    said: dict[str, Any] = {"asked_on": first.notice_on, "version": decided.version}
    again = applications.re_examine(application=decided, **said, by=aino, at=NOON)
    return a_decision(application=again, decided_on=TODAY, notice_on=TODAY, by=aino)


def test_both_stand_each_with_a_clock_and_a_check_of_its_own(first, second):
    assert list(clocked_decisions(TODAY)) == [first, second]
    assert first.last_day != second.last_day
    assert [CoverageCheck.objects.get(decision=one).is_open for one in (first, second)] == [True, True]


def test_an_appeal_against_one_leaves_the_clock_of_the_other(first, second, aino):
    appeal_at("filed", decision=first, by=aino)

    assert list(clocked_decisions(TODAY)) == [second]
