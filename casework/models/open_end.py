"""What was open when a case ended: who has it from then on, or why it ends."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models.application import Application
from casework.models.correction import KeepsHistory
from tenants.addresses import address
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class OpenEnd(KeepsHistory, Record):
    """One thing that was open when its case was closed; `casework.cases.open_ends` finds them.

    `keeper` is who follows it here: it stays on their Today, with its reminders. `is_current` is of the closing that
    stands; a case that is opened again has none, because what they name runs in the case itself.
    """

    WORDS = "reason"
    CORRECTED = ("holder", "keeper", "reason", "since")
    NAMED_BY = ("case",)

    class Kind(models.TextChoices):
        CLOCK = "clock", _("Last day of appeal")
        CHECK = "check", _("Check of the decision")
        APPEAL = "appeal", _("Appeal")
        REMOVAL = "removal", _("Application for removal of a decision")
        APPLICATION = "application", _("Application")
        CONTINUATION = "continuation", _("Benefit that ends")
        JOBSEEKER = "jobseeker", _("Sickness allowance that ends")
        CARE = "care_referral", _("Referral to a clinic")
        STATEMENT = "statement", _("Statement asked for")
        VISIT = "visit", _("Visit")
        AGENDA = "agenda", _("Agenda of a meeting")
        TASK = "task", _("Task")
        DESCRIPTION = "description", _("Description in preparation")

    class Holder(models.TextChoices):
        COLLEAGUE = "colleague", _("A colleague")
        CLIENT = "client", _("The client")
        MUNICIPALITY = "municipality", _("The receiving municipality")
        ESTATE = "estate", _("The estate")
        NOBODY = "nobody", pgettext_lazy("open end", "It ends")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="ends")
    kind = models.CharField(max_length=15, choices=Kind)
    about = models.UUIDField()
    application = models.ForeignKey(Application, models.CASCADE, null=True, related_name="+")
    holder = models.CharField(_("who has it from now on"), max_length=15, choices=Holder)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who follows it here")
    )
    reason = EncryptedTextField(_("why, or to whom"), blank=True)
    since = models.DateField(_("since"))
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("open end")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["keeper"], name="open_end_kept", condition=models.Q(is_current=True)),
            models.Index(fields=["application"], name="open_end_of_application"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "case"], name="open_end_once", condition=models.Q(is_current=True)
            ),
            models.CheckConstraint(
                condition=models.Q(holder__in=["colleague", "estate"], keeper__isnull=False)
                | models.Q(holder__in=["client", "municipality", "nobody"], keeper=None),
                name="open_end_has_keeper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.holder}"

    def named(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return address("end_change", self.case.number, self.pk)

    def hidden_because(self) -> str:
        """A reason tells no place."""
        return ""

    @property
    def is_held(self) -> bool:
        """Whether somebody has it; otherwise it ended, and the reason says why."""
        return self.holder != self.Holder.NOBODY
