"""Reckoning on from Kela's count, held against a calendar and a count day by day of the tests' own, 2024-2035."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.law import sickness_days
from casework.law.origins import Certainty, weakest
from casework.law.sickness_days import Counted, Reached, Reckoning, is_paid_day, reckon

FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
COUNTS = st.builds(Counted, paid_days=st.integers(0, 340), on=st.dates(FIRST, date(2034, 6, 30)))
DAYS_ON = st.integers(-400, 500)
# Easter Sundays, from the almanac of the University of Helsinki.
EASTER = {
    2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1),
    2030: (4, 21), 2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25),
}  # fmt: skip
FIXED = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26)}


def holidays(year: int) -> set[date]:
    """The church and secular public holidays, without the eves, as one writes them down by hand."""
    easter = date(year, *EASTER[year])
    moving = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    midsummer = next(day for day in spell(date(year, 6, 20), 7) if day.isoweekday() == 6)
    all_saints = next(day for day in spell(date(year, 10, 31), 7) if day.isoweekday() == 6)
    return {date(year, *fixed) for fixed in FIXED} | moving | {midsummer, all_saints}


def spell(first: date, days: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(days)]


def counts(day: date) -> bool:
    return day.isoweekday() != 7 and day not in holidays(day.year)


def numbered(count: Counted, days: int = 520) -> dict[int, date]:
    """The oracle: which number of days is paid on which day, were it paid without a break."""
    found, number = {}, count.paid_days
    for day in spell(count.on + timedelta(days=1), days):
        if day <= LAST and counts(day):
            number += 1
            found[number] = day
    return found


def month_before(day: date) -> date:
    """The last day of the month before."""
    while (day.year, day.month) == (was := (day.year, day.month)):
        day -= timedelta(days=1)
        if (day.year, day.month) != was:
            return day
    raise AssertionError


def most(found: Reckoning) -> Reached:
    """Its maximum: every allowance has one."""
    assert found.maximum is not None
    return found.maximum


def certainty(reached: Reached) -> Certainty:
    origin = weakest(reached.origins)
    assert origin is not None
    return origin.certainty


def test_every_day_of_twelve_years_is_paid_or_not_as_by_hand():
    assert [day for day in spell(FIRST, (LAST - FIRST).days + 1) if is_paid_day(day) != counts(day)] == []


@pytest.mark.parametrize(
    ("day", "is_paid"),
    [
        (date(2026, 12, 24), True),  # Christmas Eve, a Thursday: no office day, and a weekday here
        (date(2026, 6, 19), True),  # Midsummer Eve
        (date(2026, 6, 20), False),  # Midsummer Day
        (date(2026, 4, 4), True),  # the Saturday before Easter
        (date(2026, 10, 31), False),  # All Saints' Day
        (date(2026, 12, 6), False),
        (date(2026, 11, 28), True),  # a Saturday
        (date(2026, 11, 29), False),  # a Sunday
    ],
)
def test_eves_and_saturdays_count_sundays_and_holidays_do_not(day, is_paid):
    assert is_paid_day(day) is is_paid


@given(count=COUNTS, days=DAYS_ON)
@settings(deadline=None, max_examples=120)
def test_a_number_of_days_is_reached_on_the_day_of_the_oracle_or_not_known(count, days):
    until = count.on + timedelta(days=days)

    found = reckon(count, benefit="SPR", paid_until=until)

    ends = min([day for day in (until, most(found).on) if day])
    for reached in found.marks:
        on = numbered(count).get(reached.mark.days)
        assert reached.is_behind == (count.paid_days >= reached.mark.days)
        assert reached.on == (on if on and on <= ends and until > count.on else None)


@given(count=COUNTS, days=DAYS_ON)
@settings(deadline=None, max_examples=120)
def test_the_maximum_ends_with_the_month_before_that_of_the_300th_day(count, days):
    until = count.on + timedelta(days=days)

    found = reckon(count, benefit="SPR", paid_until=until)

    assert most(found).is_behind == (count.paid_days >= 300)
    if count.paid_days >= 300 or until <= count.on:
        assert most(found).on is None
        return
    last = month_before(numbered(count)[300])
    assert found.is_contradicted == (last < count.on)
    assert most(found).on == (last if count.on <= last <= until else None)
    assert found.ends_on == (last if most(found).on else until)


@given(count=COUNTS, days=st.integers(1, 500), later=st.integers(0, 500))
@settings(deadline=None, max_examples=100)
def test_how_many_days_are_paid_by_a_day_is_told_only_while_it_is_known_to_be_paid(count, days, later):
    day, until = count.on + timedelta(days=later), count.on + timedelta(days=days)
    found = reckon(count, benefit="SPR", paid_until=until)

    known = found.days_by(day)

    assert (known is None) == (day > found.ends_on)
    if known is not None:
        assert known == count.paid_days + sum(counts(one) for one in spell(count.on + timedelta(days=1), later))


def test_nothing_is_reckoned_without_a_day_until_which_it_is_paid():
    found = reckon(Counted(paid_days=59, on=date(2026, 9, 30)), benefit="SPR", paid_until=None)

    assert [reached.on for reached in found.marks] == [None, None, None]
    assert (most(found).on, found.ends_on, found.days_by(date(2026, 10, 1))) == (None, None, None)


def test_a_day_that_was_counted_to_over_christmas_eve_is_known_less_well():
    count = Counted(paid_days=100, on=date(2026, 9, 30))

    _behind, before, after = reckon(count, benefit="SPR", paid_until=date(2027, 5, 31)).marks

    assert (before.on, certainty(before)) == (date(2026, 11, 28), Certainty.STATUTE)
    assert (after.on, certainty(after)) == (date(2027, 3, 6), Certainty.UNVERIFIED)


def test_the_partial_allowance_has_a_maximum_of_its_own_and_no_checks():
    found = reckon(Counted(paid_days=140, on=date(2026, 11, 2)), benefit="OSPR", paid_until=date(2027, 1, 31))

    assert found.marks == ()
    assert (most(found).mark.days, most(found).on) == (150, date(2026, 11, 13))


def test_every_fact_that_pages_say_has_its_source():
    facts = {row.code for row in sickness_days.tables().facts}

    assert {"weekday", "eve", "kela_writes", "look_back", "extra_days", "unemployment", "registration"} == facts
