"""What a municipality used in a closed month, and its evidence: case numbers and service entries as plain values."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.contract import Contract
from billing.pricing import NoPrice, Price, Unit, price_on
from tenants.models import Municipality
from tenants.records import Record


class ContractMonth(Record):
    """A month of one contract that was closed: counted once and for all."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # None: a command

    class Meta:
        ordering = ["month", "contract__municipality__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "month"], name="contract_month_closed_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="contract_month_by_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"


class Usage(Record):
    """How much of one thing was used. What came late is counted under the month in which it was performed."""

    class Kind(models.TextChoices):
        MONTH = "month", _("Month")
        CLIENT_MONTH = "client_month", _("Client-months")
        SERVICE = "service", _("Service")

    closed = models.ForeignKey(ContractMonth, models.CASCADE, related_name="usages")
    kind = models.CharField(max_length=12, choices=Kind)
    product = models.CharField(max_length=40, blank=True)
    performed_in = models.DateField()  # first day of the month
    quantity = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-performed_in", "kind", "product"]
        constraints = [
            models.UniqueConstraint(fields=["closed", "kind", "product", "performed_in"], name="usage_counted_once"),
            models.CheckConstraint(
                condition=models.Q(kind="service") ^ models.Q(product=""), name="usage_of_service_names_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product or self.kind} {self.performed_in:%Y-%m}"

    @property
    def is_late(self) -> bool:
        return self.performed_in < self.closed.month


class UsageEvidence(models.Model):
    """One service entry, one client's month, or the month itself: billed by at most one line, here or never."""

    usage = models.ForeignKey(Usage, models.CASCADE, related_name="evidence")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    line = models.ForeignKey(
        "billing.InvoiceLine", models.SET_NULL, null=True, related_name="evidence"
    )  # None: no price
    entry_id = models.UUIDField(null=True)
    case_number = models.CharField(max_length=12, blank=True)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "entry_id"], name="evidence_entry_billed_once"),
            models.UniqueConstraint(
                fields=["municipality", "case_number", "on"],
                condition=models.Q(entry_id=None),
                name="evidence_month_billed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.on}"

    def price_in(self, prices: Sequence[Price]) -> Price | None:
        """Find its price: a service has its own, or that of any hour; the month and a client's month have theirs."""
        usage = self.usage
        for key in (usage.product, Unit.HOUR) if usage.kind == Usage.Kind.SERVICE else (usage.kind,):
            try:
                return price_on(key, self.on, prices=prices)
            except NoPrice:
                continue
        return None
