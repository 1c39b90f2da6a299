"""What the pages of billing show, in words: use, prices and invoices as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.actions.invoices import check_ready
from billing.document import InvoiceDocument, Party
from billing.models import Invoice, PriceRow, Seller, Usage
from billing.pricing import Line, Totals, Unit, totals
from billing.references import printed_iban, printed_reference
from billing.vat import VatCategory, rate_on
from casework.services import usage
from tenants.display import NO_BREAK_SPACE
from tenants.display import month as printed_month
from tenants.errors import Refusal


@dataclass(frozen=True)
class UseRow:
    """One thing used in a month; `late` names the earlier month in which it was performed."""

    label: str
    late: str
    quantity: int
    minutes: int


@dataclass(frozen=True)
class PricePage:
    """A row of the price list with its words, and whether it holds today."""

    row: PriceRow
    what: str
    vat: str
    state: str
    tone: str


@dataclass(frozen=True)
class InvoicePage:
    """An invoice as the page shows it: from the snapshot when it was issued, else as it would be issued today."""

    invoice: Invoice
    seller: Party | None
    buyer: Party
    lines: tuple[Line, ...]
    totals: Totals
    document: InvoiceDocument | None
    problem: str = ""

    @property
    def reference(self) -> str:
        return printed_reference(self.invoice.reference_number) if self.invoice.reference_number else ""

    @property
    def iban(self) -> str:
        return printed_iban(self.seller.iban) if self.seller else ""


def use_rows(usages: Iterable[Usage], month: date) -> list[UseRow]:
    """Name what was used, in the active language: the month's own first, then what came late."""
    names = {product.code: product.name for product in usage.products()}
    return [
        UseRow(
            label=names.get(one.product, one.product) or str(one.get_kind_display()),
            late="" if one.performed_in == month else printed_month(one.performed_in),
            quantity=one.quantity,
            minutes=one.minutes,
        )
        for one in in_order(usages)
    ]


def in_order(usages: Iterable[Usage]) -> list[Usage]:
    """Sort use as a bill does: the latest month first, in it the fee, the client-months and the services."""
    kinds = list(Usage.Kind)
    return sorted(
        usages, key=lambda one: (-one.performed_in.toordinal(), kinds.index(Usage.Kind(one.kind)), one.product)
    )


def price_pages(rows: Iterable[PriceRow], *, today: date) -> list[PricePage]:
    """Describe a price list: what holds today, then what is to come, then what has ended."""
    names = {product.code: product.name for product in usage.products()}
    pages = [_price_page(row, names, today) for row in rows]
    order = {"success": 0, "info": 1, "neutral": 2}
    return sorted(pages, key=lambda page: (order[page.tone], list(Unit).index(Unit(page.row.unit))))


def invoice_page(invoice: Invoice, *, seller: Seller | None, today: date) -> InvoicePage:
    """Show what was issued, or what would be issued today and why it cannot be."""
    if not invoice.is_draft:
        document = invoice.issued_document()
        return _page_of(invoice, document)
    problem = ""
    try:
        if seller is not None:
            return _page_of(invoice, check_ready(invoice, seller=seller, issued_on=today))
        problem = _("The seller's details are missing.")
    except Refusal as refusal:
        problem = str(refusal.user_message)
    lines = tuple(line.line() for line in invoice.lines.all())
    return InvoicePage(
        invoice=invoice,
        seller=seller.party() if seller else None,
        buyer=invoice.closed.contract.party(),
        lines=lines,
        totals=totals(lines),
        document=None,
        problem=problem,
    )


def _page_of(invoice: Invoice, document: InvoiceDocument) -> InvoicePage:
    return InvoicePage(
        invoice=invoice,
        seller=document.seller,
        buyer=document.buyer,
        lines=document.lines,
        totals=document.totals,
        document=document,
    )


def _price_page(row: PriceRow, names: dict[str, str], today: date) -> PricePage:
    if row.product:
        what = names.get(row.product, row.product)
    else:
        what = _("Services without a price of their own") if row.unit == Unit.HOUR else ""
    state, tone = _("In force"), "success"
    if row.valid_from > today:
        state, tone = _("Upcoming"), "info"
    elif row.valid_to is not None and row.valid_to < today:
        state, tone = _("Ended"), "neutral"
    return PricePage(row=row, what=what, vat=_vat(row, today), state=state, tone=tone)


def _vat(row: PriceRow, today: date) -> str:
    if row.vat_category != VatCategory.STANDARD:
        return ": ".join(filter(None, [str(row.get_vat_category_display()), row.vat_reason or row.reason_code]))
    return percent(rate_on(max(row.valid_from, min(today, row.valid_to or today)), row.price().vat_class))


def percent(rate: Decimal) -> str:
    """Write a rate: 25,5 %."""
    return f"{rate.normalize():f}".replace(".", ",") + f"{NO_BREAK_SPACE}%"
