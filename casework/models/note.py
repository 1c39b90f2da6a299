"""The note: what was said or seen, in the writer's own words. It is corrected with its history."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Note(Correctable, Record):
    """A note about a case."""

    WORDS = "text"
    CORRECTED = ("kind", "on", "text")

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        CALL = "call", _("Phone call")
        MEETING = "meeting", _("Meeting")
        MESSAGE = "message", _("Message")

    CONTACTS = frozenset({Kind.CALL, Kind.MEETING, Kind.MESSAGE})  # the client was heard

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    text = EncryptedTextField(_("text"))
    on = models.DateField(_("day"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("note")
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["case", "-on"], name="note_of_case")]
        constraints = [removed_by_somebody("note_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {day(self.on)}"
