"""The rooms of billing, one noun a module. Public schema; into a municipality only by plain values."""

from billing.models.change import Change
from billing.models.contract import Contract, PriceRow
from billing.models.invoice import Invoice, InvoiceCounter, InvoiceFile, InvoiceLine
from billing.models.seller import Seller
from billing.models.usage import ContractMonth, Usage, UsageEvidence

__all__ = [
    "Change",
    "Contract",
    "ContractMonth",
    "Invoice",
    "InvoiceCounter",
    "InvoiceFile",
    "InvoiceLine",
    "PriceRow",
    "Seller",
    "Usage",
    "UsageEvidence",
]
