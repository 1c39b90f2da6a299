"""An invoice or credit note as it was issued: frozen values, checked when made, kept as JSON.

Models hold the JSON; the PDF and the e-invoices are made from this and from nothing else. It has no room for a client.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from billing import references
from billing.pricing import ZERO, Line, PeriodReversed, Totals, Unit, VatGroup, totals
from billing.vat import Vat, VatCategory
from tenants.errors import Refusal
from tenants.names import one_line

CURRENCY = "EUR"
UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what XML 1.0 and paper cannot hold


class NumberMissing(Refusal):
    user_message = _("An invoice needs its number.")


class NameMissing(Refusal):
    user_message = _("Seller, buyer and every row need a name.")


class NoLines(Refusal):
    user_message = _("An invoice needs at least one row.")


class TotalsWrong(Refusal):
    user_message = _("The totals are not those of the rows.")


class TotalNegative(Refusal):
    user_message = _("The total is below zero; write a credit note instead.")


class ScopesMixed(Refusal):
    user_message = _("Rows outside the scope of VAT need an invoice of their own.")


class SellerVatIdMissing(Refusal):
    user_message = _("The seller's VAT number is needed for taxable and exempt rows.")


class VatIdInvalid(Refusal):
    user_message = _("This VAT number does not belong to the business ID.")
    field = "vat_id"


class DueDateMissing(Refusal):
    user_message = _("An invoice needs a due date.")
    field = "due_on"


class DueBeforeIssued(Refusal):
    user_message = _("The due date is before the date of the invoice.")
    field = "due_on"


class OutsidePeriod(Refusal):
    user_message = _("A row's days are outside the period of the invoice.")


class BuyerReferenceMissing(Refusal):
    user_message = _("Give the buyer's reference or the order number; the buyer's e-invoice system needs one of them.")
    field = "buyer_reference"


class CurrencyUnknown(Refusal):
    user_message = _("Invoices are in euros.")
    field = "currency"


class TextNotPrintable(Refusal):
    user_message = _("A text contains characters that cannot be printed.")


class CreditedInvoiceUnclear(Refusal):
    user_message = _("A credit note names the invoice it changes and cannot be older than it.")


@dataclass(frozen=True, kw_only=True)
class Party:
    """Seller or buyer as printed. `endpoint` is the OVT address of e-invoices, `operator` their carrier's identifier.

    Raises:
        NameMissing, BusinessIdInvalid, VatIdInvalid, OvtInvalid, IbanInvalid: a value is missing or not valid.
    """

    name: str
    business_id: str
    vat_id: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "FI"
    endpoint: str = ""
    operator: str = ""
    iban: str = ""
    bic: str = ""
    email: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise NameMissing
        if self.vat_id not in {"", references.vat_id(self.business_id)}:
            raise VatIdInvalid
        if self.endpoint and not references.is_ovt(self.endpoint):
            raise references.OvtInvalid
        if self.iban and references.compact_iban(self.iban) != self.iban:
            raise references.IbanInvalid


@dataclass(frozen=True, kw_only=True)
class Credited:
    """The invoice that a credit note changes."""

    number: str
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class InvoiceDocument:
    """An invoice, or a credit note when `credits` is set. A credit note's amounts are positive: what is given back.

    Raises:
        Refusal: one of this module's, `billing.references`' or `billing.pricing`'s, for what is missing or wrong.
    """

    number: str
    issued_on: date
    due_on: date | None
    period_from: date
    period_to: date
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    totals: Totals
    reference_number: str = ""
    buyer_reference: str = ""
    order_reference: str = ""
    contract_reference: str = ""
    penalty: str = ""
    note: str = ""
    currency: str = CURRENCY
    credits: Credited | None = None

    def __post_init__(self) -> None:
        self._check_head()
        self._check_dates()
        self._check_lines()
        if not self.is_credit_note:
            self._check_payment()
        if any(UNPRINTABLE.search(text) for text in _texts(asdict(self))):
            raise TextNotPrintable

    @property
    def is_credit_note(self) -> bool:
        return self.credits is not None

    @property
    def is_outside_scope(self) -> bool:
        return all(line.vat.is_outside_scope for line in self.lines)

    def to_json(self) -> str:
        """Write the document down so that `from_json` answers an equal one."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a document that `to_json` wrote."""
        values = json.loads(text)
        days = {name: _day(values[name]) for name in ("issued_on", "due_on", "period_from", "period_to")}
        parties = {name: Party(**values[name]) for name in ("seller", "buyer")}
        credited = values["credits"] and Credited(
            number=values["credits"]["number"], issued_on=date.fromisoformat(values["credits"]["issued_on"])
        )
        lines = tuple(_line(line) for line in values["lines"])
        return cls(
            **{**values, **days, **parties, "lines": lines, "totals": _totals(values["totals"]), "credits": credited}
        )

    def _check_head(self) -> None:
        if not self.number.strip():
            raise NumberMissing
        if self.currency != CURRENCY:
            raise CurrencyUnknown
        if not (one_line(self.buyer_reference) or one_line(self.order_reference)):
            raise BuyerReferenceMissing
        if self.credits and not (self.credits.number.strip() and self.credits.issued_on <= self.issued_on):
            raise CreditedInvoiceUnclear

    def _check_dates(self) -> None:
        if self.period_to < self.period_from:
            raise PeriodReversed
        if any(line.first_on < self.period_from or line.last_on > self.period_to for line in self.lines):
            raise OutsidePeriod

    def _check_lines(self) -> None:
        if not self.lines:
            raise NoLines
        if not all(line.name.strip() for line in self.lines):
            raise NameMissing
        if any(line.vat.is_outside_scope for line in self.lines) and not self.is_outside_scope:
            raise ScopesMixed
        if self.totals != totals(self.lines):
            raise TotalsWrong
        if self.totals.gross < ZERO:
            raise TotalNegative
        if not self.is_outside_scope and not self.seller.vat_id:
            raise SellerVatIdMissing

    def _check_payment(self) -> None:
        if self.due_on is None:
            raise DueDateMissing
        if self.due_on < self.issued_on:
            raise DueBeforeIssued
        if not references.is_reference(self.reference_number):
            raise references.ReferenceInvalid
        references.compact_iban(self.seller.iban)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        inner: Iterable[object] = value.values() if isinstance(value, dict) else value
        for part in inner:
            yield from _texts(part)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _vat(values: dict[str, Any]) -> Vat:
    return Vat(**{**values, "category": VatCategory(values["category"]), "rate": Decimal(values["rate"])})


def _line(values: dict[str, Any]) -> Line:
    numbers = {name: Decimal(values[name]) for name in ("quantity", "unit_price")}
    days = {name: date.fromisoformat(values[name]) for name in ("first_on", "last_on")}
    return Line(**{**values, **numbers, **days, "unit": Unit(values["unit"]), "vat": _vat(values["vat"])})


def _totals(values: dict[str, Any]) -> Totals:
    groups = tuple(
        VatGroup(vat=_vat(group["vat"]), base=Decimal(group["base"]), amount=Decimal(group["amount"]))
        for group in values["groups"]
    )
    return Totals(net=Decimal(values["net"]), groups=groups, vat=Decimal(values["vat"]), gross=Decimal(values["gross"]))
