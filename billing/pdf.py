"""Prints an issued document as a tagged PDF (PDF/UA-1) with typst.

This module says what is on the page and in which words; `typst/invoice.typ` says where.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from billing import references
from billing.document import InvoiceDocument, Party
from billing.pricing import Line, VatGroup
from billing.vat import Vat
from tenants.display import MINUS, NO_BREAK_SPACE, day, euros
from tenants.printing import Fact, compiled

TEMPLATE = Path(__file__).parent / "typst" / "invoice.typ"


def invoice_pdf(document: InvoiceDocument, language: str) -> bytes:
    """Print the document in a language ("fi", "sv" or "en"). The same document gives the same bytes.

    Raises:
        LetterMissing: a text holds a letter that the typeface does not have.
    """
    with translation.override(language):
        page = _page(document, language)
    return compiled(TEMPLATE, page, on=document.issued_on)


def _page(document: InvoiceDocument, language: str) -> dict[str, Any]:
    title = _("Credit note") if document.is_credit_note else _("Invoice")
    return {
        "language": language,
        "title": title,
        "document_title": f"{title} {document.number}",
        "page_of": _("Page {page} of {pages}"),
        "seller": _address(document.seller),
        "buyer_heading": _("Customer"),
        "buyer": _address(document.buyer),
        "buyer_facts": _identifiers(document.buyer),
        "facts": _facts(document),
        "note": document.note,
        "lines": _lines(document),
        "vat": _vat(document.totals.groups),
        "sums": _sums(document),
        "payment": None if document.is_credit_note else _payment(document),
        "footer": [("", document.seller.name), *_identifiers(document.seller), *_contact(document.seller)],
    }


def _address(party: Party) -> list[str]:
    post = f"{party.postal_code} {party.city}".strip()
    return [line for line in (party.name, party.street, post) if line]


def _identifiers(party: Party) -> list[Fact]:
    return _known(
        (_("Business ID"), party.business_id),
        (_("VAT number"), party.vat_id),
        (_("E-invoice address"), party.endpoint),
        (_("E-invoice operator"), party.operator),
    )


def _contact(party: Party) -> list[Fact]:
    return _known((_("Telephone"), party.phone), (_("E-mail"), party.email))


def _facts(document: InvoiceDocument) -> list[Fact]:
    changed = document.credits
    return _known(
        (_("Number"), document.number),
        (_("Date"), day(document.issued_on)),
        (_("Due date"), day(document.due_on) if document.due_on else ""),
        (_("Credits invoice"), f"{changed.number}, {day(changed.issued_on)}" if changed else ""),
        (_("Service period"), _printed_period(document.period_from, document.period_to)),
        (_("Your reference"), document.buyer_reference),
        (_("Order number"), document.order_reference),
        (_("Contract"), document.contract_reference),
    )


def _lines(document: InvoiceDocument) -> dict[str, Any]:
    return {
        "heading": _("Services"),
        "columns": [_("Service"), _("Quantity"), _("Unit"), _("Price"), _("VAT"), _("Amount without VAT")],
        "rows": [_row(document, line) for line in document.lines],
    }


def _row(document: InvoiceDocument, line: Line) -> dict[str, Any]:
    is_whole_period = (line.first_on, line.last_on) == (document.period_from, document.period_to)
    period = "" if is_whole_period else _printed_period(line.first_on, line.last_on)
    return {
        "name": line.name,
        "details": [text for text in (line.note, period) if text],
        "cells": [
            _printed_number(line.quantity),
            str(line.unit.label),
            f"{_printed_number(line.unit_price, least=2)}{NO_BREAK_SPACE}€",
            _printed_rate(line.vat),
            euros(line.net),
        ],
    }


def _vat(groups: Sequence[VatGroup]) -> dict[str, Any]:
    return {
        "heading": _("Value added tax"),
        "columns": [_("Ground"), _("Rate"), _("Without VAT"), _("VAT")],
        "rows": [
            [_ground(group.vat), _printed_rate(group.vat), euros(group.base), euros(group.amount)] for group in groups
        ],
    }


def _ground(vat: Vat) -> str:
    """Say why the tax is what it is; the law wants the ground printed when none is charged (AVL 209 e §)."""
    label = str(vat.category.label)
    return label if vat.is_taxable else f"{label}: {vat.reason or vat.reason_code}"


def _sums(document: InvoiceDocument) -> dict[str, Any]:
    sums = document.totals
    return {
        "rows": [(_("Total without VAT"), euros(sums.net)), (_("VAT"), euros(sums.vat))],
        "total": (_("Credited") if document.is_credit_note else _("To be paid"), euros(sums.gross)),
    }


def _payment(document: InvoiceDocument) -> dict[str, Any]:
    seller, due_on, amount = document.seller, document.due_on, document.totals.gross
    payee = _known(
        (_("Payee"), seller.name),
        (_("Account number (IBAN)"), references.printed_iban(seller.iban)),
        (_("BIC"), seller.bic),
    )
    what = _known(
        (_("Reference number"), references.printed_reference(document.reference_number)),
        (_("Due date"), day(due_on) if due_on else ""),
        (_("Amount"), euros(amount)),
    )
    return {
        "heading": _("Payment"),
        "payee": payee,
        "what": what,
        "terms": document.penalty,
        "bar_code": _bar_code(document),
    }


def _bar_code(document: InvoiceDocument) -> Fact | None:
    if not document.seller.iban.startswith("FI"):
        return None
    digits = references.virtual_bar_code(
        iban=document.seller.iban,
        amount=document.totals.gross,
        reference=document.reference_number,
        due_on=document.due_on,
    )
    return (_("Virtual bar code"), digits)


def _known(*facts: Fact) -> list[Fact]:
    return [(label, text) for label, text in facts if text]


def _printed_period(first_on: date, last_on: date) -> str:
    if first_on == last_on:
        return day(first_on)
    return f"{day(first_on)}–{day(last_on)}"


def _printed_rate(vat: Vat) -> str:
    return "–" if vat.is_outside_scope else f"{_printed_number(vat.rate)}{NO_BREAK_SPACE}%"


def _printed_number(number: Decimal, *, least: int = 0) -> str:
    """Write a number with a decimal comma, thousands apart, and at least so many decimals."""
    whole, _point, decimals = f"{number:,f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    grouped = whole.replace(",", NO_BREAK_SPACE).replace("-", MINUS)
    return f"{grouped},{decimals}" if decimals else grouped
