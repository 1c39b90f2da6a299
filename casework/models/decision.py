"""Decisions on applications, as they reached the client."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.law.deadlines import CHANNEL_LABELS, Channel
from casework.models.application import Application
from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.addresses import address
from tenants.derived import KeepsDerived
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day

CHANNELS = {channel.value: label for channel, label in CHANNEL_LABELS.items()}


class Decision(KeepsDerived, Correctable, Record):
    """What was decided on an application, and how and when the client got notice of it.

    `last_day` and `safe_day` of the appeal are kept so that lists can ask for them; every step reckons them anew. They
    are None while nobody knows them: Today asks until the day that is printed in the decision is typed, or
    `no_last_day_reason` says why there is none (None: nobody has said so).

    Of a grant `granted_from` and `granted_until` are None while they are not written down: from when and until when is
    not known then, which is never shown as "from the beginning" or "for good".
    """

    CORRECTED = (
        "decided_on",
        "result",
        "granted_from",
        "granted_until",
        "channel",
        "notice_on",
        "sent_to",
        "printed_last_day",
        "no_last_day_reason",
        "document",
        "reasons",
    )
    NAMED_BY = ("application",)

    class Result(models.TextChoices):
        GRANTED = "granted", _("Granted")
        GRANTED_UNTIL = "granted_until", _("Granted until a day")
        PARTLY = "partly", _("Granted in part")
        REJECTED = "rejected", _("Rejected")

    class SentTo(models.TextChoices):
        UNKNOWN = "unknown", _("Not known yet")
        CLIENT = "client", _("The client")
        REPRESENTATIVE = "representative", _("The client's representative")

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    follows = models.ForeignKey(
        "casework.Appeal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="new_decisions",
        verbose_name=_("the appeal after which the decider corrected itself"),
    )
    # Null: the decider's answer to an appeal, whose round that is; code from before this column writes none either.
    round = models.ForeignKey(
        "casework.Round", models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("round")
    )
    decided_on = models.DateField(_("date of the decision"))
    result = models.CharField(_("result"), max_length=15, choices=Result)
    granted_from = RoughDayField(_("granted from"), null=True, blank=True)
    granted_from_precision = PrecisionField(of=["granted_from"])
    granted_until = models.DateField(_("granted until"), null=True, blank=True)
    channel = models.CharField(
        _("how the decision came"), max_length=12, choices=CHANNELS, default=Channel.UNKNOWN.value
    )
    notice_on = models.DateField(_("posted, sent or handed over on"))
    sent_to = models.CharField(
        _("to whom it was sent"),
        max_length=15,
        choices=SentTo,
        default=SentTo.UNKNOWN,
        db_default=SentTo.UNKNOWN.value,
    )
    printed_last_day = models.DateField(_("last day of appeal printed in the decision"), null=True, blank=True)
    no_last_day_reason = EncryptedTextField(_("why there is no last day of appeal"), null=True, blank=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    reasons = EncryptedTextField(_("reasons given in the decision"), blank=True)
    recorded_on = models.DateField(_("recorded on"))
    last_day = models.DateField(_("last day of appeal"), null=True, blank=True)
    safe_day = models.DateField(_("safe day of appeal"), null=True, blank=True)
    last_day_confirmed_at = models.DateTimeField(null=True, blank=True)
    last_day_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("decision")
        ordering = ["-decided_on", "-created_at"]
        indexes = [models.Index(fields=["last_day"], name="decision_last_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(result="granted_until") | models.Q(granted_until__isnull=False),
                name="decision_granted_until_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_on__gte=models.F("decided_on")), name="decision_noticed_after_made"
            ),
            models.UniqueConstraint(
                fields=["follows"], name="decision_follows_once", condition=models.Q(removed_at=None)
            ),
            is_its_first_day("granted_from", name="decision_granted_from_first_day"),
            models.CheckConstraint(
                condition=models.Q(follows=None) | models.Q(round=None), name="decision_of_one_round"
            ),
            removed_by_somebody("decision_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.decided_on.isoformat()}"

    def named(self) -> str:
        return f"{capfirst(self.application.benefit.name)}, {day(self.decided_on)}"

    def get_absolute_url(self) -> str:
        return address("decision", self.application.case.number, self.pk)

    @property
    def is_full_grant(self) -> bool:
        return self.result == self.Result.GRANTED

    @property
    def grants_something(self) -> bool:
        """Whether it grants something, wholly, in part or for a time."""
        return self.result != self.Result.REJECTED

    @property
    def has_open_check(self) -> bool:
        """Whether its check is open; a full grant has none."""
        return hasattr(self, "coverage_check") and self.coverage_check.is_open

    @property
    def is_rejection(self) -> bool:
        return self.result == self.Result.REJECTED

    @property
    def is_without_last_day(self) -> bool:
        """Whether somebody has said that there is no last day of appeal, and why."""
        return self.no_last_day_reason is not None

    @property
    def is_last_day_confirmed(self) -> bool:
        """Whether a coordinator has compared the last day with the decision's own instruction."""
        return is_confirmed(self)

    def is_too_late(self, today: date) -> bool:
        return self.last_day is not None and self.last_day < today


def is_confirmed(noticed: Any) -> bool:
    """Whether somebody has confirmed how a decision or ruling came, or its last day; "not known" confirms nothing."""
    is_told = noticed.channel != Channel.UNKNOWN or noticed.printed_last_day or noticed.is_without_last_day
    return bool(noticed.last_day_confirmed_at and is_told)
