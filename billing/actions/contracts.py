"""What can be done to the seller, to contracts and to their price lists."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing import changes, references
from billing.models import Contract, InvoiceLine, PriceRow, Seller
from billing.pricing import PeriodReversed, PricesOverlap, Unit
from billing.vat import VatCategory
from casework.services import usage
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.errors import Refusal
from tenants.models import Municipality
from tenants.names import one_line
from tenants.printing import missing_letter


class ContractsOverlap(Refusal):
    user_message = _("%(municipality)s already has a contract for some of these days.")
    field = "valid_from"


class ProductUnknown(Refusal):
    user_message = _("There is no such service.")
    field = "product"


class ProductMissing(Refusal):
    user_message = _("Choose the service that this price is for.")
    field = "product"


class ProductNotAllowed(Refusal):
    user_message = _("A price per month or per client-month is not for a single service: leave this empty.")
    field = "product"


class ReasonCodeOfAnotherCategory(Refusal):
    user_message = _("This code belongs to another VAT category.")
    field = "reason_code"


class PriceIsBilled(Refusal):
    user_message = _("An issued invoice charges this price after that day. Give a later last day.")
    field = "valid_to"


class LetterNotPrinted(Refusal):
    user_message = _("An invoice cannot be printed with “%(letter)s” (%(name)s). Leave it out.")

    def __init__(self, *, letter: str, field: str) -> None:
        super().__init__(letter=letter, name=unicodedata.name(letter, f"U+{ord(letter):04X}"))
        self.field = field


class PriceIsUsed(Refusal):
    user_message = _("An invoice or a draft uses this price. Delete the draft first, or give the price a last day.")


@transaction.atomic
def save_seller(*, details: Mapping[str, Any], version: int, by: User, at: datetime) -> Seller:
    """Write down who sells; `version` 0 means that nobody was written down yet.

    Raises:
        EditedMeanwhile, LetterNotPrinted
        Refusal: of `billing.document.Party`, for a name, business ID, VAT number, OVT or IBAN that is not valid.
    """
    values = {**_as_printed(details), "iban": references.compact_iban(details["iban"])}
    found = Seller.objects.select_for_update().filter(pk=Seller.ONLY).first()
    if found is not None:
        found.check_version(version)
    seller = found or Seller()
    _set(seller, values)
    seller.party()
    if found is None:
        seller.save(force_insert=True)
    if found is None or changes.save(seller, by=by, at=at):
        _record(by, "seller.saved", Subject("seller", seller.business_id))
    return seller


@transaction.atomic
def add(*, municipality: Municipality, details: Mapping[str, Any], by: User, at: datetime) -> Contract:
    """Make a contract with a municipality; it has one contract on a day.

    Raises:
        PeriodReversed, ContractsOverlap, LetterNotPrinted
        Refusal: of `billing.document.Party`.
    """
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    contract = Contract(municipality=municipality, **_as_printed(details))
    _check_contract(contract)
    contract.save()
    _record(by, "contract.added", _subject(contract))
    return contract


@transaction.atomic
def change(*, contract: Contract, details: Mapping[str, Any], version: int, by: User, at: datetime) -> Contract:
    """Change what was agreed. Invoices that were issued keep what they say.

    Raises:
        EditedMeanwhile, PeriodReversed, ContractsOverlap, LetterNotPrinted
        Refusal: of `billing.document.Party`.
    """
    Municipality.objects.select_for_update().get(pk=contract.municipality_id)
    contract = locked(contract)
    contract.check_version(version)
    _set(contract, _as_printed(details))
    _check_contract(contract)
    if changes.save(contract, by=by, at=at):
        _record(by, "contract.changed", _subject(contract))
    return contract


@transaction.atomic
def add_price(*, contract: Contract, details: Mapping[str, Any], by: User, at: datetime) -> PriceRow:
    """Add a row to the price list. A service has one price on a day, either by the hour or by the piece.

    Raises:
        NegativePrice, PeriodReversed, LetterNotPrinted
        ProductMissing, ProductNotAllowed, ProductUnknown: the service does not suit the unit.
        ReasonMissing, ReasonNotAllowed, ReasonCodeOfAnotherCategory, RateUnknown: the tax treatment is not whole.
        PricesOverlap: another row for the same thing is valid on some of the days.
    """
    contract = locked(contract)
    row = PriceRow(contract=contract, **_as_printed(details))
    _check_product(row)
    _check_reason_code(row)
    row.price()
    _check_stands_alone(row)
    row.save()
    _record(by, "price.added", _subject(contract))
    return row


@transaction.atomic
def end_price(*, row: PriceRow, valid_to: date | None, version: int, by: User, at: datetime) -> PriceRow:
    """Give a price its last day, or another one when that was wrong; None: in force until further notice.

    Raises:
        EditedMeanwhile
        PeriodReversed: it begins after that day.
        PriceIsBilled: an issued invoice charges it for days after that.
        PricesOverlap: another row for the same thing follows.
    """
    contract, row = _locked_price(row, version)
    row.valid_to = valid_to
    if valid_to is not None:
        _check_may_end(row, valid_to)
    _check_stands_alone(row)
    if changes.save(row, by=by, at=at):
        _record(by, "price.ended", _subject(contract))
    return row


@transaction.atomic
def remove_price(*, row: PriceRow, reason: str, version: int, by: User, at: datetime) -> PriceRow:
    """Take a row that was typed by mistake off the price list; what it said stays.

    Raises:
        EditedMeanwhile
        PriceIsUsed: an invoice or a draft charges it.
    """
    contract, row = _locked_price(row, version)
    if InvoiceLine.objects.filter(price_row=row).exists():
        raise PriceIsUsed
    changes.remove(row, reason=reason, by=by, at=at)
    _record(by, "price.removed", _subject(contract))
    return row


def locked(contract: Contract) -> Contract:
    """Fetch the contract anew with its row locked: nobody closes a month or changes a price meanwhile."""
    return contract.locked("municipality")


def _locked_price(row: PriceRow, version: int) -> tuple[Contract, PriceRow]:
    """Lock the contract first, as whoever closes a month does.

    Raises:
        EditedMeanwhile: somebody changed or removed the price.
    """
    contract = locked(row.contract)
    row = row.locked()
    row.check_version(version)
    return contract, row


def _set(row: models.Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _as_printed(details: Mapping[str, Any]) -> dict[str, Any]:
    """Write every text in one line, and refuse now what an invoice could not print on the day it is issued."""
    values = {name: one_line(value) if isinstance(value, str) else value for name, value in details.items()}
    for name, value in values.items():
        if isinstance(value, str) and (letter := missing_letter(value)):
            raise LetterNotPrinted(letter=letter, field=name)
    return values


def _check_contract(contract: Contract) -> None:
    if contract.valid_to is not None and contract.valid_to < contract.valid_from:
        raise PeriodReversed
    contract.party()
    others = Contract.objects.filter(municipality=contract.municipality_id).exclude(pk=contract.pk)
    if _sharing_days(others, contract.valid_from, contract.valid_to).exists():
        raise ContractsOverlap(municipality=contract.municipality.name)


def _check_product(row: PriceRow) -> None:
    if row.unit in {Unit.MONTH, Unit.CLIENT_MONTH}:
        if row.product:
            raise ProductNotAllowed
    elif row.product:
        if row.product not in {product.code for product in usage.products()}:
            raise ProductUnknown
    elif row.unit == Unit.PRODUCT:
        raise ProductMissing


def _check_reason_code(row: PriceRow) -> None:
    is_of_outside_scope = row.reason_code == PriceRow.ReasonCode.OUTSIDE_SCOPE
    if row.reason_code and is_of_outside_scope != (row.vat_category == VatCategory.OUTSIDE_SCOPE):
        raise ReasonCodeOfAnotherCategory


def _check_may_end(row: PriceRow, valid_to: date) -> None:
    if valid_to < row.valid_from:
        raise PeriodReversed
    if InvoiceLine.objects.filter(price_row=row, last_on__gt=valid_to, invoice__number__isnull=False).exists():
        raise PriceIsBilled


def _check_stands_alone(row: PriceRow) -> None:
    """Refuse a row when another one for the same thing is valid on some of its days."""
    others = PriceRow.objects.filter(contract=row.contract_id).exclude(pk=row.pk)
    if any(other.key == row.key for other in _sharing_days(others, row.valid_from, row.valid_to)):
        raise PricesOverlap


def _sharing_days[M: models.Model](
    rows: models.QuerySet[M], valid_from: date, valid_to: date | None
) -> models.QuerySet[M]:
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    return rows.filter(valid_from__lte=valid_to) if valid_to else rows


def _subject(contract: Contract) -> Subject:
    return Subject("contract", str(contract.pk))


def _record(by: User, action: str, subject: Subject) -> None:
    access_log.record(by=by, action=action, subjects=[subject])
