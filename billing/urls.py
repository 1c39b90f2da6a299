"""Addresses of the console that concern contracts, months and invoices."""

from datetime import date

from django.urls import path, register_converter

from billing.months import month_in
from billing.views import contracts, invoices, months


class MonthConverter:
    """A month in an address: 2026-11."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return month_in(value)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("seller/", contracts.seller, name="seller"),
    path("contracts/", contracts.contract_list, name="contract_list"),
    path("contracts/add/", contracts.contract_add, name="contract_add"),
    path("contracts/<uuid:contract_id>/", contracts.contract, name="contract"),
    path("contracts/<uuid:contract_id>/edit/", contracts.contract_edit, name="contract_edit"),
    path("contracts/<uuid:contract_id>/prices/add/", contracts.price_add, name="price_add"),
    path("prices/<uuid:price_id>/end/", contracts.price_end, name="price_end"),
    path("prices/<uuid:price_id>/remove/", contracts.price_remove, name="price_remove"),
    path("months/", months.month_list, name="month_list"),
    path("months/<month:month>/", months.month, name="month"),
    path("months/<month:month>/close/", months.month_close, name="month_close"),
    path("months/<month:month>/issue/", months.month_issue, name="month_issue"),
    path("months/<month:month>/use.csv", months.month_csv, name="month_csv"),
    path("months/drafts/<uuid:closed_id>/", months.month_draft, name="month_draft"),
    path("invoices/", invoices.invoice_list, name="invoice_list"),
    path("invoices/invoices.csv", invoices.invoice_csv, name="invoice_csv"),
    path("invoices/<uuid:invoice_id>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:invoice_id>/issue/", invoices.invoice_issue, name="invoice_issue"),
    path("invoices/<uuid:invoice_id>/discard/", invoices.invoice_discard, name="invoice_discard"),
    path("invoices/<uuid:invoice_id>/<slug:format>/", invoices.invoice_file, name="invoice_file"),
]
