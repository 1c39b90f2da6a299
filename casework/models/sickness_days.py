"""Sickness allowance: how many days Kela has paid by its own count, and the registration as a jobseeker after it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.law import benefits as rules
from casework.law.sickness_days import BENEFITS
from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record

MOST = 999  # what a form takes; more than Kela ever pays is asked about, more than this is a slip


class SicknessDayCount(Correctable, Record):
    """How many days of an allowance Kela had paid at the end of a day: typed from Kela's count, never reckoned.

    The newer count is the truth from its day on. `recorded_on`: when it was typed.
    """

    CORRECTED = ("benefit_code", "paid_days", "counted_on", "told_by", "document")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="sickness_day_counts")
    benefit_code = models.CharField(_("benefit or service"), max_length=10)
    paid_days = models.PositiveSmallIntegerField(_("days paid by then"), validators=[MaxValueValidator(MOST)])
    counted_on = models.DateField(_("counted to the end of"))
    told_by = EncryptedTextField(_("where the number stands, or who told it"))
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    recorded_on = models.DateField(_("recorded on"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("count of paid days")
        ordering = ["-counted_on", "-created_at"]
        indexes = [models.Index(fields=["case", "-counted_on"], name="sickness_days_of_case")]
        constraints = [
            models.CheckConstraint(condition=models.Q(benefit_code__in=BENEFITS), name="sickness_days_of_allowance"),
            models.CheckConstraint(condition=models.Q(paid_days__lte=MOST), name="sickness_days_within_reason"),
            removed_by_somebody("sickness_days_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{capfirst(rules.latest_name(rules.tables().benefits, self.benefit_code))}, {day(self.counted_on)}"

    def worded(self, name: str, value: Any) -> str | None:
        return rules.latest_name(rules.tables().benefits, value) if name == "benefit_code" else None


class JobseekerRegistration(Correctable, Record):
    """That the client has registered as a jobseeker: the day, and who told it.

    `payment_ended_on`: the last paid day of the sickness allowance that was known when it was written down.
    """

    CORRECTED = ("registered_on", "told_by")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="jobseeker_registrations")
    registered_on = models.DateField(_("registered as a jobseeker on"))
    told_by = EncryptedTextField(_("who told it"))
    payment_ended_on = models.DateField(_("last paid day of the sickness allowance"), null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("registration as a jobseeker")
        ordering = ["-registered_on", "-created_at"]
        indexes = [models.Index(fields=["case", "-registered_on"], name="jobseeker_of_case")]
        constraints = [removed_by_somebody("jobseeker_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return day(self.registered_on)
