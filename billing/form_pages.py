"""What stands around the forms of billing: the way to each, in billing's own look."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from billing.models import Contract, Invoice
from tenants.display import month as printed_month
from tenants.form_pages import FormPage

type Way = Sequence[tuple[str, str]]


def below_contracts(**page: Any) -> FormPage:
    """The page of a form right below the list of contracts."""
    return _below([(_("Contracts"), reverse("contract_list"))], **page)


def below_contract(contract: Contract, **page: Any) -> FormPage:
    """The page of a form right below a contract."""
    here = (contract.municipality.name, reverse("contract", args=[contract.pk]))
    return _below([(_("Contracts"), reverse("contract_list")), here], **page)


def below_month(month: date, **page: Any) -> FormPage:
    """The page of a form right below a month."""
    here = (capfirst(printed_month(month)), reverse("month", args=[month]))
    return _below([(_("Months"), reverse("month_list")), here], **page)


def below_invoice(invoice: Invoice, **page: Any) -> FormPage:
    """The page of a form right below an invoice."""
    here = (invoice.closed.contract.municipality.name, invoice.get_absolute_url())
    return _below([(_("Invoices"), reverse("invoice_list")), here], note=here[0], **page)


def _below(above: Way, **page: Any) -> FormPage:
    return FormPage(layout="billing/layout.html", above=above, cancel=above[-1][1], **page)
