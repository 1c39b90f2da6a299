"""The illness: what weakens the ability to work. Every one has to be considered in a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.derived import KeepsDerived
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day


class Illness(KeepsDerived, Correctable, Record):
    """An illness or injury of a client. Coverage checks still point to one that was taken back."""

    WORDS = "name"
    CORRECTED = ("name", "icd10", "since", "effect")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="illnesses")
    name = EncryptedTextField(_("illness or injury"))
    icd10 = EncryptedTextField(_("ICD-10 code"), blank=True)
    since = RoughDayField(_("since"), null=True, blank=True)
    since_precision = PrecisionField(of=["since"])
    effect = EncryptedTextField(_("effect on the ability to work"), blank=True)

    class Meta:
        verbose_name = _("illness")
        ordering = ["created_at"]
        constraints = [
            removed_by_somebody("illness_removed_by_somebody"),
            is_its_first_day("since", name="illness_since_first_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return str(self.name)
