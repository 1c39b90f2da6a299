"""A last day printed in the decision: the clock where no rule is; an odd one is asked about and never refused."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework.law import benefits as rules
from casework.law.deadlines import Channel, DeciderKind, Notice, printed_deadline
from casework.law.printed_days import odd_about

SENT = date(2026, 11, 17)
BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, SENT)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_the_printed_day_alone_explains_itself():
    deadline = printed_deadline(notice=Notice(posted=SENT, channel=Channel.POST), printed_last_day=date(2026, 12, 17))

    assert (deadline.last_day, deadline.safe_day) == (date(2026, 12, 17), date(2026, 12, 10))
    assert (deadline.computed_day, deadline.origin) == (None, None)
    assert [step.code for step in deadline.steps] == ["sent", "printed", "arrival"]
    assert "the day printed in the decision; no rule of ours covers this decision" in deadline.explained()


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        (date(2026, 11, 16), "is not after it"),
        (date(2026, 11, 17), "is not after it"),
        (date(2026, 11, 18), "at the earliest"),
        (date(2026, 12, 16), "at the earliest"),
        (date(2026, 12, 17), ""),
        (date(2026, 12, 28), ""),
        (date(2027, 11, 17), ""),
        (date(2027, 11, 18), "more than a year"),
        (date(2062, 12, 17), "more than a year"),
    ],
)
def test_a_printed_day_that_nobody_expects_is_asked_about(printed, asked):
    question = str(odd_about(printed, notice_on=SENT, rule=BY_POST))

    assert asked in question
    assert bool(question) == bool(asked)


def test_without_a_rule_nobody_says_how_early_it_may_be():
    assert odd_about(date(2026, 12, 1), notice_on=SENT, rule=None) == ""


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_no_printed_day_is_refused(printed):
    deadline = printed_deadline(notice=Notice(posted=SENT, channel=Channel.POST), printed_last_day=printed)

    assert deadline.last_day == printed
    assert deadline.safe_day <= printed - timedelta(days=7)
