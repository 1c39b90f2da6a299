"""From usage and a price list to priced lines and totals, in EN 16931's order of calculation. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices  # noqa: TID251 - an enum with translated labels, no database
from django.utils.translation import gettext_lazy as _

from billing.vat import Rate, Vat, VatCategory, VatClass, rate_on
from tenants.display import day
from tenants.errors import Refusal

TWO_DECIMALS = Decimal("0.01")
ZERO = Decimal("0.00")
MINUTES_IN_HOUR = Decimal(60)
PERCENT = Decimal(100)


class Unit(TextChoices):
    """What one unit of a price buys."""

    MONTH = "month", _("month")
    CLIENT_MONTH = "client_month", _("client-month")
    HOUR = "hour", _("hour")
    PRODUCT = "product", _("piece")

    @property
    def code(self) -> str:
        """The code of UN/ECE Recommendation 20. It has none for client-months: they are counted as ones."""
        return {"month": "MON", "client_month": "C62", "hour": "HUR", "product": "C62"}[self.value]


class NegativePrice(Refusal):
    user_message = _("A price is never negative; use a negative quantity instead.")
    field = "amount"


class PeriodReversed(Refusal):
    user_message = _("The last day is before the first.")
    field = "valid_to"


class NoPrice(Refusal):
    user_message = _("The price list has no price for “%(product)s” on %(day)s.")


class PricesOverlap(Refusal):
    user_message = _("Another price of the same product is valid on some of these days.")
    field = "valid_from"


@dataclass(frozen=True, kw_only=True)
class Price:
    """One row of a contract's price list: the price of a product without VAT, from its first through its last day.

    Raises:
        NegativePrice: the amount is below zero (BR-27).
        PeriodReversed: the last day is before the first.
    """

    product: str
    name: str
    unit: Unit
    amount: Decimal
    valid_from: date
    valid_to: date | None = None
    category: VatCategory = VatCategory.STANDARD
    vat_class: VatClass = VatClass.GENERAL
    reason: str = ""
    reason_code: str = ""

    def __post_init__(self) -> None:
        _check_price(self.amount)
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PeriodReversed
        self.vat_on(self.valid_from)

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def vat_on(self, on: date, *, table: Sequence[Rate] | None = None) -> Vat:
        """Answer the tax treatment of a service performed on a day.

        Raises:
            RateUnknown: the rate table has no row for that day.
        """
        taxable = self.category == VatCategory.STANDARD
        rate = rate_on(on, self.vat_class, table=table) if taxable else Decimal(0)
        return Vat(category=self.category, rate=rate, reason=self.reason, reason_code=self.reason_code)


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What was used of a product: minutes where the price is per hour, else a quantity.

    The day decides the price and the VAT rate; `since` is the first day of a use that lasted, for example a month.
    """

    product: str
    on: date
    since: date | None = None
    quantity: Decimal = Decimal(0)
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """A priced row of an invoice; `first_on` and `last_on` are the days of the service it covers.

    Raises:
        NegativePrice: the unit price is below zero (BR-27).
        PeriodReversed: the last day is before the first.
    """

    product: str
    name: str
    unit: Unit
    quantity: Decimal
    unit_price: Decimal
    vat: Vat
    first_on: date
    last_on: date
    note: str = ""

    def __post_init__(self) -> None:
        _check_price(self.unit_price)
        if self.last_on < self.first_on:
            raise PeriodReversed

    @property
    def net(self) -> Decimal:
        """Quantity times price, in cents: the first rounding of EN 16931."""
        return cents(self.quantity * self.unit_price)


