"""The service entry: what was done for a client and how long it took. The evidence behind billing."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law import products
from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record

LONGEST = 24 * 60


class ServiceEntry(Correctable, Record):
    """One piece of work. `product` is a code of casework/law/data/products.toml; what was done is encrypted."""

    WORDS = "what"
    CORRECTED = ("on", "product", "minutes", "what", "is_billable")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="service_entries")
    on = models.DateField(_("day"))
    product = models.CharField(_("service"), max_length=40)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    what = EncryptedTextField(_("what was done"), blank=True)
    is_billable = models.BooleanField(_("billed"), default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("service")
        ordering = ["-on", "-created_at"]
        indexes = [
            models.Index(fields=["on", "product"]),
            models.Index(fields=["case", "-on"], name="service_entry_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST), name="service_entry_within_a_day"
            ),
            removed_by_somebody("service_entry_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{products.product(self.product).name}, {day(self.on)}"

    def worded(self, name: str, value: Any) -> str | None:
        return products.product(value).name if name == "product" else None
