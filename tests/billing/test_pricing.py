"""Prices, VAT and totals: to the cent, in EN 16931's order of calculation."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import pricing, vat
from billing.pricing import Line, NoPrice, Price, PricesOverlap, Unit, Usage, price_lines, split_by_scope, totals
from billing.vat import Vat, VatCategory, VatClass, rate_on, rates
from tests.billing.documents import EXEMPT, GENERAL, OLD_GENERAL, OUTSIDE, line

YEAR = date(2026, 1, 1)
VATS = st.sampled_from([GENERAL, OLD_GENERAL, EXEMPT])
LINES = st.lists(
    st.builds(
        line,
        st.decimals(-1000, 1000, places=3).map(str),
        st.decimals(0, 10_000, places=4).map(str),
        unit=st.sampled_from(Unit),
        vat=VATS,
    ),
    max_size=12,
)


def half_up_cents(exact: Fraction) -> Decimal:
    """An oracle without Decimal's rounding: the nearest cent, halves away from zero."""
    sign = -1 if exact < 0 else 1
    return sign * Decimal((2 * abs(exact) * 100 + 1) // 2) / 100


def price(product: str = "coordination", amount: str = "68.40", **values: Any) -> Price:
    known = {"name": product, "unit": Unit.HOUR, "valid_from": YEAR}
    return Price(product=product, amount=Decimal(amount), **{**known, **values})


def worked(on: date, minutes: int, product: str = "coordination") -> Usage:
    return Usage(product=product, on=on, minutes=minutes)


@given(LINES)
def test_a_line_is_quantity_times_price_to_the_nearest_cent(lines):
    for row in lines:
        assert row.net == half_up_cents(Fraction(row.quantity) * Fraction(row.unit_price))


@given(LINES)
def test_tax_is_rounded_once_per_category_and_rate(lines):
    for group in totals(lines).groups:
        members = [row for row in lines if (row.vat.category, row.vat.rate) == (group.vat.category, group.vat.rate)]
        assert group.base == sum(row.net for row in members)
        assert group.amount == half_up_cents(Fraction(group.base) * Fraction(group.vat.rate) / 100)


@given(LINES)
def test_the_sums_are_the_sums_of_their_parts(lines):
    sums = totals(lines)

    assert (
        sums.net
        == sum((row.net for row in lines), Decimal(0))
        == sum((group.base for group in sums.groups), Decimal(0))
    )
    assert sums.vat == sum((group.amount for group in sums.groups), Decimal(0))
    assert sums.gross == sums.net + sums.vat
    assert len({(group.vat.category, group.vat.rate) for group in sums.groups}) == len(sums.groups)
    assert {amount.as_tuple().exponent for amount in (sums.net, sums.vat, sums.gross)} == {-2}


def test_tax_is_not_the_sum_of_each_rows_tax():
    three = [line("1", "0.02")] * 3  # 0.51 cents of tax each, which would round up to a cent three times

    assert totals(three).vat == Decimal("0.02")


@pytest.mark.parametrize(
    ("quantity", "unit_price", "net"),
    [("1", "0.005", "0.01"), ("-1", "0.005", "-0.01"), ("3", "0.335", "1.01"), ("0.33", "68.40", "22.57")],
)
def test_half_a_cent_goes_away_from_zero(quantity, unit_price, net):
    assert line(quantity, unit_price).net == Decimal(net)


def test_reasons_of_one_group_are_printed_together():
    education = Vat(category=VatCategory.EXEMPT, reason="AVL 39 §", reason_code="VATEX-EU-132-1I")

    (group,) = totals([line(vat=EXEMPT), line(vat=education), line(vat=EXEMPT)]).groups

    assert (group.vat.reason_code, group.vat.reason) == ("", "AVL 37 §; AVL 39 §")


def test_a_shared_reason_code_is_kept_and_a_text_is_not_repeated():
    (group,) = totals([line(vat=EXEMPT), line(vat=EXEMPT)]).groups

    assert group.vat == EXEMPT


@given(st.lists(st.integers(0, 600), min_size=1, max_size=40))
def test_hours_come_from_the_sum_of_minutes(minutes):
    (row,) = price_lines([worked(date(2026, 10, 5), each) for each in minutes], prices=[price()])

    assert row.quantity == half_up_cents(Fraction(sum(minutes), 60))


def test_three_times_twenty_minutes_is_one_hour():
    (row,) = price_lines([worked(date(2026, 10, day), 20) for day in (5, 6, 7)], prices=[price()])

    assert (row.quantity, row.net) == (Decimal("1.00"), Decimal("68.40"))
    assert (row.first_on, row.last_on) == (date(2026, 10, 5), date(2026, 10, 7))


def test_lines_follow_the_price_list_not_the_order_of_use():
    prices = [price("month", unit=Unit.MONTH), price(), price("statement", unit=Unit.PRODUCT)]
    uses = [
        Usage(product="statement", on=date(2026, 10, 1), quantity=Decimal(2)),
        worked(date(2026, 10, 2), 60),
        Usage(product="month", on=date(2026, 10, 31), since=date(2026, 10, 1), quantity=Decimal(1)),
    ]

    rows = price_lines(uses, prices=prices)

    assert [(row.product, int(row.quantity)) for row in rows] == [("month", 1), ("coordination", 1), ("statement", 2)]
    assert rows[0].first_on == date(2026, 10, 1)


def test_a_price_that_changed_inside_the_month_gives_a_line_for_each_side():
    old, new = price(valid_to=date(2026, 10, 14)), price(amount="70", valid_from=date(2026, 10, 15))
    uses = [worked(date(2026, 10, 20), 60), worked(date(2026, 10, 14), 60), worked(date(2026, 10, 15), 30)]

    rows = price_lines(uses, prices=[old, new])

    assert [(row.unit_price, row.quantity) for row in rows] == [(Decimal("68.40"), 1), (Decimal(70), Decimal("1.5"))]


def test_a_vat_rate_that_changed_splits_the_line_at_the_day_of_the_service():
    prices = [price(valid_from=date(2024, 1, 1))]
    uses = [worked(date(2024, 9, 1), 60), worked(date(2024, 8, 31), 60)]

    rows = price_lines(uses, prices=prices)

    assert [(row.last_on, row.vat.rate) for row in rows] == [
        (date(2024, 8, 31), Decimal(24)),
        (date(2024, 9, 1), Decimal("25.5")),
    ]


def test_use_on_a_day_without_a_price_is_refused_with_product_and_day():
    with pytest.raises(NoPrice, match=r"coordination.*31\.12\.2025"):
        price_lines([worked(date(2025, 12, 31), 60)], prices=[price()])


def test_two_prices_for_one_day_are_refused():
    with pytest.raises(PricesOverlap):
        price_lines([worked(date(2026, 10, 1), 60)], prices=[price(), price(amount="70")])


def test_a_price_cannot_be_negative_nor_end_before_it_begins():
    with pytest.raises(pricing.NegativePrice):
        price(amount="-0.01")
    with pytest.raises(pricing.PeriodReversed):
        price(valid_to=YEAR - timedelta(days=1))


def test_rows_outside_the_scope_of_vat_go_on_an_invoice_of_their_own():
    taxable, exempt, outside = line(vat=GENERAL), line(vat=EXEMPT), line(vat=OUTSIDE)

    assert split_by_scope([outside, taxable, exempt]) == [(taxable, exempt), (outside,)]
    assert split_by_scope([taxable]) == [(taxable,)]
    assert split_by_scope([]) == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"category": VatCategory.STANDARD}, vat.RateMissing),
        ({"category": VatCategory.STANDARD, "rate": Decimal("25.5"), "reason": "AVL 37 §"}, vat.ReasonNotAllowed),
        ({"category": VatCategory.EXEMPT}, vat.ReasonMissing),
        ({"category": VatCategory.EXEMPT, "rate": Decimal("25.5"), "reason": "AVL 37 §"}, vat.RateNotAllowed),
        ({"category": VatCategory.OUTSIDE_SCOPE}, vat.ReasonMissing),
        ({"category": VatCategory.OUTSIDE_SCOPE, "rate": Decimal(10), "reason": "KHO"}, vat.RateNotAllowed),
    ],
)
def test_rate_and_reason_must_suit_the_category(values, refusal):
    with pytest.raises(refusal):
        Vat(**values)


