"""The last day and the safe day against the oracle of the tests (`oracle`), which counts day by day."""

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
from tests.casework.law.oracle import EVERY_DAY, counted, counted_months, days, is_closed, safe_before

BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, date(2026, 11, 22))
ELECTRONICALLY = rules.appeal_rule(DeciderKind.PENSION_INSURER, Channel.ELECTRONIC, date(2026, 11, 22))


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
