"""Pages about invoices: the list with its sums, one invoice, its files, issuing and throwing away one draft."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import presenters, queries
from billing.actions import drafts, invoices
from billing.form_pages import below_invoice
from billing.forms import ConfirmForm
from billing.models import Invoice
from billing.spreadsheets import csv_text
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.display import euros, helsinki
from tenants.display import month as printed_month
from tenants.form_pages import form_page

ON_A_PAGE = 50


@require_safe
@requires(Permission.SEE_BILLING)
def invoice_list(request: PortalRequest) -> HttpResponse:
    found = _narrowed(request)
    values = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "sums": queries.sums_of(found),
        "years": queries.billed_years(),
        "buyers": queries.buyers(),
        "year": request.GET.get("year", ""),
        "municipality": request.GET.get("municipality", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "billing/invoice_list.html", values)


@require_safe
@requires(Permission.SEE_BILLING)
def invoice(request: PortalRequest, invoice_id: uuid.UUID) -> HttpResponse:
    found = queries.invoice_or_404(invoice_id)
    page = presenters.invoice_page(found, seller=queries.seller(), today=helsinki(timezone.now()))
    return render(request, "billing/invoice.html", {"invoice": found, "page": page})


@require_safe
@requires(Permission.SEE_BILLING)
def invoice_file(request: PortalRequest, invoice_id: uuid.UUID, format: str) -> HttpResponse:
    """Hand out a file exactly as it was issued."""
    file = queries.file_or_404(invoice_id, format)
    disposition = f'attachment; filename="{file.name}"'
    return HttpResponse(
        bytes(file.content), content_type=file.content_type, headers={"Content-Disposition": disposition}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ISSUE_INVOICES)
def invoice_issue(request: PortalRequest, invoice_id: uuid.UUID) -> HttpResponse:
    found = queries.invoice_or_404(invoice_id)
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    gets = _("%(month)s, %(gross)s in all. It gets its number, its PDF and its e-invoice.")
    page = below_invoice(
        found,
        title=_("Issue the invoice"),
        submit=_("Issue the invoice"),
        intro=[
            gets % {"month": capfirst(printed_month(found.closed.month)), "gross": euros(found.gross)},
            _("An issued invoice is never changed or deleted, only credited."),
        ],
    )
    return form_page(
        request,
        form,
        partial(invoices.issue, invoice=found),
        page=page,
        done=lambda issued: _("Invoice %(number)s was issued.") % {"number": issued.number},
        then=found,
    )


@require_POST
@requires(Permission.ISSUE_INVOICES)
def invoice_discard(request: PortalRequest, invoice_id: uuid.UUID) -> HttpResponse:
    found = queries.invoice_or_404(invoice_id)
    drafts.discard(invoice=found)
    messages.success(request, _("The draft was deleted."))
    return redirect("month", found.closed.month)


@require_safe
@requires(Permission.SEE_BILLING)
def invoice_csv(request: PortalRequest) -> HttpResponse:
    headings = [
        _("Number"),
        _("Municipality"),
        _("Month"),
        _("Issued"),
        _("Due date"),
        _("Reference number"),
        _("Without VAT"),
        _("VAT"),
        _("In all"),
    ]
    rows = (
        [
            str(one),
            one.closed.contract.municipality.name,
            f"{one.closed.month:%Y-%m}",
            one.issued_on,
            one.due_on,
            one.reference_number,
            one.net,
            one.vat,
            one.gross,
        ]
        for one in _narrowed(request)
    )
    headers = {"Content-Disposition": f'attachment; filename="{pgettext("file name", "invoices")}.csv"'}
    return HttpResponse(csv_text(headings, rows), content_type="text/csv; charset=utf-8", headers=headers)


def _narrowed(request: PortalRequest) -> QuerySet[Invoice]:
    """Read the narrowing from the address; what makes no sense narrows nothing."""
    year = request.GET.get("year", "")
    is_year = len(year) == 4 and year.isascii() and year.isdigit()
    return queries.invoices(year=int(year) if is_year else None, municipality=request.GET.get("municipality", ""))
