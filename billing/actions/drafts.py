"""Drafts of invoices: made from the evidence of a closed month and the price list, thrown away and made again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.models import ContractMonth, Invoice, InvoiceLine, PriceRow, UsageEvidence
from billing.months import first_day, last_day
from billing.pricing import Line, Price, Unit, price_lines, split_by_scope, totals
from billing.pricing import Usage as PricedUse
from billing.vat import Vat
from tenants.display import month as printed_month
from tenants.errors import Refusal


class AlreadyIssued(Refusal):
    user_message = _("This invoice has been issued. It cannot be changed or deleted, only credited.")


@dataclass(frozen=True)
class Group:
    """What becomes one line: its price row, and the evidence behind it."""

    row: PriceRow
    line: Line
    evidence: tuple[UsageEvidence, ...]


@transaction.atomic
def make(*, closed: ContractMonth) -> list[Invoice]:
    """Make the drafts of a closed month anew from its evidence and today's price list; what is issued stays.

    There are two when some rows are outside the scope of VAT, because one invoice cannot hold both kinds. Evidence
    that the price list has no price for is on no draft.

    Raises:
        PricesOverlap, RateUnknown: the price list cannot be applied.
    """
    closed = ContractMonth.objects.select_for_update(of=("self",)).select_related("contract").get(pk=closed.pk)
    for old in closed.invoices.select_for_update().filter(number=None):
        old.delete()
    groups = _groups(closed)
    parts = split_by_scope(group.line for group in groups)
    return [_write(closed, [group for group in groups if group.line in part]) for part in parts]


@transaction.atomic
def discard(*, invoice: Invoice) -> None:
    """Throw a draft away; `make` makes it again.

    Raises:
        AlreadyIssued
    """
    found = Invoice.objects.select_for_update().filter(pk=invoice.pk).first()
    if found is None:
        return
    if not found.is_draft:
        raise AlreadyIssued
    found.delete()


def _groups(closed: ContractMonth) -> list[Group]:
    """Gather the evidence by month, price row and tax: a line each, the closed month's own before what came late."""
    contract = closed.contract
    rows = {row.price(): row for row in sorted(contract.prices.all(), key=lambda row: list(Unit).index(Unit(row.unit)))}
    prices = list(rows)
    found: dict[tuple[date, Price, Vat], list[UsageEvidence]] = {}
    for evidence in UsageEvidence.objects.filter(usage__closed=closed, line=None).select_related("usage"):
        price = evidence.price_in(prices)
        if price is not None:
            key = (evidence.usage.performed_in, price, price.vat_on(evidence.on))
            found.setdefault(key, []).append(evidence)
    in_order = sorted(found, key=lambda key: (-key[0].toordinal(), prices.index(key[1]), found[key][0].on))
    return [Group(rows[key[1]], _line(closed, key[1], found[key]), tuple(found[key])) for key in in_order]


def _line(closed: ContractMonth, price: Price, evidence: Sequence[UsageEvidence]) -> Line:
    uses = [
        PricedUse(
            product=price.product,
            on=one.on,
            since=None if one.entry_id else max(first_day(one.on), closed.contract.valid_from),
            quantity=Decimal(1),
            minutes=one.minutes,
        )
        for one in evidence
    ]
    [line] = price_lines(uses, prices=[price])
    return line


def _write(closed: ContractMonth, groups: Sequence[Group]) -> Invoice:
    lines = [group.line for group in groups]
    sums = totals(lines)
    period_from, period_to = _period(closed, lines)
    invoice = Invoice.objects.create(
        closed=closed, period_from=period_from, period_to=period_to, net=sums.net, vat=sums.vat, gross=sums.gross
    )
    for place, group in enumerate(groups, start=1):
        row = _line_row(invoice, place, group)
        row.save(force_insert=True)
        UsageEvidence.objects.filter(pk__in=[one.pk for one in group.evidence]).update(line=row)
    return invoice


def _period(closed: ContractMonth, lines: Sequence[Line]) -> tuple[date, date]:
    """The closed month, as far as the contract goes, and the days of what came late."""
    contract, month = closed.contract, closed.month
    days = [day for line in lines for day in (line.first_on, line.last_on)]
    if contract.touches(month):
        days += [max(month, contract.valid_from), min(last_day(month), contract.valid_to or date.max)]
    return min(days), max(days)


def _line_row(invoice: Invoice, place: int, group: Group) -> InvoiceLine:
    line = group.line
    return InvoiceLine(
        invoice=invoice,
        place=place,
        price_row=group.row,
        product=line.product,
        name=line.name,
        note=_note(invoice.closed, group.evidence[0].usage.performed_in),
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
        vat_category=line.vat.category,
        vat_rate=line.vat.rate,
        vat_reason=line.vat.reason,
        reason_code=line.vat.reason_code,
        first_on=line.first_on,
        last_on=line.last_on,
    )


def _note(closed: ContractMonth, performed_in: date) -> str:
    """Say on the line that it is of an earlier month, in the buyer's language."""
    if performed_in == closed.month:
        return ""
    with translation.override(closed.contract.language):
        return gettext("Late entries, %(month)s") % {"month": printed_month(performed_in)}
