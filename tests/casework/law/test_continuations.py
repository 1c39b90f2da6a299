"""When a continuation is prepared, held against months counted day by day, 2024-2035."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.law.calendar import is_office_day, months_after
from casework.law.continuations import Step, continued, steps

ENDS = st.dates(date(2024, 6, 1), date(2035, 12, 31))


def by_hand(day: date, months: int) -> date:
    """Go back month by month: the first of the month, then to the day with the same number or the last one."""
    first = day.replace(day=1)
    for _month in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    found = first
    while found.day < day.day and (found + timedelta(days=1)).month == first.month:
        found += timedelta(days=1)
    return found


@given(day=ENDS, months=st.integers(1, 12))
def test_months_before_a_day_end_on_the_same_number_or_the_last_of_the_month(day, months):
    assert months_after(day, -months) == by_hand(day, months)


@given(ends_on=ENDS, known=st.integers(-400, 30))
def test_the_doctor_comes_three_months_before_and_the_statement_two_each_on_an_office_day(ends_on, known):
    known_on = ends_on + timedelta(days=known)

    doctor, statement = steps(ends_on=ends_on, known_on=known_on)

    for due, months in ((doctor, 3), (statement, 2)):
        aim = by_hand(ends_on, months)
        on = next(aim - timedelta(days=back) for back in range(10) if is_office_day(aim - timedelta(days=back)))
        assert due.on == max(on, known_on)
    assert (doctor.step, statement.step) == (Step.DOCTOR, Step.STATEMENT)


@pytest.mark.parametrize(
    ("ends_on", "days"),
    [
        (date(2027, 5, 31), (date(2027, 2, 26), date(2027, 3, 31))),  # 28.2. is a Sunday
        (date(2027, 2, 28), (date(2026, 11, 27), date(2026, 12, 28))),  # 28.11. is a Saturday
    ],
)
def test_the_days_of_two_ends(ends_on, days):
    assert tuple(due.on for due in steps(ends_on=ends_on, known_on=date(2026, 1, 1))) == days


def test_a_statement_alone_is_known_to_do_for_the_rehabilitation_subsidy_only():
    subsidy, rehabilitation = (continued(benefit, date(2026, 11, 30)) for benefit in ("KT", "HVK"))

    assert subsidy is not None
    assert rehabilitation is not None
    assert (subsidy.statement_alone, rehabilitation.statement_alone) == (True, None)


@pytest.mark.parametrize("benefit", ["SPR", "OSPR", "YT", "TMT", "AP", "TTO", "PAL", "KTP"])
def test_what_has_days_of_its_own_or_is_applied_for_month_by_month_has_no_continuation_here(benefit):
    assert continued(benefit, date(2026, 11, 30)) is None
