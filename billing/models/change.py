"""What contracts, prices and the seller said before somebody changed or removed them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.contract import Contract, PriceRow
from billing.models.seller import Seller
from tenants.records import Record

REASON_MAX = 500


class Change(Record):
    """What one row said before: who wrote over it or removed it, and when. Never changed afterwards."""

    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="changes")
    price = models.ForeignKey(PriceRow, models.PROTECT, null=True, related_name="changes")
    seller = models.ForeignKey(Seller, models.PROTECT, null=True, related_name="changes")
    replaced_version = models.PositiveIntegerField()
    before = models.JSONField()  # what the fields that changed said; all of a price that was removed
    reason = models.CharField(_("reason"), max_length=REASON_MAX, blank=True)  # of a removal; a change asks for none
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract__isnull=False, price=None, seller=None)
                | Q(contract=None, price__isnull=False, seller=None)
                | Q(contract=None, price=None, seller__isnull=False),
                name="change_of_one_row",
            ),
            models.UniqueConstraint(
                fields=["contract", "price", "seller", "replaced_version"],
                nulls_distinct=False,
                name="change_once_per_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id or self.price_id or self.seller_id} {self.replaced_version}"

    @property
    def about(self) -> Contract | PriceRow | Seller:
        """The row itself, as it is now; also a price that was removed."""
        return next(row for row in (self.contract, self.price, self.seller) if row is not None)
