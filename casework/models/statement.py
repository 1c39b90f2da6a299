"""The statement request: a medical or other statement that was asked for, and what became of it."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law import statements as statement_rules
from casework.law.annexes import Annex, of_kind
from casework.law.origins import Origin
from casework.law.workflow import AWAITED, STATEMENT_STATE_LABELS, StatementState
from casework.models.application import Application
from casework.models.correction import Correctable
from casework.models.hidden import told_despite_order
from casework.models.removable import removed_by_somebody
from tenants.addresses import address
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.histories import StandingManager
from tenants.records import Record

if TYPE_CHECKING:
    from casework.models.case import Case

SHOWN = 50


class StatementRequests(models.QuerySet["StatementRequest"]):
    """Statement requests as pages show them."""

    def whole(self) -> Self:
        """With application and document."""
        return self.select_related("application", "document", "asked_by")

    def shown(self, case: "Case") -> "list[StatementRequest]":
        """Answer the newest, all of one case that was fetched before, the awaited ones first."""
        newest = self.whole().order_by("-asked_on", "-created_at")[:SHOWN]
        return sorted((found.belonging(case) for found in newest), key=lambda found: not found.is_awaited)


StandingStatements = StandingManager.from_queryset(StatementRequests)


class StatementRequest(Correctable, Record):
    """A statement asked of a doctor or another professional; its steps are the table of casework.law.workflow."""

    WORDS = "asked_of"
    CORRECTED = (
        "kind",
        "asked_of",
        "purpose",
        "application",
        "asked_on",
        "due_on",
        "reminded_on",
        "returned_on",
        "return_reason",
        "received_on",
        "written_on",
        "state",
        "return_to",
    )

    class Kind(models.TextChoices):
        A = "A", _("Medical statement A")
        B = "B", _("Medical statement B")
        C = "C", _("Medical statement C")
        NURSE = "nurse", _("Nurse's statement")
        PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist's statement")
        PSYCHOLOGIST = "psychologist", _("Psychologist's statement")
        EPICRISIS = "epicrisis", _("Patient record or epicrisis")
        OTHER = "other", _("Other statement")

    State = StatementState

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="statement_requests")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    asked_of = EncryptedTextField(_("asked of"))
    purpose = EncryptedTextField(_("what it must say"), blank=True)
    application = models.ForeignKey(
        Application,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statement_requests",
        verbose_name=_("for which application"),
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("expected by"))
    state = models.CharField(
        _("state"), max_length=10, choices=STATEMENT_STATE_LABELS, default=StatementState.ASKED.value
    )
    reminded_on = models.DateField(_("reminded on"), null=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    returned_on = models.DateField(_("sent back on"), null=True)
    return_reason = EncryptedTextField(_("what is missing"), blank=True)
    received_on = models.DateField(_("received on"), null=True)
    written_on = models.DateField(_("date of the statement"), null=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, blank=True, related_name="+")
    return_to = told_despite_order(EncryptedTextField(_("return address"), null=True, blank=True))  # the municipality's
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[StandingStatements] = StandingStatements()

    class Meta:
        verbose_name = _("statement request")
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(
                fields=["due_on"], name="statement_awaited", condition=models.Q(state__in=["asked", "returned"])
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="received") | models.Q(received_on__isnull=False),
                name="statement_received_on_a_day",
            ),
            removed_by_somebody("statement_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {day(self.asked_on)}"

    def get_absolute_url(self) -> str:
        return address("statement", self.case.number, self.pk)

    def belonging(self, case: "Case") -> Self:
        """Give it, and what hangs on it, the case that was fetched already."""
        self.case = case
        for part in (self.application, self.document):
            if part is not None:
                part.case = case
        return self

    def worded(self, name: str, value: Any) -> str | None:
        if name != "application" or not value:
            return None
        return str(Application.everything.get(pk=value).benefit.name)

    @property
    def recorded(self) -> tuple[str, ...]:
        """The facts that the steps taken so far have written down: those that a person may correct."""
        names = ["kind", "asked_of", "purpose", "application", "asked_on", "due_on"]
        names += ["reminded_on"] if self.reminded_on else []
        names += ["returned_on", "return_reason"] if self.returned_on else []
        return (*names, *(["received_on", "written_on"] if self.received_on else []))

    @property
    def is_awaited(self) -> bool:
        """Whether somebody has still to send it."""
        return self.state in AWAITED

    @property
    def is_received(self) -> bool:
        return self.state == StatementState.RECEIVED

    @property
    def old_on(self) -> date | None:
        """The day on which the statement reaches its age; None while it is not here or its age is not watched."""
        if not self.is_received or self.written_on is None:
            return None
        annex = self._annex
        months = annex.months if annex else None
        return statement_rules.old_on(self.kind, written_on=self.written_on, months=months)

    @property
    def age_origin(self) -> Origin | None:
        """Where that age comes from and how well it is known."""
        if self.old_on is None or self.written_on is None:
            return None
        return statement_rules.age_origin(self.kind, written_on=self.written_on, annex=self._annex)

    @property
    def _annex(self) -> Annex | None:
        """The row of what goes with its application that it is."""
        application = self.application
        return of_kind(application.annexes, self.kind) if application and not application.is_removed else None
