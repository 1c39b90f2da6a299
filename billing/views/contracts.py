"""Pages about the seller, contracts and price lists."""

import uuid
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing import changes, presenters, queries
from billing.actions import contracts
from billing.form_pages import below_contract, below_contracts
from billing.forms import ContractAddForm, ContractEditForm, PriceEndForm, PriceForm, PriceRemoveForm, SellerForm
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.display import helsinki
from tenants.form_pages import form_page

ON_A_PAGE = 50


@require_safe
@requires(Permission.MANAGE_CONTRACTS)
def contract_list(request: PortalRequest) -> HttpResponse:
    page = Paginator(queries.contracts(), ON_A_PAGE).get_page(request.GET.get("page"))
    values = {"page": page, "seller": queries.seller(), "today": helsinki(timezone.now())}
    return render(request, "billing/contract_list.html", values)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def contract_add(request: PortalRequest) -> HttpResponse:
    form = ContractAddForm(request.POST or None)
    page = below_contracts(
        title=_("Add a contract"),
        submit=_("Add a contract"),
        note=_("You add the prices next. The contract is in force on its first and its last day, too."),
    )
    return form_page(request, form, contracts.add, page=page, done=_("The contract was added. Add its prices next."))


@require_safe
@requires(Permission.MANAGE_CONTRACTS)
def contract(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    prices = presenters.price_pages(queries.prices_of(found), today=helsinki(timezone.now()))
    values = {"contract": found, "prices": prices, "earlier": changes.of_contract(found)}
    return render(request, "billing/contract.html", values)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def contract_edit(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    values = {"version": found.version}
    form = ContractEditForm(request.POST or None, instance=queries.contract_or_404(contract_id), initial=values)
    page = below_contract(
        found,
        title=_("Change the contract"),
        about=found.municipality.name,
        submit=_("Save"),
        label=_("Change the contract"),
        note=_("Issued invoices stay as they are. Drafts change."),
    )
    act = partial(contracts.change, contract=found)
    return form_page(request, form, act, page=page, done=_("The contract was saved."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def price_add(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    form = PriceForm(request.POST or None, initial={"valid_from": found.valid_from})
    page = below_contract(
        found,
        title=_("Add a price"),
        submit=_("Add a price"),
        note=_("A price follows the day of the service. To change a price, set its last day and add a new one."),
    )
    act = partial(contracts.add_price, contract=found)
    return form_page(request, form, act, page=page, done=_("The price was added."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def price_end(request: PortalRequest, price_id: uuid.UUID) -> HttpResponse:
    row = queries.price_or_404(price_id)
    form = PriceEndForm(request.POST or None, initial={"valid_to": row.valid_to, "version": row.version})
    page = below_contract(
        row.contract,
        title=_("Set the last day of the price"),
        submit=_("Save"),
        label=_("Set the last day of the price"),
        note=row.name,
        template="billing/price_end.html",
        values={"row": row},
    )
    act = partial(contracts.end_price, row=row)
    return form_page(request, form, act, page=page, done=_("The last day of the price was saved."), then=row.contract)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def price_remove(request: PortalRequest, price_id: uuid.UUID) -> HttpResponse:
    row = queries.price_or_404(price_id)
    form = PriceRemoveForm(request.POST or None, initial={"version": row.version})
    page = below_contract(
        row.contract,
        title=_("Remove a price"),
        submit=_("Remove"),
        label=_("Remove a price"),
        tone="danger",
        note=row.name,
        template="billing/price_remove.html",
        values={"row": row},
    )
    act = partial(contracts.remove_price, row=row)
    return form_page(request, form, act, page=page, done=_("The price was removed."), then=row.contract)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def seller(request: PortalRequest) -> HttpResponse:
    found = queries.seller()
    version = found.version if found else 0
    form = SellerForm(request.POST or None, instance=queries.seller(), initial={"version": version})
    page = below_contracts(
        title=_("Seller"),
        submit=_("Save"),
        label=_("Seller"),
        note=_("Printed on every invoice from now on. Issued invoices stay as they are."),
        template="billing/seller.html",
        values={"earlier": changes.of_seller()},
    )
    done = _("The seller was saved.")
    return form_page(request, form, contracts.save_seller, page=page, done=done, then="contract_list")
