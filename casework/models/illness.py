"""The illness: what weakens the ability to work. Every one has to be considered in a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.removable import Removable, RemovableQuerySet
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class Illness(Removable, Versioned, Record):
    """An illness or injury of a client. Removing keeps the row, because coverage checks point to it."""

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="illnesses")
    name = EncryptedTextField(_("illness or injury"))
    icd10 = EncryptedTextField(_("ICD-10 code"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    effect = EncryptedTextField(_("effect on the ability to work"), blank=True)

    objects = RemovableQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.id)
