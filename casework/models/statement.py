"""The statement request: a medical or other statement that was asked for, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.encryption import EncryptedTextField
from tenants.records import Record


class StatementRequest(Record):
    """A statement asked of a doctor or another professional; its steps are the table of casework.workflow."""

    class Kind(models.TextChoices):
        A = "A", _("Medical statement A")
        B = "B", _("Medical statement B")
        C = "C", _("Medical statement C")
        NURSE = "nurse", _("Nurse's statement")
        PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist's statement")
        PSYCHOLOGIST = "psychologist", _("Psychologist's statement")
        EPICRISIS = "epicrisis", _("Patient record or epicrisis")
        OTHER = "other", _("Other statement")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("statement", "Asked")
        RETURNED = "returned", pgettext_lazy("statement", "Sent back as insufficient")
        RECEIVED = "received", pgettext_lazy("statement", "Received")
        CANCELLED = "cancelled", pgettext_lazy("statement", "No longer needed")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="statement_requests")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    asked_of = EncryptedTextField(_("asked of"))
    purpose = EncryptedTextField(_("what it must say"), blank=True)
    application = models.ForeignKey(
        "casework.Application", models.SET_NULL, null=True, blank=True, related_name="statement_requests"
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("expected by"))
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reminded_on = models.DateField(null=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    returned_on = models.DateField(null=True)
    return_reason = EncryptedTextField(_("what is missing"), blank=True)
    received_on = models.DateField(_("received on"), null=True)
    written_on = models.DateField(_("date of the statement"), null=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="received") | models.Q(received_on__isnull=False),
                name="statement_received_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
