"""The outbox: every mail is a row first. Celery only wakes the delivery; the truth is here.

What a mail says is sealed, because it may hold a link that opens an account; `texts` removes it when it has been sent.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.encryption import EncryptedTextField
from tenants.mail.kinds import kind_of
from tenants.records import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OutgoingEmail(Record):
    """A mail to one person. `key` makes it unique, so that writing it twice writes it once."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNKNOWN = "unknown", _("Unclear whether sent")
        FAILED = "failed", _("Not sent")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    to_email = models.EmailField()
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = EncryptedTextField(blank=True)
    html = EncryptedTextField(blank=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)  # case number: the mail shows on its timeline
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)  # since then nobody knows what it said
    trace = models.CharField(max_length=36, blank=True, db_default="")  # of the request or task that wrote it

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=models.Q(state="pending")),
            models.Index(fields=["due_at"], name="mail_not_emptied", condition=models.Q(emptied_at=None)),
        ]

    @property
    def message_id(self) -> str:
        """Deterministic, so that a mail whose fate is unknown can be looked up in the mail server's log."""
        return f"<{self.pk}@suunta.example>"

    @property
    def version(self) -> str:
        """The lease under which it was read: who decides about a mail says which try they have seen the end of."""
        return self.lease_until.isoformat() if self.lease_until else ""

    @property
    def is_unclear(self) -> bool:
        return self.state == self.State.UNKNOWN

    @property
    def needs_decision(self) -> bool:
        """Nothing will happen by itself: a person looks after it on the console."""
        return self.state in {self.State.UNKNOWN, self.State.FAILED}

    @property
    def kind(self) -> "StrOrPromise":
        """What kind of mail it is, in words."""
        return kind_of(self.template)

    @property
    def tone(self) -> str:
        """The colour of the state beside its word."""
        return "success" if self.state == self.State.SENT else "danger" if self.needs_decision else "neutral"
