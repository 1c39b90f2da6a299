"""The Finnish office days of act 150/1930 § 5."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from casework.law.calendar import FIRST_YEAR, LAST_YEAR, OutsideCalendar, is_office_day, next_office_day


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def closed_days_by_the_act(year: int) -> set[date]:
    """The days of § 5 other than Saturdays and Sundays, reckoned without the library."""
    midsummer_eve = next(day for day in (date(year, 6, number) for number in range(19, 26)) if day.weekday() == 4)
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))}
    moving = {midsummer_eve, easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    if year >= 1991:  # before that Epiphany and Ascension were kept on Saturdays
        moving |= {date(year, 1, 6), easter(year) + timedelta(days=39)}
    return fixed | moving


def test_office_days_are_those_of_the_act_on_every_day_from_1980_to_2100():
    day = date(1980, 1, 1)
    wrong = []
    while day.year <= 2100:
        if is_office_day(day) != (day.weekday() < 5 and day not in closed_days_by_the_act(day.year)):
            wrong.append(day)
        day += timedelta(days=1)

    assert wrong == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 2), "Maundy Thursday"),
        (date(2026, 12, 31), "New Year's Eve"),
        (date(2026, 4, 30), "the eve of May Day"),
        (date(2026, 12, 23), "the day before Christmas Eve"),
        (date(2026, 12, 28), "the Monday after Christmas"),
    ],
)
def test_is_office_day_on_days_that_only_feel_like_holidays(day, name):
    assert is_office_day(day), name


@pytest.mark.parametrize(
    ("day", "moved_to", "reason"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), ""),
        (date(2026, 11, 28), date(2026, 11, 30), "Saturday; then Sunday"),
        (date(2026, 11, 29), date(2026, 11, 30), "Sunday"),
        (date(2026, 12, 6), date(2026, 12, 7), "Independence Day"),
        (date(2026, 12, 24), date(2026, 12, 28), "Christmas Eve; then Christmas Day, Second Day of Christmas, Sunday"),
        (date(2026, 6, 19), date(2026, 6, 22), "Midsummer Eve; then Midsummer Day, Sunday"),
        (date(2026, 4, 3), date(2026, 4, 7), "Good Friday; then Saturday, Easter Sunday, Easter Monday"),
        (date(2026, 5, 14), date(2026, 5, 15), "Ascension Day"),
        (date(2027, 1, 6), date(2027, 1, 7), "Epiphany"),
        (date(2026, 10, 31), date(2026, 11, 2), "All Saints' Day; then Sunday"),
        (date(2027, 5, 16), date(2027, 5, 17), "Pentecost"),
        (date(2008, 5, 1), date(2008, 5, 2), "Ascension Day, May Day"),
    ],
)
def test_next_office_day_says_where_the_day_moved_and_why(day, moved_to, reason):
    assert next_office_day(day) == (moved_to, reason)


def test_every_closed_day_of_the_calendar_has_a_name_of_our_own():
    day = date(FIRST_YEAR, 1, 1)
    while day < date(LAST_YEAR, 12, 1):
        moved_to, reason = next_office_day(day)
        assert bool(reason) == (moved_to != day)
        day = moved_to + timedelta(days=1)


@pytest.mark.parametrize("day", [date(1930, 12, 31), date(2101, 1, 1), date.max])
def test_a_year_without_known_holidays_is_refused(day):
    with pytest.raises(OutsideCalendar) as refusal:
        is_office_day(day)

    assert str(refusal.value) == "Give a day in the years 1931–2100."


def test_next_office_day_refuses_to_walk_out_of_the_calendar():
    with pytest.raises(OutsideCalendar):
        next_office_day(date(2101, 1, 1))
