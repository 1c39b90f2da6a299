"""Value added tax: the categories of EN 16931 that are used here, and the dated rates. Pure.

Which category a service has is a question for the tax office, so it stands on the price row; this module only holds
a row to the rules of its category.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Self

from django.db.models import TextChoices  # noqa: TID251 - an enum with translated labels, no database
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

RATE_TABLE = Path(__file__).with_name("vat_rates.toml")


class VatCategory(TextChoices):
    """UNTDID 5305 codes: taxable, exempt by law, outside the scope of VAT."""

    STANDARD = "S", _("Taxable")
    EXEMPT = "E", _("Exempt from VAT")
    OUTSIDE_SCOPE = "O", _("Outside the scope of VAT")


class VatClass(TextChoices):
    """Which row of the rate table a taxable service follows."""

    GENERAL = "general", _("General rate")
    REDUCED = "reduced", _("Reduced rate")


class RateMissing(Refusal):
    user_message = _("A taxable row needs a VAT rate above zero.")


class RateNotAllowed(Refusal):
    user_message = _("A row that is exempt or outside the scope of VAT has no VAT rate.")


class ReasonMissing(Refusal):
    user_message = _("Say why no VAT is charged; the invoice prints the reason.")
    field = "vat_reason"


class ReasonNotAllowed(Refusal):
    user_message = _("A taxable row has no reason for charging no VAT.")
    field = "vat_reason"


class RateUnknown(Refusal):
    user_message = _("The table of VAT rates has no rate for the day of the service.")


@dataclass(frozen=True, kw_only=True)
class Vat:
    """The tax treatment of one row.

    Raises:
        RateMissing, RateNotAllowed: the rate does not suit the category (BR-S-05, BR-E-05, BR-O-05).
        ReasonMissing, ReasonNotAllowed: the reason does not suit it (BR-S-10, BR-E-10, BR-O-10).
    """

    category: VatCategory
    rate: Decimal = Decimal(0)
    reason: str = ""
    reason_code: str = ""

    def __post_init__(self) -> None:
        has_reason = bool(self.reason or self.reason_code)
        if self.is_taxable:
            if self.rate <= 0:
                raise RateMissing
            if has_reason:
                raise ReasonNotAllowed
        elif self.rate != 0:
            raise RateNotAllowed
        elif not has_reason:
            raise ReasonMissing

    @property
    def is_taxable(self) -> bool:
        return self.category == VatCategory.STANDARD

    @property
    def is_outside_scope(self) -> bool:
        return self.category == VatCategory.OUTSIDE_SCOPE


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One row of the rate table; `valid_to` is its last day."""

    vat_class: VatClass
    percent: Decimal
    valid_from: date
    valid_to: date | None
    source: str

    @classmethod
    def from_row(cls, row: dict[str, str | date]) -> Self:
        valid_from, valid_to = row["valid_from"], row.get("valid_to")
        if not isinstance(valid_from, date) or isinstance(valid_to, str):
            raise TypeError(row)
        return cls(
            vat_class=VatClass(str(row["vat_class"])),
            percent=Decimal(str(row["percent"])),
            valid_from=valid_from,
            valid_to=valid_to,
            source=str(row["source"]),
        )

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def rates() -> tuple[Rate, ...]:
    """Read the shipped rate table."""
    return tuple(Rate.from_row(row) for row in tomllib.loads(RATE_TABLE.read_text("utf-8"))["rate"])


def rate_on(on: date, vat_class: VatClass = VatClass.GENERAL, *, table: Sequence[Rate] | None = None) -> Decimal:
    """Answer the percentage for a service performed on a day (AVL 15-16 §: the day of performance, not of the invoice).

    Raises:
        RateUnknown: the table has no row for that day.
    """
    for rate in rates() if table is None else table:
        if rate.vat_class == vat_class and rate.covers(on):
            return rate.percent
    raise RateUnknown
