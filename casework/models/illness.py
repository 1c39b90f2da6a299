"""The illness: what weakens the ability to work. Every one has to be considered in a decision."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class IllnessQuerySet(models.QuerySet["Illness"]):
    def current(self) -> "IllnessQuerySet":
        """Leave out those that were taken off the list."""
        return self.filter(removed_at=None)


class Illness(Versioned, Record):
    """An illness or injury of a client. Removing keeps the row, because coverage checks point to it."""

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="illnesses")
    name = EncryptedTextField(_("illness or injury"))
    icd10 = EncryptedTextField(_("ICD-10 code"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    effect = EncryptedTextField(_("effect on the ability to work"), blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = IllnessQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.id)
