"""The ledger of occasions: one row for each that was ever told to somebody, so that none is told twice."""

from django.conf import settings
from django.db import models

from tenants.records import Record


class LedgerEntry(Record):
    """An occasion as it was told to one person over one channel. The task or the mail is written from it.

    `cause` names the occasion for ever; `due_on` is the day it speaks of. An entry that was cancelled, or whose snooze
    is over, is told anew when the occasion is there again: `times` counts. Written by `casework.timeline.ledger` only.
    """

    class Channel(models.TextChoices):
        TASK = "task"
        EMAIL = "email"

    cause = models.CharField(max_length=120)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="ledger")
    about = models.UUIDField()  # the record whose end is the occasion's end
    due_on = models.DateField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    times = models.PositiveSmallIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "recipient", "channel"], name="ledger_once"),
            models.UniqueConstraint(  # a task goes over with its case: a new coordinator gets no second one
                fields=["cause"], condition=models.Q(channel="task"), name="ledger_one_task"
            ),
        ]
        indexes = [models.Index(fields=["about"], name="ledger_of_record")]

    def __str__(self) -> str:
        return self.cause

    @property
    def rule(self) -> str:
        """Name the rule that asked, the first word of its cause."""
        return self.cause.partition(":")[0]

    @property
    def mail_key(self) -> str:
        """The key under which its mail lies in the outbox."""
        again = f":{self.times}" if self.times > 1 else ""
        return f"reminder:{self.cause}:{self.recipient_id}{again}"
