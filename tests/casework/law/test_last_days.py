"""The last day and the safe day against an oracle of the tests' own, which knows no library and counts day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.law import benefits as rules
from casework.law.calendar import is_office_day
from casework.law.deadlines import (
    AppealLevel,
    AppealRule,
    Channel,
    DeciderKind,
    Notice,
    appeal_deadline,
    months_deadline,
    printed_deadline,
)

FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
ONE_DAY = timedelta(days=1)
BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, date(2026, 11, 22))
ELECTRONICALLY = rules.appeal_rule(DeciderKind.PENSION_INSURER, Channel.ELECTRONIC, date(2026, 11, 22))
days = st.dates(FIRST, LAST)


# --- the oracle -----------------------------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    week = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_closed(day: date) -> bool:
    """150/1930 § 5: Sunday, church holiday, Independence Day, May Day, Christmas and Midsummer Eve, a Saturday."""
    if day.weekday() >= 5 or (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}:
        return True
    if (day - easter(day.year)).days in {-2, 1, 39}:  # Good Friday, Easter Monday, Ascension Day
        return True
    return day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25  # Midsummer Eve


def counted(start: date, days: int) -> date:
    """Count days one by one, the first of them the day after the start, and go on to an office day."""
    day = start
    for _ in range(days):
        day += ONE_DAY
    while is_closed(day):
        day += ONE_DAY
    return day


def counted_months(start: date, months: int) -> date:
    """Go month by month to the day of the same number, else the last day of the month, and on to an office day."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day, number = date(year, month, 1), 1
    while number < start.day and (day + ONE_DAY).month == month:
        day, number = day + ONE_DAY, number + 1
    while is_closed(day):
        day += ONE_DAY
    return day


def safe_before(raw_day: date) -> date:
    day = raw_day
    for _ in range(7):
        day -= ONE_DAY
    while is_closed(day):
        day -= ONE_DAY
    return day


# --- the vectors of the law -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "days", "last_day"),
    [
        (date(2026, 10, 30), 37, date(2026, 12, 7)),
        (date(2026, 11, 17), 37, date(2026, 12, 28)),
        (date(2026, 11, 25), 37, date(2027, 1, 4)),
        (date(2026, 11, 30), 37, date(2027, 1, 7)),
        (date(2027, 3, 25), 37, date(2027, 5, 3)),
        (date(2027, 5, 18), 37, date(2027, 6, 24)),
        (date(2026, 11, 2), 33, date(2026, 12, 7)),
        (date(2026, 11, 30), 33, date(2027, 1, 4)),
        (date(2026, 11, 12), 33, date(2026, 12, 15)),
        (date(2027, 3, 30), 33, date(2027, 5, 3)),
    ],
)
def test_the_oracle_and_the_engine_agree_with_every_vector_of_days(sent, days, last_day):
    rule = BY_POST if days == 37 else ELECTRONICALLY

    assert counted(sent, days) == last_day == deadline_of(rule, sent).last_day


@pytest.mark.parametrize(
    ("start", "months", "last_day"),
    [
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 24), 2, date(2026, 12, 28)),
    ],
)
def test_the_oracle_and_the_engine_agree_with_every_vector_of_months(start, months, last_day):
    assert counted_months(start, months) == last_day == months_deadline(start=start, months=months).last_day


# --- every day of twelve years --------------------------------------------------------------------------------------


def deadline_of(rule: AppealRule, sent: date):
    return appeal_deadline(notice=Notice(posted=sent, channel=rule.channel), rule=rule)


def test_the_calendar_agrees_with_the_oracle_on_every_day():
    assert [day for day in EVERY_DAY if is_office_day(day) == is_closed(day)] == []


@pytest.mark.parametrize("rule", [BY_POST, ELECTRONICALLY], ids=["37 days", "33 days"])
def test_the_engine_agrees_with_the_oracle_on_every_day(rule):
    in_all = rule.presumption_days + rule.appeal_days
    found = {sent: deadline_of(rule, sent) for sent in EVERY_DAY}

    assert [sent for sent, deadline in found.items() if deadline.last_day != counted(sent, in_all)] == []
    assert [sent for sent, deadline in found.items() if deadline.safe_day != safe_before(deadline.raw_day)] == []


def every_rule_on(day: date) -> list[AppealRule]:
    found = []
    for kind in DeciderKind:
        for channel in Channel:
            for level in AppealLevel:
                try:
                    found.append(rules.appeal_rule(kind, channel, day, level=level))
                except rules.NoRule:
                    continue
    assert found
    return found


@given(days)
def test_the_safe_day_of_every_rule_is_an_office_day_a_week_or_more_before_the_last_day(sent):
    for rule in every_rule_on(sent):
        deadline = deadline_of(rule, sent)

        assert not is_closed(deadline.safe_day)
        assert deadline.safe_day == safe_before(deadline.raw_day) <= deadline.last_day - timedelta(days=7)


@given(days, st.integers(1, 12))
def test_the_safe_day_of_a_time_in_months_is_an_office_day(start, months):
    deadline = months_deadline(start=start, months=months)

    assert deadline.last_day == counted_months(start, months)
    assert deadline.safe_day == safe_before(deadline.raw_day)


@given(days, days)
def test_the_safe_day_of_a_printed_day_is_an_office_day(sent, printed):
    deadline = printed_deadline(notice=Notice(posted=sent, channel=Channel.POST), printed_last_day=printed)

    assert (deadline.last_day, deadline.safe_day) == (printed, safe_before(printed))
