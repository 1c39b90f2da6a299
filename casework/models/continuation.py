"""That no continuation is applied for after a decision that was granted until a day, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.decision import Decision
from casework.models.removable import removed_by_somebody
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class NoContinuation(Correctable, Record):
    """Somebody has said that no continuation is applied for, and why: nobody is reminded of it any more."""

    WORDS = "reason"
    CORRECTED = ("said_on", "reason")
    NAMED_BY = ("decision__application",)

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="no_continuation")
    said_on = models.DateField(_("said on"))
    reason = EncryptedTextField(_("why no continuation is applied for"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("word that no continuation is applied for")
        ordering = ["-said_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], name="no_continuation_once", condition=models.Q(removed_at=None)
            ),
            removed_by_somebody("no_continuation_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return str(self.decision.named())
