"""The case: one walk of a client with a coordinator, from referral to direction; and who else takes part in it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.law.phases import Phase
from casework.models.correction import KeepsHistory
from tenants.addresses import address
from tenants.records import Record


class Case(KeepsHistory, Record):
    """A client's case. Its phase and last contact are derived from facts and kept by the timeline, never typed."""

    CORRECTED = ("opened_on", "closed_on", "outcome", "direction", "direction_on")

    class Direction(models.TextChoices):
        WORK = "work", _("Labour market")
        EDUCATION = "education", _("Education")
        REHABILITATION = "rehabilitation", _("Rehabilitation")
        PENSION = "pension", _("Pension")

    class Outcome(models.TextChoices):
        WORK = "work", _("Labour market")
        EDUCATION = "education", _("Education")
        REHABILITATION = "rehabilitation", _("Rehabilitation")
        PENSION = "pension", _("Pension")
        MOVED = "moved", _("Moved to another municipality")
        WITHDREW = "withdrew", _("The client did not want to go on")
        OTHER_SERVICE = "other_service", _("Went on in another service")
        DIED = "died", pgettext_lazy("end of a case", "Died")

    number = models.CharField(_("case number"), max_length=12, unique=True)
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="cases")
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    opened_on = models.DateField(_("opened on"))
    direction = models.CharField(_("direction"), max_length=20, choices=Direction, blank=True)
    direction_on = models.DateField(_("direction set on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    phase = models.CharField(max_length=10, default=Phase.CONTACT.value, editable=False)
    contact_on = models.DateField(null=True, editable=False)  # of the last contact with the client

    class Meta:
        verbose_name = _("case")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["phase"], name="case_phase"),
            models.Index(
                Coalesce("contact_on", "opened_on"), condition=models.Q(closed_on=None), name="case_silent_since"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(closed_on=None), name="case_one_open_per_client"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None, outcome="")
                | models.Q(closed_on__isnull=False) & ~models.Q(outcome=""),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="case_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(direction="", direction_on=None)
                | ~models.Q(direction="") & models.Q(direction_on__isnull=False),
                name="case_direction_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def named(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return address("case", self.number)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def has_died(self) -> bool:
        """Whether it ended because the client died: from then on nothing goes to the client."""
        return self.outcome == self.Outcome.DIED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it ended because the client did not want to go on."""
        return self.outcome == self.Outcome.WITHDREW


class CaseParticipant(KeepsHistory, Record):
    """A member of the team around one case; sees it from joining until taken off."""

    CORRECTED = ("since",)
    NAMED_BY = ("user",)

    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="participations")
    since = models.DateField(_("in the team since"))
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("member of the team")
        ordering = ["user__sort_key", "since", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=models.Q(until=None), name="participant_once_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"

    def named(self) -> str:
        return str(self.user.name)


class CaseCounter(models.Model):
    """The last running number given out in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:04}"
