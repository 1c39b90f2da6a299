"""A letter that follows an appeal: further evidence, or a comment (vastine) on what the decider or the board sent."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.appeal import Appeal
from casework.models.application import SentBy
from casework.models.correction import Correctable
from casework.models.document import Document
from casework.models.removable import removed_by_somebody
from casework.models.representation import Representation
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class AppealSupplement(Correctable, Record):
    """One letter after the filing, from its first words until it is sent and a document of the case."""

    WORDS = "text"
    CORRECTED = ("kind", "receiver", "text", "representation", "sent_on", "sent_by", "sent_time", "receipt", "document")
    BESIDE: ClassVar = {"attachments": _("Attachments")}
    NAMED_BY = ("appeal",)

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("Further evidence")
        COMMENT = "comment", _("Comment (vastine)")

    class Receiver(models.TextChoices):
        DECIDER = "decider", _("Decider")
        BODY = "body", _("Appeal body")

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="supplements")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    receiver = models.CharField(_("to whom"), max_length=10, choices=Receiver)
    text = EncryptedTextField(_("text"))
    attachments = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_("attachments"))
    representation = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the representative")
    )
    written_on = models.DateField(_("begun on"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_by = models.CharField(_("sent"), max_length=15, choices=SentBy, blank=True)
    sent_time = models.TimeField(_("time of sending"), null=True, blank=True)
    receipt = EncryptedTextField(_("receipt number"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper that was sent")
    )

    class Meta:
        verbose_name = _("letter after an appeal")
        ordering = ["created_at"]
        constraints = [removed_by_somebody("appeal_supplement_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {day(self.written_on)}"

    def read_beside(self, name: str) -> list[str]:
        """The keys of the attachments."""
        return sorted(str(key) for key in self.attachments.values_list("pk", flat=True))

    def write_beside(self, name: str, value: Iterable[str]) -> None:
        self.attachments.set(Document.objects.filter(pk__in=list(value)))

    def worded(self, name: str, value: Any) -> str | None:
        if name != "attachments":
            return None
        found = Document.objects.filter(pk__in=list(value)).order_by("created_at")
        return ", ".join(document.title or str(document.get_kind_display()) for document in found) or "–"

    @property
    def is_sent(self) -> bool:
        return self.sent_on is not None
