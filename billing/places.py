"""The places of billing in the console's navigation."""

from django.utils.translation import gettext_lazy as _

from tenants.accounts.permissions import Permission
from tenants.navigation import Entry

NAVIGATION = (
    Entry(
        _("Contracts"), "contract_list", "file-pen-line", Permission.MANAGE_CONTRACTS, ("contract", "price", "seller")
    ),
    Entry(_("Months"), "month_list", "calendar-days", Permission.SEE_BILLING, ("month",)),
    Entry(_("Invoices"), "invoice_list", "receipt-text", Permission.SEE_BILLING, ("invoice",)),
)