@pytest.mark.parametrize(
    ("on", "vat_class", "percent"),
    [
        (date(2024, 8, 31), VatClass.GENERAL, "24"),
        (date(2024, 9, 1), VatClass.GENERAL, "25.5"),
        (date(2025, 12, 31), VatClass.REDUCED, "14"),
        (date(2026, 1, 1), VatClass.REDUCED, "13.5"),
    ],
)
def test_the_rate_follows_the_day_of_the_service(on, vat_class, percent):
    assert rate_on(on, vat_class) == Decimal(percent)


def test_a_day_before_the_table_is_refused():
    with pytest.raises(vat.RateUnknown):
        rate_on(date(2012, 12, 31))


@pytest.mark.parametrize("vat_class", VatClass)
def test_the_rate_table_has_a_source_on_every_row_and_neither_gap_nor_overlap(vat_class):
    rows = [rate for rate in rates() if rate.vat_class == vat_class]

    assert all(row.source for row in rows)
    assert [later.valid_from - timedelta(days=1) for _, later in pairwise(rows)] == [row.valid_to for row in rows[:-1]]
    assert rows[-1].valid_to is None


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_a_code_of_recommendation_20(unit):
    assert unit.code in {"MON", "HUR", "C62"}


def test_a_line_refuses_what_no_invoice_may_hold():
    with pytest.raises(pricing.NegativePrice):
        line("1", "-1")
    with pytest.raises(pricing.PeriodReversed):
        line(first_on=date(2026, 10, 2), last_on=date(2026, 10, 1))
    assert isinstance(line("-1", "1"), Line)
