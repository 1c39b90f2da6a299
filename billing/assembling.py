"""Puts an invoice's document together from seller, contract and lines, as they are now."""

from datetime import date, timedelta

from billing import references
from billing.document import InvoiceDocument
from billing.models import Invoice, Seller
from billing.pricing import totals
from tenants.names import one_line


def document_of(invoice: Invoice, *, seller: Seller, number: str, issued_on: date) -> InvoiceDocument:
    """Answer the document of a draft as it would be issued with this number on this day.

    Raises:
        Refusal: of `billing.document`, `billing.references` or `billing.pricing`, for what is missing or wrong.
    """
    contract = invoice.closed.contract
    lines = tuple(line.line() for line in invoice.lines.all())
    return InvoiceDocument(
        number=number,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=contract.terms_days),
        period_from=invoice.period_from,
        period_to=invoice.period_to,
        seller=seller.party(),
        buyer=contract.party(),
        lines=lines,
        totals=totals(lines),
        reference_number=reference_for(number),
        buyer_reference=one_line(contract.buyer_reference),
        order_reference=one_line(contract.order_reference),
        contract_reference=one_line(contract.contract_reference),
        penalty=one_line(contract.penalty),
    )


def reference_for(number: str) -> str:
    """Make the reference number of an invoice from its own number: payments find it by that."""
    return references.reference_number("".join(filter(str.isdigit, number)))
