"""A benefit that is paid to a client though nobody here applied for it, with its source (380/2023 112-114 §)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.law import as_of
from casework.law import benefits as rules
from casework.models.correction import Correctable
from casework.models.mapping import Source
from casework.models.removable import removed_by_somebody
from tenants.derived import KeepsDerived
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day


class OtherBenefit(KeepsDerived, Correctable, Record):
    """What somebody told that a client gets: which benefit, who pays, from when until when.

    A benefit that is in no table has a `name` instead of a code. Who pays and both days may be unknown.
    """

    CORRECTED = (
        "benefit_code",
        "name",
        "decider_code",
        "paid_from",
        "paid_until",
        "source",
        "source_note",
        "told_on",
    )

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="other_benefits")
    benefit_code = models.CharField(_("benefit or service"), max_length=10, blank=True)
    name = EncryptedTextField(_("what it is"), blank=True)
    decider_code = models.CharField(_("payer"), max_length=30, blank=True)
    paid_from = RoughDayField(_("from when"), null=True, blank=True)
    paid_from_precision = PrecisionField(of=["paid_from"])
    paid_until = RoughDayField(_("until when"), null=True, blank=True)
    paid_until_precision = PrecisionField(of=["paid_until"])
    source = models.CharField(_("source"), max_length=20, choices=Source)
    source_note = EncryptedTextField(_("more about the source"), blank=True)
    told_on = models.DateField(_("told on"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("other benefit")
        ordering = ["created_at"]
        constraints = [
            removed_by_somebody("other_benefit_removed_by_somebody"),
            is_its_first_day("paid_from", name="other_benefit_from_first_day"),
            is_its_first_day("paid_until", name="other_benefit_until_first_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.title}, {self.payer}" if self.payer else self.title

    def worded(self, name: str, value: Any) -> str | None:
        if name == "benefit_code" and value:
            return rules.latest_name(rules.tables().benefits, value)
        return rules.latest_name(rules.tables().deciders, value) if name == "decider_code" and value else None

    @property
    def title(self) -> str:
        """What it is, as a heading says it, by the name of the day on which it was told."""
        return capfirst(as_of.benefit(self.benefit_code, self.told_on).name) if self.benefit_code else str(self.name)

    @property
    def payer(self) -> str:
        """Who pays it, "" while that is not written down."""
        return as_of.decider(self.decider_code, self.told_on).name if self.decider_code else ""
