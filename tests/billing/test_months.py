"""Calendar months, the measure of a usual one, and tables for spreadsheets."""

from datetime import date
from decimal import Decimal

import pytest

from billing.months import NotAMonth, last_day, month_in, months_between
from billing.spreadsheets import csv_text
from billing.usual import is_absurd, usual


def test_a_month_is_read_and_knows_its_last_day():
    assert last_day(month_in("2028-02")) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["2026-00", "2026-13", "26-11", "2026/11", " 2026-11", "2026-11\n"])
def test_what_is_not_a_month_is_refused_with_what_was_written(text):
    with pytest.raises(NotAMonth) as refusal:
        month_in(text)
    assert text in str(refusal.value.user_message)


def test_months_run_over_the_new_year():
    assert months_between(date(2026, 11, 30), date(2027, 1, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


@pytest.mark.parametrize(
    ("total", "expected", "absurd"),
    [(9001, 3000, True), (9000, 3000, False), (999, 3000, True), (1000, 3000, False), (1200, 300, False)],
)
def test_three_times_or_a_third_of_the_usual_is_absurd_unless_the_difference_is_small(total, expected, absurd):
    assert is_absurd(Decimal(total), Decimal(expected)) is absurd


def test_the_usual_month_is_the_median_of_the_last_ones_or_what_was_expected():
    assert usual([Decimal(100), Decimal(900), Decimal(120)], Decimal(5)) == 120
    assert usual([], Decimal(5)) == 5
    assert usual([], None) is None


def test_a_cell_that_looks_like_a_formula_is_marked_as_text():
    assert csv_text(["A"], [["=1+1"], [Decimal("-5.50")]]).splitlines()[1:] == ["'=1+1", "-5,50"]