@dataclass(frozen=True, kw_only=True)
class VatGroup:
    """The tax of all lines of one category and rate (BG-23)."""

    vat: Vat
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sum of lines, tax per group, tax in all, and what is to be paid (BT-106, BG-23, BT-110, BT-112)."""

    net: Decimal
    groups: tuple[VatGroup, ...]
    vat: Decimal
    gross: Decimal


def cents(amount: Decimal) -> Decimal:
    """Round to cents, half away from zero."""
    return amount.quantize(TWO_DECIMALS, ROUND_HALF_UP)


def hours(minutes: int) -> Decimal:
    """Turn minutes into hours with two decimals. Sum the minutes first: three times 20 minutes is one hour."""
    return (Decimal(minutes) / MINUTES_IN_HOUR).quantize(TWO_DECIMALS, ROUND_HALF_UP)


def price_on(product: str, on: date, *, prices: Sequence[Price]) -> Price:
    """Answer the price row of a product that is valid on a day.

    Raises:
        NoPrice: no row is valid on that day.
        PricesOverlap: more than one is.
    """
    valid = [price for price in prices if price.product == product and price.covers(on)]
    if not valid:
        raise NoPrice(product=product, day=day(on))
    if len(valid) > 1:
        raise PricesOverlap
    return valid[0]


def price_lines(
    usages: Iterable[Usage], *, prices: Sequence[Price], rates: Sequence[Rate] | None = None
) -> tuple[Line, ...]:
    """Turn usage into lines: one per price row and VAT rate, in the order of the price list.

    A product whose price or VAT rate changed inside the period gives a line for each side of the change, because both
    follow the day of the service.

    Raises:
        NoPrice, PricesOverlap: the price list does not say which price holds on a day of use.
        RateUnknown: the VAT table has no rate for a day of use.
    """
    used: dict[tuple[int, Vat], list[Usage]] = {}
    for usage in usages:
        price = price_on(usage.product, usage.on, prices=prices)
        used.setdefault((prices.index(price), price.vat_on(usage.on, table=rates)), []).append(usage)
    in_order = sorted(used.items(), key=lambda item: (item[0][0], min(usage.on for usage in item[1])))
    return tuple(_line(prices[place], vat, group) for (place, vat), group in in_order)


def totals(lines: Sequence[Line]) -> Totals:
    """Add up an invoice: tax is rounded once per category and rate, never per line (BR-CO-10, -14, -15, -17)."""
    bases: dict[tuple[VatCategory, Decimal], list[Line]] = {}
    for line in lines:
        bases.setdefault((line.vat.category, line.vat.rate), []).append(line)
    groups = tuple(_vat_group(members) for members in bases.values())
    net = sum((line.net for line in lines), ZERO)
    vat = sum((group.amount for group in groups), ZERO)
    return Totals(net=net, groups=groups, vat=vat, gross=net + vat)


def split_by_scope(lines: Iterable[Line]) -> list[tuple[Line, ...]]:
    """Split lines into those inside and outside the scope of VAT: one invoice cannot hold both (BR-O-11 to -14)."""
    lines = tuple(lines)
    inside = tuple(line for line in lines if not line.vat.is_outside_scope)
    outside = tuple(line for line in lines if line.vat.is_outside_scope)
    return [part for part in (inside, outside) if part]


def _check_price(amount: Decimal) -> None:
    if amount < 0:
        raise NegativePrice


def _line(price: Price, vat: Vat, used: Sequence[Usage]) -> Line:
    return Line(
        product=price.product,
        name=price.name,
        unit=price.unit,
        quantity=_quantity(price.unit, used),
        unit_price=price.amount,
        vat=vat,
        first_on=min(usage.since or usage.on for usage in used),
        last_on=max(usage.on for usage in used),
    )


def _quantity(unit: Unit, used: Sequence[Usage]) -> Decimal:
    if unit == Unit.HOUR:
        return hours(sum(usage.minutes for usage in used))
    return sum((usage.quantity for usage in used), Decimal(0))


def _vat_group(members: Sequence[Line]) -> VatGroup:
    base = sum((line.net for line in members), ZERO)
    vat = _common_vat([line.vat for line in members])
    return VatGroup(vat=vat, base=base, amount=cents(base * vat.rate / PERCENT))


def _common_vat(treatments: Sequence[Vat]) -> Vat:
    """Merge the reasons of a group: EN 16931 has room for one code and one text per category and rate."""
    codes = list(dict.fromkeys(vat.reason_code for vat in treatments))
    if len(codes) == 1:
        texts = [vat.reason for vat in treatments if vat.reason]
    else:
        texts = [vat.reason or vat.reason_code for vat in treatments]
    code = codes[0] if len(codes) == 1 else ""
    return replace(treatments[0], reason_code=code, reason="; ".join(dict.fromkeys(texts)))
