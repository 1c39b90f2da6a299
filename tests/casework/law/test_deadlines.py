"""The deadline engine: the vectors of the law, and what holds for every day."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework.law import benefits as rules
from casework.law.calendar import OutsideCalendar, is_office_day
from casework.law.deadlines import (
    AppealLevel,
    AppealRule,
    Channel,
    DeciderKind,
    Notice,
    appeal_deadline,
    months_deadline,
)

NOVEMBER = date(2026, 11, 22)
KELA_BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, NOVEMBER)
SICKNESS_BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, NOVEMBER, benefit="SPR")
GUARANTEE_PENSION_BY_POST = rules.appeal_rule(DeciderKind.KELA, Channel.POST, NOVEMBER, benefit="TAK")
KELA_ELECTRONICALLY = rules.appeal_rule(DeciderKind.KELA, Channel.ELECTRONIC, NOVEMBER)
INSURER_ELECTRONICALLY = rules.appeal_rule(DeciderKind.PENSION_INSURER, Channel.ELECTRONIC, NOVEMBER)
KELA_UNKNOWN = rules.appeal_rule(DeciderKind.KELA, Channel.UNKNOWN, NOVEMBER)
KELA_IN_HAND = rules.appeal_rule(DeciderKind.KELA, Channel.IN_HAND, NOVEMBER)
EVERY_RULE = [KELA_BY_POST, KELA_ELECTRONICALLY, INSURER_ELECTRONICALLY, KELA_UNKNOWN, KELA_IN_HAND]

days = st.dates(date(1980, 1, 1), date(2100, 11, 1))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def deadline_of(rule: AppealRule, sent: date, **more):
    return appeal_deadline(notice=Notice(posted=sent, channel=rule.channel), rule=rule, **more)


@pytest.mark.parametrize(
    ("posted", "raw_day", "last_day"),
    [
        (date(2026, 10, 30), date(2026, 12, 6), date(2026, 12, 7)),
        (date(2026, 11, 17), date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 11, 25), date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 11, 30), date(2027, 1, 6), date(2027, 1, 7)),
        (date(2027, 3, 25), date(2027, 5, 1), date(2027, 5, 3)),
        (date(2027, 5, 18), date(2027, 6, 24), date(2027, 6, 24)),
    ],
)
@pytest.mark.parametrize("rule", [KELA_BY_POST, KELA_ELECTRONICALLY], ids=["by post", "in OmaKela"])
def test_appeal_deadline_is_37_days_after_posting_and_moves_to_an_office_day(rule, posted, raw_day, last_day):
    deadline = deadline_of(rule, posted)

    assert (deadline.raw_day, deadline.last_day) == (raw_day, last_day)


@pytest.mark.parametrize(
    ("sent", "raw_day", "last_day"),
    [
        (date(2026, 11, 2), date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 11, 30), date(2027, 1, 2), date(2027, 1, 4)),
        (date(2026, 11, 12), date(2026, 12, 15), date(2026, 12, 15)),
        (date(2027, 3, 30), date(2027, 5, 2), date(2027, 5, 3)),
    ],
)
@pytest.mark.parametrize("rule", [INSURER_ELECTRONICALLY, KELA_UNKNOWN], ids=["insurer, electronically", "unknown"])
def test_appeal_deadline_is_33_days_after_an_electronic_notice_and_when_the_channel_is_unknown(
    rule, sent, raw_day, last_day
):
    deadline = deadline_of(rule, sent)

    assert (deadline.raw_day, deadline.last_day) == (raw_day, last_day)


@pytest.mark.parametrize(
    ("start", "months", "last_day"),
    [
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 24), 2, date(2026, 12, 28)),
        (date(2026, 11, 23), 6, date(2027, 5, 24)),
        (date(2026, 11, 23), 60, date(2031, 11, 24)),
    ],
)
def test_months_deadline_ends_on_the_same_number_or_the_last_day_of_the_month(start, months, last_day):
    assert months_deadline(start=start, months=months).last_day == last_day


def test_a_decision_handed_over_counts_from_that_day():
    deadline = deadline_of(KELA_IN_HAND, date(2026, 11, 17))

    assert deadline.last_day == date(2026, 12, 17)
    assert [step.code for step in deadline.steps] == ["sent", "days", "arrival"]


def test_the_day_taken_as_received_is_not_moved_though_it_is_a_holiday():
    posted_before_independence_day = date(2027, 11, 29)

    deadline = deadline_of(KELA_BY_POST, posted_before_independence_day)

    assert deadline.steps[1].day == date(2027, 12, 6)
    assert deadline.last_day == date(2028, 1, 5)


def test_the_safe_day_is_a_week_before_the_day_the_law_counts_to():
    assert deadline_of(KELA_BY_POST, date(2026, 11, 17)).safe_day == date(2026, 12, 17)


def test_explained_shows_every_step_in_columns_with_its_source_and_how_well_that_is_known():
    assert deadline_of(SICKNESS_BY_POST, date(2026, 11, 17)).explained() == "\n".join(
        [
            "posted                  Tue 17 Nov 2026",
            "taken as received       Tue 24 Nov 2026   day 7 after sending"
            " (SVL 17:2, checked in the statute 22.11.2026)",
            "30 days                 Thu 24 Dec 2026   the day of notice is not counted"
            " (SVL 17:2; 150/1930 2 §, checked in the statute 22.11.2026)",
            "moved to next weekday   Mon 28 Dec 2026   Christmas Eve; then Christmas Day, Second Day of Christmas,"
            " Sunday (150/1930 5 §, checked in the statute 22.11.2026)",
            "must have arrived by    Mon 28 Dec 2026   at the decider, by the end of office hours; electronically by"
            " midnight (150/1930 6 §; 13/2003 11 §, checked in the statute 22.11.2026)",
        ]
    )


def test_a_reckoning_says_of_each_figure_how_well_it_is_known_and_as_a_whole_of_the_least():
    deadline = deadline_of(GUARANTEE_PENSION_BY_POST, date(2026, 11, 17))
    lines = deadline.explained().splitlines()

    assert lines[1].endswith("(kela.fi/appeal-procedure, from an official page 22.11.2026)")
    assert lines[2].endswith(
        "(703/2010, from experience, not verified; 150/1930 2 §, checked in the statute 22.11.2026)"
    )
    assert deadline.origin is not None
    assert deadline.origin.source == "703/2010"


def test_a_day_that_is_printed_in_the_decision_needs_no_rule_to_be_known():
    printed = deadline_of(GUARANTEE_PENSION_BY_POST, date(2026, 11, 17), printed_last_day=date(2026, 12, 23))

    assert printed.origin is None


def test_explained_months_name_the_rule_that_gives_them():
    (window, _other) = rules.benefit("SPR", NOVEMBER).claim_windows
    explained = months_deadline(start=date(2026, 12, 31), months=2, origin=window).explained().splitlines()

    assert explained[0].split("   ")[0] == "counted from"
    assert explained[1].endswith(
        "the last day of the month (SVL 15:4.1; 150/1930 3 §, checked in the statute 22.11.2026)"
    )
    assert explained[1].startswith("2 months ")
    assert "1 month " in months_deadline(start=date(2026, 12, 31), months=1).explained()


def test_explained_speaks_the_active_language():
    with translation.override("sv"):
        in_swedish = deadline_of(KELA_BY_POST, date(2026, 11, 17)).explained()

    assert " tis 17" in in_swedish.splitlines()[0].lower()


def test_as_json_holds_iso_days_and_plain_text():
    answer = json.loads(json.dumps(deadline_of(KELA_BY_POST, date(2026, 11, 17)).as_json()))

    assert answer["last_day"] == "2026-12-28"
    assert answer["safe_day"] == "2026-12-17"
    assert answer["computed_day"] is None
    assert [step["code"] for step in answer["steps"]] == ["sent", "received", "days", "moved", "arrival"]
    assert answer["steps"][3] == {
        "code": "moved",
        "label": "moved to next weekday",
        "day": "2026-12-28",
        "reason": "Christmas Eve; then Christmas Day, Second Day of Christmas, Sunday",
        "origins": [
            {
                "source": "150/1930 5 §",
                "confidence": "H",
                "words": "checked in the statute",
                "checked_on": "2026-11-22",
            }
        ],
    }


def test_the_day_printed_in_the_decision_wins_and_the_reckoning_stays_visible():
    deadline = deadline_of(KELA_BY_POST, date(2026, 11, 17), printed_last_day=date(2026, 12, 23))

    assert deadline.last_day == date(2026, 12, 23)
    assert deadline.safe_day == date(2026, 12, 16)
    assert deadline.computed_day == date(2026, 12, 28)
    assert [step.code for step in deadline.steps][-3:] == ["moved", "printed", "arrival"]


def test_a_printed_day_that_is_no_office_day_is_kept_as_printed():
    deadline = deadline_of(KELA_BY_POST, date(2026, 11, 17), printed_last_day=date(2026, 12, 24))

    assert deadline.last_day == date(2026, 12, 24)


def test_the_appeal_to_the_insurance_court_counts_from_the_boards_notice():
    rule = rules.appeal_rule(DeciderKind.PENSION_INSURER, Channel.ELECTRONIC, NOVEMBER, level=AppealLevel.COURT)

    assert deadline_of(rule, date(2026, 11, 12)).last_day == date(2026, 12, 15)
    assert rule.body == "insurance_court"


def test_an_appeal_to_the_administrative_court_arrives_at_the_court():
    rule = rules.appeal_rule(DeciderKind.KELA, Channel.POST, NOVEMBER, level=AppealLevel.COURT, benefit="TTO")

    assert str(deadline_of(rule, date(2026, 11, 17)).steps[-1].reason).startswith("at the court")


def test_a_rule_for_another_channel_is_refused():
    with pytest.raises(ValueError, match="for post"):
        appeal_deadline(notice=Notice(posted=NOVEMBER, channel=Channel.ELECTRONIC), rule=KELA_BY_POST)


@pytest.mark.parametrize("months", [0, -2])
def test_no_months_are_refused(months):
    with pytest.raises(ValueError, match="one month"):
        months_deadline(start=NOVEMBER, months=months)


@pytest.mark.parametrize("sent", [date.max, date(2100, 12, 30), date(1900, 1, 1)])
def test_days_outside_the_calendar_are_refused(sent):
    with pytest.raises(OutsideCalendar):
        deadline_of(KELA_BY_POST, sent)
    with pytest.raises(OutsideCalendar):
        months_deadline(start=sent, months=2)


@given(days, st.sampled_from(EVERY_RULE))
def test_the_last_day_is_an_office_day_and_never_before_the_day_counted_to(sent, rule):
    deadline = deadline_of(rule, sent)

    assert is_office_day(deadline.last_day)
    assert timedelta(0) <= deadline.last_day - deadline.raw_day <= timedelta(days=5)
    assert deadline.raw_day == sent + timedelta(days=rule.presumption_days + 30)
    assert deadline.safe_day < deadline.last_day


@given(days, st.integers(0, 60), st.sampled_from(EVERY_RULE))
def test_a_later_posting_never_ends_earlier(sent, days_later, rule):
    later = min(sent + timedelta(days=days_later), date(2100, 11, 1))

    assert deadline_of(rule, sent).last_day <= deadline_of(rule, later).last_day


@given(days, st.sampled_from(EVERY_RULE))
def test_the_steps_run_forward_and_end_at_the_last_day(sent, rule):
    deadline = deadline_of(rule, sent)
    step_days = [step.day for step in deadline.steps]

    assert step_days == sorted(step_days)
    assert step_days[0] == sent
    assert step_days[-1] == deadline.last_day
    assert all(step.origins for step in deadline.steps[1:])


@given(days, st.integers(0, 20), st.sampled_from(EVERY_RULE))
def test_a_longer_presumption_never_ends_earlier(sent, more_days, rule):
    longer = replace(rule, presumption_days=min(rule.presumption_days + more_days, 7))

    assert deadline_of(rule, sent).last_day <= deadline_of(longer, sent).last_day


@given(st.dates(date(1980, 1, 1), date(2097, 12, 31)), st.integers(1, 36))
def test_months_end_in_the_right_month_on_the_same_number_or_its_last_day(start, months):
    deadline = months_deadline(start=start, months=months)
    raw_day = deadline.raw_day

    assert (raw_day.year * 12 + raw_day.month) - (start.year * 12 + start.month) == months
    assert raw_day.day == start.day or (raw_day.day < start.day and (raw_day + timedelta(days=1)).day == 1)
    assert is_office_day(deadline.last_day)
    assert raw_day <= deadline.last_day
