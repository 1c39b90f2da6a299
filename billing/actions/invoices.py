"""Issuing: a number from a locked counter, the document, its PDF and its e-invoice, all of an invoice or nothing."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from billing.actions.drafts import AlreadyIssued
from billing.actions.runs import Run, run_over
from billing.assembling import document_of
from billing.document import InvoiceDocument
from billing.einvoice.ubl import ubl
from billing.models import Invoice, InvoiceCounter, InvoiceFile, Seller
from billing.months import first_day
from billing.pdf import invoice_pdf
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki
from tenants.display import month as printed_month
from tenants.errors import Refusal

SERIES = ""
LARGEST = 99_999


class SellerMissing(Refusal):
    user_message = _("Fill in the seller's details first; the invoice prints them.")


class NotReady(Refusal):
    user_message = _("%(name)s: %(reason)s")


class NothingToIssue(Refusal):
    user_message = _("There are no drafts to issue for %(month)s.")


class SeriesFull(Refusal):
    user_message = _("The numbers of this year are used up.")


@transaction.atomic
def issue(*, invoice: Invoice, at: datetime, by: User | None = None) -> Invoice:
    """Issue one draft; from now on nothing of it changes.

    Raises:
        AlreadyIssued
        SellerMissing, NotReady: details of the seller or the buyer are missing; no number was taken.
    """
    [locked] = _locked(Invoice.objects.filter(pk=invoice.pk)) or [invoice]
    if not locked.is_draft:
        raise AlreadyIssued
    _issue(locked, _the_seller(), at, by)
    _log([locked], by)
    return locked


@transaction.atomic
def issue_month(month: date, *, at: datetime, by: User | None = None) -> Run[Invoice]:
    """Issue every draft of a month that is ready, in the order of the municipalities' names.

    One that is not is left, and keeps nobody's invoice back. Its number is the next one's: there is never a gap.

    Raises:
        NothingToIssue
        SellerMissing: the seller's details are missing.
        NotReady: those of the only buyer are.
        NothingDone: no draft could be issued.
    """
    drafts = _locked(Invoice.objects.filter(closed__month=first_day(month), number=None))
    if not drafts:
        raise NothingToIssue(month=printed_month(month))
    drafts.sort(key=lambda invoice: invoice.created_at)
    seller = _the_seller()
    customers = [(invoice.closed.contract.municipality, invoice) for invoice in drafts]
    run = run_over(customers, lambda invoice: _issue(invoice, seller, at, by))
    _log(run.done, by)
    return run


def _locked(invoices: models.QuerySet[Invoice]) -> list[Invoice]:
    """Lock in one order, so that two people who issue at once wait for each other and never both."""
    rows = invoices.select_for_update(of=("self",)).select_related("closed__contract__municipality")
    return list(rows.prefetch_related("lines").order_by("pk"))


def _the_seller() -> Seller:
    seller = Seller.objects.filter(pk=Seller.ONLY).first()
    if seller is None:
        raise SellerMissing
    return seller


def _issue(invoice: Invoice, seller: Seller, at: datetime, by: User | None) -> Invoice:
    check_ready(invoice, seller=seller, issued_on=helsinki(at))
    _give_number(invoice, seller, at, by)
    return invoice


def _log(issued: Sequence[Invoice], by: User | None) -> None:
    if by is not None:
        subjects = [Subject("invoice", str(invoice.number)) for invoice in issued]
        access_log.record(by=by, action="invoice.issued", subjects=subjects)


def check_ready(invoice: Invoice, *, seller: Seller, issued_on: date) -> InvoiceDocument:
    """Make the document on trial, with a number that is never given out.

    Raises:
        NotReady: with the municipality and the reason in one sentence.
    """
    try:
        trial = document_of(invoice, seller=seller, number=f"{issued_on.year}-00000", issued_on=issued_on)
        ubl(trial)
    except Refusal as refusal:
        raise NotReady(name=invoice.closed.contract.municipality.name, reason=refusal.user_message) from refusal
    return trial


def _give_number(invoice: Invoice, seller: Seller, at: datetime, by: User | None) -> None:
    issued_on = helsinki(at)
    number = _next_number(issued_on.year)
    document = document_of(invoice, seller=seller, number=number, issued_on=issued_on)
    invoice.number, invoice.reference_number = number, document.reference_number
    invoice.issued_on, invoice.due_on = issued_on, document.due_on
    invoice.issued_at, invoice.issued_by = at, by
    invoice.document = document.to_json()
    invoice.save()
    files = {
        InvoiceFile.Format.PDF: invoice_pdf(document, invoice.closed.contract.language),
        InvoiceFile.Format.UBL: ubl(document),
    }
    for format, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        InvoiceFile.objects.create(invoice=invoice, format=format, content=content, sha256=digest)


def _next_number(year: int) -> str:
    """Take the next number; the lock is held until all is written, so none is lost or given twice.

    Whatever breaks before takes it back with the savepoint or the transaction in which it was taken.
    """
    InvoiceCounter.objects.get_or_create(series=SERIES, year=year)
    counter = InvoiceCounter.objects.select_for_update().get(series=SERIES, year=year)
    if counter.last >= LARGEST:
        raise SeriesFull
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{SERIES}{year}-{counter.last:05}"
