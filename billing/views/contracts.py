"""Pages about the seller, contracts and price lists."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing import presenters, queries
from billing.actions import contracts
from billing.forms import ContractAddForm, ContractEditForm, PriceEndForm, PriceForm, SellerForm
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.display import helsinki

ON_A_PAGE = 50


@require_GET
@requires(Permission.MANAGE_CONTRACTS)
def contract_list(request: PortalRequest) -> HttpResponse:
    page = Paginator(queries.contracts(), ON_A_PAGE).get_page(request.GET.get("page"))
    values = {"page": page, "seller": queries.seller(), "today": helsinki(timezone.now())}
    return render(request, "billing/contract_list.html", values)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def contract_add(request: PortalRequest) -> HttpResponse:
    form = ContractAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            details = dict(form.cleaned_data)
            municipality = details.pop("municipality")
            added = contracts.add(municipality=municipality, details=details, by=request.user, at=timezone.now())
            messages.success(request, _("The contract was added. Add its prices next."))
            return redirect(added)
    return render(request, "billing/contract_add.html", {"form": form})


@require_GET
@requires(Permission.MANAGE_CONTRACTS)
def contract(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    prices = presenters.price_pages(found.prices.all(), today=helsinki(timezone.now()))
    return render(request, "billing/contract.html", {"contract": found, "prices": prices})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def contract_edit(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    values = {"version": found.version}
    form = ContractEditForm(request.POST or None, instance=queries.contract_or_404(contract_id), initial=values)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            details = dict(form.cleaned_data)
            version = details.pop("version")
            contracts.change(contract=found, details=details, version=version, by=request.user, at=timezone.now())
            messages.success(request, _("The contract was saved."))
            return redirect(found)
    return render(request, "billing/contract_edit.html", {"contract": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def price_add(request: PortalRequest, contract_id: uuid.UUID) -> HttpResponse:
    found = queries.contract_or_404(contract_id)
    form = PriceForm(request.POST or None, initial={"valid_from": found.valid_from})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            contracts.add_price(contract=found, details=form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The price was added."))
            return redirect(found)
    return render(request, "billing/price_add.html", {"contract": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def price_end(request: PortalRequest, price_id: uuid.UUID) -> HttpResponse:
    row = queries.price_or_404(price_id)
    form = PriceEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            contracts.end_price(row=row, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The price has its last day."))
            return redirect(row.contract)
    return render(request, "billing/price_end.html", {"row": row, "contract": row.contract, "form": form})


@require_POST
@requires(Permission.MANAGE_CONTRACTS)
def price_remove(request: PortalRequest, price_id: uuid.UUID) -> HttpResponse:
    row = queries.price_or_404(price_id)
    contracts.remove_price(row=row, by=request.user, at=timezone.now())
    messages.success(request, _("The price was removed."))
    return redirect(row.contract)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CONTRACTS)
def seller(request: PortalRequest) -> HttpResponse:
    found = queries.seller()
    version = found.version if found else 0
    form = SellerForm(request.POST or None, instance=queries.seller(), initial={"version": version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            details = dict(form.cleaned_data)
            version = details.pop("version")
            contracts.save_seller(details=details, version=version, by=request.user, at=timezone.now())
            messages.success(request, _("The seller was saved."))
            return redirect("contract_list")
    return render(request, "billing/seller.html", {"form": form})
