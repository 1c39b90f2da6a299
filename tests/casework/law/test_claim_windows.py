"""Times to claim and how far back is paid, rule by rule, and against an oracle that counts day by day."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given

from casework.law import benefits as rules
from casework.law import figures
from casework.law.claim_windows import WindowStart, claim_deadline, late_words, paid_from
from casework.law.figures import Own
from casework.law.origins import Certainty
from tests.casework.law.oracle import EVERY_DAY, counted_months, days, safe_before

TODAY = date(2026, 11, 23)
WITH_WINDOW = [row for row in rules.tables().benefits if row.claim_windows]
VECTORS = [
    (date(2026, 12, 31), 2, date(2027, 3, 1)),
    (date(2027, 12, 31), 2, date(2028, 2, 29)),
    (date(2026, 10, 24), 2, date(2026, 12, 28)),
    (date(2026, 8, 31), 6, date(2027, 3, 1)),
]


def window_of(code, start, on=TODAY):
    [window] = [window for window in rules.benefit(code, on).claim_windows if window.counted_from == start]
    return window


def last_day(code, start, counted_on, on=TODAY):
    return claim_deadline(rules.benefit(code, on).claim_windows, counted_from=start, counted_on=counted_on)


# --- rule by rule ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "source"), [(WindowStart.INCAPACITY_STARTS, "SVL 15:4.1"), (WindowStart.PAID_PERIOD_ENDS, "SVL 15:4.2")]
)
def test_b01_b02_sickness_allowance_is_claimed_within_two_months_of_either_day(start, source):
    window = window_of("SPR", start)

    assert (window.months, window.source, window.certainty) == (2, source, Certainty.STATUTE)
    for counted_on, months, expected in VECTORS:
        if months == 2:
            found = last_day("SPR", start, counted_on)
            assert found is not None
            assert found.last_day == expected


def test_b03_a_late_claim_for_sickness_allowance_can_still_be_paid_and_nobody_is_told_that_it_is_too_late():
    with translation.override("en"):
        words, origin = late_words(rules.benefit("SPR", TODAY).late_claim)

        assert str(words) == "A late claim can still be paid when refusing it would be unreasonable."
    assert (origin.source, origin.certainty) == ("SVL 15:7", Certainty.STATUTE)


@pytest.mark.parametrize("code", ["KR", "OSPR"])
def test_of_other_benefits_no_more_is_said_of_a_late_claim_than_is_known(code):
    with translation.override("en"):
        words, origin = late_words(rules.benefit(code, TODAY).late_claim)

        assert "may be paid for a shorter time" in str(words)
    assert origin.certainty is Certainty.UNVERIFIED


@pytest.mark.parametrize(("on", "months"), [(date(2022, 12, 31), 4), (date(2023, 1, 1), 6)])
def test_b56_rehabilitation_allowance_is_claimed_within_six_months_of_the_day_wanted(on, months):
    window = window_of("KR", WindowStart.DAY_WANTED, on)

    assert (window.months, window.certainty) == (months, Certainty.STATUTE)


def test_b56_six_months_end_on_an_office_day():
    found = last_day("KR", WindowStart.DAY_WANTED, date(2026, 8, 31))

    assert found is not None
    assert (found.raw_day, found.last_day) == (date(2027, 2, 28), date(2027, 3, 1))


def test_b19_the_window_of_partial_sickness_allowance_is_shown_as_not_verified():
    assert window_of("OSPR", WindowStart.INCAPACITY_STARTS).certainty is Certainty.UNVERIFIED


@pytest.mark.parametrize(
    ("code", "rule"),
    [("TKE-K", "B37"), ("TKE-T", "B37"), ("OTKE", "B37"), ("KT", "B37"), ("TAK", "B44"), ("VT", "B45")],
)
@pytest.mark.parametrize(
    ("filed_on", "first_day"),
    [
        (date(2026, 11, 23), date(2026, 5, 1)),
        (date(2026, 11, 1), date(2026, 5, 1)),
        (date(2027, 1, 31), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2025, 12, 1)),
        (date(2026, 12, 31), date(2026, 6, 1)),
    ],
)
def test_it_is_paid_from_the_first_of_the_sixth_month_before_that_of_filing(code, rule, filed_on, first_day):
    backpay = rules.benefit(code, TODAY).backpay

    assert backpay is not None
    assert (backpay.months, paid_from(backpay, filed_on=filed_on)) == (6, first_day), rule


def test_how_well_backpay_is_known_is_said_of_each():
    known = {row.code: row.backpay.certainty for row in rules.benefits_on(TODAY) if row.backpay}

    assert known == dict.fromkeys(("TKE-K", "KT", "TAK"), Certainty.STATUTE) | dict.fromkeys(
        ("TKE-T", "OTKE", "VT"), Certainty.OFFICIAL_PAGE
    )


# --- what is not known ----------------------------------------------------------------------------------------------


def test_without_the_day_from_which_it_is_counted_no_last_day_is_reckoned():
    assert last_day("SPR", WindowStart.INCAPACITY_STARTS, None) is None
    assert last_day("SPR", WindowStart.DAY_WANTED, TODAY) is None  # it is not counted from that
    assert last_day("TKE-K", WindowStart.INCAPACITY_STARTS, TODAY) is None  # no time is known


def test_where_the_municipality_has_its_own_words_no_day_is_reckoned_by_the_shipped_figure():
    own = Own(value="within 4 months", source="kela.fi", checked_on=TODAY)
    partial, full = (rules.benefit(code, TODAY) for code in ("OSPR", "SPR"))

    assert figures.windows_in_use(partial, {}) == partial.claim_windows
    assert figures.windows_in_use(partial, {"window.OSPR": own}) == ()
    assert figures.windows_in_use(full, {"window.SPR": own}) == full.claim_windows  # what was read is not replaced


# --- every day of twelve years --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("counted_on", "months", "expected"), VECTORS)
def test_the_oracle_agrees_with_the_vectors_of_the_law(counted_on, months, expected):
    assert counted_months(counted_on, months) == expected


@pytest.mark.parametrize("benefit", WITH_WINDOW, ids=lambda row: f"{row.code} {row.valid_from.year}")
def test_every_window_agrees_with_the_oracle_on_every_day(benefit):
    for window in benefit.claim_windows:
        for start in EVERY_DAY:
            found = claim_deadline([window], counted_from=window.counted_from, counted_on=start)
            assert found is not None
            assert found.last_day == counted_months(start, window.months), start
            assert found.safe_day == safe_before(found.raw_day), start


@given(days)
def test_what_is_paid_backwards_begins_with_a_month_and_reaches_no_further(filed_on):
    backpay = rules.benefit("TAK", TODAY).backpay
    assert backpay is not None
    first = paid_from(backpay, filed_on=filed_on)

    month, passed = first, 0
    while (month.year, month.month) != (filed_on.year, filed_on.month):
        month, passed = (month + timedelta(days=31)).replace(day=1), passed + 1

    assert (first.day, passed) == (1, backpay.months)
