"""The letter of an appeal: what is attached, who signs it, the paper that was filed, and the proof that it was sent."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.appeal import Appeal
from casework.models.correction import KeepsHistory
from casework.models.document import Document
from casework.models.representation import Representation
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class AppealLetter(KeepsHistory, Record):
    """What belongs to the letter of one appeal besides its text. There is none until somebody says something of it.

    `sent_time` and `receipt` prove the sending, whose day and way stand with the appeal.
    """

    CORRECTED = ("representation", "power_of_attorney", "signed_by", "document", "sent_time", "receipt")
    BESIDE: ClassVar = {"attachments": _("Attachments")}
    NAMED_BY = ("appeal__decision__application",)

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="letter")
    attachments = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_("attachments"))
    power_of_attorney = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("power of attorney")
    )
    representation = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the representative")
    )
    signed_by = EncryptedTextField(_("who signs for the client"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper that was filed")
    )
    sent_time = models.TimeField(_("time of sending"), null=True, blank=True)
    receipt = EncryptedTextField(_("receipt number"), blank=True)

    class Meta:
        verbose_name = _("letter of an appeal")

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return self.appeal.named()

    def read_beside(self, name: str) -> list[str]:
        """The keys of the attachments."""
        return sorted(str(key) for key in self.attachments.values_list("pk", flat=True))

    def write_beside(self, name: str, value: Iterable[str]) -> None:
        self.attachments.set(Document.objects.filter(pk__in=list(value)))

    def worded(self, name: str, value: Any) -> str | None:
        if name != "attachments":
            return None
        return ", ".join(found.title or str(found.get_kind_display()) for found in _documents(value)) or "–"


def _documents(keys: Iterable[str]) -> "models.QuerySet[Document]":
    return Document.objects.filter(pk__in=list(keys)).order_by("created_at")
