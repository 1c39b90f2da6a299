"""A sickness allowance that nobody here applied for ends on a day too: the client registers as a jobseeker in time."""

from datetime import date
from typing import Any

import pytest

from casework.models import Case, Task
from casework.portfolio import actions as benefits
from tenants.rough_days import Precision, RoughDay
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.portfolio.making import a_benefit, benefit_details
from tests.casework.sickness_days.making import a_registration, an_allowance, swept
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()
END = date(2026, 12, 31)
ALLOWANCE: dict[str, Any] = {"benefit_code": "SPR", "paid_until": RoughDay(END)}


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def asked() -> list[date]:
    return [task.due_on for task in Task.objects.filter(done_at=None)]


def test_the_registration_is_asked_for_once_by_the_day_after_and_written_down_from_today(case, aino, time_is):
    time_is(NOON)
    a_benefit(case, **ALLOWANCE | {"paid_until": RoughDay(date(2026, 11, 30))}, by=aino)

    assert swept(TODAY) == 1
    assert asked() == [date(2026, 12, 1)]
    assert swept(TODAY) == 0
    assert f"/cases/{case.number}/jobseeker/add/" in browser_of(aino).get("/").text


def test_it_lapses_with_the_registration_and_with_another_last_day(case, aino):
    told = a_benefit(case, **ALLOWANCE, by=aino)
    swept(TODAY)

    later = benefit_details(**ALLOWANCE | {"paid_until": RoughDay(date(2027, 2, 28))})
    benefits.change(case=case, benefit=told, details=later, version=told.version, by=aino, at=NOON)
    assert asked() == []
    swept(TODAY)
    assert asked() == [date(2027, 3, 1)]
    a_registration(case, TODAY, by=aino)
    assert asked() == [date(2027, 3, 1)]  # registered three months before: the allowance may have begun since

    told.refresh_from_db()
    benefits.take_back(case=case, benefit=told, reason="Toinen asiakas", version=told.version, by=aino, at=NOON)
    assert asked() == []


@pytest.mark.parametrize(
    "unknown",
    [
        {"paid_until": None},
        {"paid_until": RoughDay(date(2026, 12, 1), Precision.MONTH)},
        {"benefit_code": "YT"},
        {"paid_until": RoughDay(date(2026, 9, 30))},
    ],
    ids=["no end", "a month", "another benefit", "history"],
)
def test_of_an_end_that_nobody_knows_exactly_or_that_is_history_nothing_is_asked(case, aino, unknown):
    a_benefit(case, **ALLOWANCE | unknown, by=aino)

    assert swept(TODAY) == 0


def test_what_is_decided_here_asks_by_its_own_rule_and_a_pension_asks_for_nothing(case, aino):
    a_benefit(case, **ALLOWANCE, by=aino)
    an_allowance(case, by=aino)

    swept(TODAY)
    assert date(2027, 1, 1) not in asked()

    pensioner = a_case(by=aino)
    a_benefit(pensioner, **ALLOWANCE, by=aino)
    pension = application_at("filed", case=pensioner, benefit="TKE-K", decider="kela", by=aino)
    a_decision("granted", application=pension, by=aino)
    swept(TODAY)
    assert not Task.objects.filter(case=pensioner).exists()
