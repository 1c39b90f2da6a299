"""The ledger of reminders: one row for each that was ever queued, so that none is queued twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.records import Record


class Reminder(Record):
    """A reminder about one object and one occurrence, for one person; the mail itself is in the outbox.

    `occurrence` is the day the reminder speaks of: the day by which a decision is usual, or the last day of appeal.
    A day that moves is another occurrence. Written by `casework.reminders` only.
    """

    class Kind(models.TextChoices):
        DECISION_OVERDUE = "decision_overdue", _("The decision takes longer than usual")
        APPEAL_IN_14 = "appeal_in_14", _("Last day of appeal in 14 days")
        APPEAL_IN_7 = "appeal_in_7", _("Last day of appeal in 7 days")
        APPEAL_IN_3 = "appeal_in_3", _("Last day of appeal in 3 days")
        APPEAL_IN_1 = "appeal_in_1", _("Last day of appeal in 1 day")

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")

    kind = models.CharField(max_length=20, choices=Kind)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="reminders")
    object_id = models.UUIDField()
    occurrence = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "occurrence", "channel", "recipient"], name="reminder_once"
            )
        ]
        indexes = [models.Index(fields=["object_id"], name="reminder_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurrence.isoformat()}"

    @property
    def mail_key(self) -> str:
        """The key under which its mail lies in the outbox."""
        return f"reminder:{self.kind}:{self.object_id}:{self.occurrence.isoformat()}:{self.recipient_id}"
