"""Pages about months: which can be closed, closing, what was used, drafting again, issuing."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import presenters, queries
from billing.actions import drafts, invoices, usage
from billing.actions.runs import Run
from billing.form_pages import below_month
from billing.forms import ConfirmForm, MonthCloseForm
from billing.spreadsheets import csv_text
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.display import helsinki
from tenants.display import month as printed_month
from tenants.form_pages import form_page

ON_A_PAGE = 24


@require_safe
@requires(Permission.SEE_BILLING)
def month_list(request: PortalRequest) -> HttpResponse:
    states = queries.month_states(today=helsinki(timezone.now()))
    page = Paginator(states, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "billing/month_list.html", {"page": page, "to_close": queries.next_to_close(states)})


@require_safe
@requires(Permission.SEE_BILLING)
def month(request: PortalRequest, month: date) -> HttpResponse:
    state = queries.month_state(month, today=helsinki(timezone.now()))
    uses = queries.uses(month)
    queries.look_for_changes(uses, request.GET.get("contract", ""))
    rows = [(use, presenters.use_rows(use.usages, month)) for use in uses]
    return render(request, "billing/month.html", {"state": state, "rows": rows, "has_seller": queries.has_seller()})


@require_http_methods(["GET", "POST"])
@requires(Permission.ISSUE_INVOICES)
def month_close(request: PortalRequest, month: date) -> HttpResponse:
    state = queries.month_state(month, today=helsinki(timezone.now()))
    form = MonthCloseForm(request.POST) if request.method == "POST" else MonthCloseForm()
    title = _("Close the month")
    page = below_month(
        state.month,
        title=_("Close %(name)s") % {"name": printed_month(state.month)},
        here=title,
        submit=title,
        template="billing/month_close.html",
        values={"uses": queries.uses(month)},
    )
    return form_page(
        request,
        form,
        partial(_tell_who_is_left, request, partial(usage.close_month, month)),
        page=page,
        done=lambda run: (
            ngettext("%(number)d contract was closed.", "%(number)d contracts were closed.", len(run.done))
            % {"number": len(run.done)}
        ),
        then=page.cancel,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ISSUE_INVOICES)
def month_issue(request: PortalRequest, month: date) -> HttpResponse:
    state = queries.month_state(month, today=helsinki(timezone.now()))
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    waiting = [invoice for use in queries.uses(month) for invoice in use.invoices if invoice.is_draft]
    page = below_month(
        state.month,
        title=_("Issue the invoices"),
        submit=_("Issue the invoices"),
        note=capfirst(printed_month(state.month)),
        intro=_(
            "Every draft that is ready gets its number, its PDF and its e-invoice. One that is not stays a draft, "
            "and you are told why. An issued invoice is never changed or deleted, only credited."
        ),
        template="billing/month_issue.html",
        values={"drafts": waiting},
    )
    return form_page(
        request,
        form,
        partial(_tell_who_is_left, request, partial(invoices.issue_month, month)),
        page=page,
        done=lambda run: (
            ngettext("%(number)d invoice was issued.", "%(number)d invoices were issued.", len(run.done))
            % {"number": len(run.done)}
        ),
        then=page.cancel,
    )


@require_POST
@requires(Permission.ISSUE_INVOICES)
def month_draft(request: PortalRequest, closed_id: uuid.UUID) -> HttpResponse:
    """Make the drafts of one contract's month anew from today's price list."""
    closed = queries.closed_month_or_404(closed_id)
    made = drafts.make(closed=closed)
    messages.success(request, _("The draft was made again.") if made else _("There is nothing to invoice."))
    return redirect("month", closed.month)


@require_safe
@requires(Permission.SEE_BILLING)
def month_csv(request: PortalRequest, month: date) -> HttpResponse:
    headings = [_("Municipality"), _("Used"), _("Month"), _("Quantity"), _("Time in minutes")]
    rows = [
        [use.contract.municipality.name, row.label, f"{one.performed_in:%Y-%m}", row.quantity, row.minutes]
        for use in queries.uses(month)
        for one, row in zip(presenters.in_order(use.usages), presenters.use_rows(use.usages, month), strict=True)
    ]
    return _download(csv_text(headings, rows), f"{month:%Y-%m}.csv")


def _tell_who_is_left[Made](request: PortalRequest, act: Callable[..., Run[Made]], **typed: Any) -> Run[Made]:
    run = act(**typed)
    for sentence in run.left:
        messages.warning(request, sentence)
    return run


def _download(text: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})
