"""The referral: somebody asks that a person be taken into the service."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law.workflow import REFERRAL_STATE_LABELS, ReferralState
from casework.models.correction import Correctable
from casework.models.hidden import hidden_by_order
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.names import written
from tenants.records import Record


class Referral(Correctable, Record):
    """A person as the referring party describes them; becomes a case when accepted."""

    WORDS = "reason"
    CORRECTED = (
        "source",
        "referrer",
        "received_on",
        "came_again_on",
        "first_name",
        "last_name",
        "identity_code",
        "born_on",
        "phone",
        "reason",
        "state",
        "state_reason",
    )
    NAMED_BY = ("case__client",)

    class Source(models.TextChoices):
        EMPLOYMENT = "employment", _("Employment services")
        SOCIAL_WORK = "social_work", _("Social work")
        HEALTH_CARE = "health_care", _("Health care")
        KELA = "kela", _("Kela")
        CLIENT = "client", _("The client")
        OTHER = "other", _("Somebody else")

    State = ReferralState

    OPEN_STATES = (State.NEW, State.RETURNED)

    source = models.CharField(_("referred by"), max_length=20, choices=Source)
    referrer = models.CharField(_("name of the referring person or unit"), max_length=200, blank=True)
    reason = EncryptedTextField(_("reason"))
    received_on = models.DateField(_("received on"))
    came_again_on = models.DateField(_("came again on"), null=True, blank=True)  # after it had been declined
    first_name = models.CharField(_("first name"), max_length=100, blank=True)  # some people have one name only
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    phone = hidden_by_order(EncryptedTextField(_("phone"), blank=True))
    identity_code = EncryptedTextField(_("personal identity code"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=REFERRAL_STATE_LABELS, default=ReferralState.NEW.value)
    state_reason = EncryptedTextField(_("reason of the answer"), blank=True)
    state_at = models.DateTimeField(null=True)
    state_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="referrals")

    class Meta:
        verbose_name = _("referral")
        ordering = ["received_on", "created_at"]
        indexes = [
            models.Index(fields=["state", "received_on"]),
            models.Index(fields=["-state_at", "-created_at"], name="referral_settled"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(first_name="", last_name=""), name="referral_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(state="accepted", case__isnull=False)
                | ~models.Q(state="accepted") & models.Q(case=None),
                name="referral_case_when_accepted",
            ),
            removed_by_somebody("referral_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    def named(self) -> str:
        return f"{self.get_source_display()}, {day(self.received_on)}"

    @property
    def name(self) -> str:
        return written(self.first_name, self.last_name)

    @property
    def waits_since(self) -> date:
        """The day from which somebody waits for an answer: when it came, or came again."""
        return self.came_again_on or self.received_on

    @property
    def is_new(self) -> bool:
        """Nobody has said anything to it yet."""
        return self.state == self.State.NEW

    @property
    def is_returned(self) -> bool:
        return self.state == self.State.RETURNED

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.state == self.State.DECLINED

    @property
    def is_open(self) -> bool:
        """Somebody still has to accept or decline it."""
        return self.state in self.OPEN_STATES

    @property
    def is_protected(self) -> bool:
        """Of a client who is here; of somebody unknown nothing is known."""
        return self.case is not None and self.case.client.is_protected
