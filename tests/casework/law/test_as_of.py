"""The benefit of a day that may lie far back: its row of that day, else the nearest, and never another benefit."""

from datetime import date

import pytest

from casework.law import as_of, benefits
from casework.law.benefits import NoRule

IN_APRIL, IN_MAY = date(2026, 4, 30), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("code", "on", "valid_to"),
    [
        ("TMT", IN_APRIL, IN_APRIL),  # on its last day
        ("TMT", IN_MAY, IN_APRIL),  # a decision that came after its end
        ("KR", date(2022, 12, 31), date(2022, 12, 31)),  # two rows, each of its own time
        ("KR", date(2023, 1, 1), None),
        ("YT", IN_APRIL, None),  # before it began
        ("SPR", date(1990, 1, 1), None),  # before the table
    ],
)
def test_the_row_of_the_day_else_the_nearest(code, on, valid_to):
    found = as_of.benefit(code, on)

    assert (found.code, found.valid_to) == (code, valid_to)


def test_on_a_day_that_the_table_knows_it_is_the_row_of_the_table():
    on = date(2026, 11, 23)

    assert [as_of.benefit(row.code, on) for row in benefits.benefits_on(on)] == list(benefits.benefits_on(on))
    assert list(as_of.deciders(on)) == list(benefits.deciders_on(on))


def test_the_list_holds_every_benefit_once_whatever_the_day():
    codes = [row.code for row in as_of.benefits(date(2026, 11, 23))]

    assert sorted(codes) == sorted({row.code for row in benefits.tables().benefits})
    assert {"TMT", "PP", "YT"} <= set(codes)


def test_what_was_never_a_benefit_or_a_decider_is_refused():
    with pytest.raises(NoRule):
        as_of.benefit("XXX", IN_MAY)
    with pytest.raises(NoRule):
        as_of.decider("nobody", IN_MAY)
