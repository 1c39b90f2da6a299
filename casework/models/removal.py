"""Applications for the removal of a final decision (päätöksen poistaminen, undanröjande av beslut)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.law.workflow import REMOVAL_STATE_LABELS, REMOVAL_UNDER_WAY, RemovalState
from casework.models.application import SentBy
from casework.models.correction import Correctable
from casework.models.decision import Decision
from casework.models.document import Document
from casework.models.removable import removed_by_somebody
from casework.models.representation import Representation
from casework.models.round import Round
from tenants.addresses import address
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Removal(Correctable, Record):
    """One application that a decision be removed: what is wrong with it, its filing, its answer.

    Of a decision one is under way at a time. `round` is the wait for a new decision that its answer has begun.
    """

    CORRECTED = (
        "error",
        "grounds",
        "receiver",
        "representation",
        "signed_by",
        "power_of_attorney",
        "filed_on",
        "sent_by",
        "sent_time",
        "receipt",
        "late_reason",
        "document",
        "answer",
        "answered_on",
        "answer_words",
        "withdrawn_on",
        "withdrawn_reason",
        "state",
    )
    BESIDE: ClassVar = {"attachments": _("Attachments")}
    NAMED_BY = ("decision__application",)

    class Error(models.TextChoices):
        FINDINGS = "findings", _("It rests on wrong or incomplete findings")
        LAW = "law", _("It is plainly against the law")
        BOTH = "both", _("Both")

    class Receiver(models.TextChoices):
        UNKNOWN = "unknown", _("Not known yet")
        DECIDER = "decider", _("Decider")
        BOARD = "board", _("Appeal board")
        COURT = "court", pgettext_lazy("removal", "Insurance Court")

    class Answer(models.TextChoices):
        REMOVED = "removed", pgettext_lazy("removal", "The decision is removed")
        NOT_REMOVED = "not_removed", pgettext_lazy("removal", "The decision stands")
        NOT_EXAMINED = "not_examined", pgettext_lazy("removal", "The application was not examined")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="removals")
    state = models.CharField(_("state"), max_length=10, choices=REMOVAL_STATE_LABELS, default=RemovalState.DRAFT.value)
    error = models.CharField(_("what is wrong with the decision"), max_length=10, choices=Error)
    grounds = EncryptedTextField(_("grounds"), blank=True)
    receiver = models.CharField(_("to whom"), max_length=10, choices=Receiver, default=Receiver.UNKNOWN)
    attachments = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_("attachments"))
    representation = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the representative")
    )
    signed_by = EncryptedTextField(_("who signs for the client"), blank=True)
    power_of_attorney = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("power of attorney")
    )
    drafted_on = models.DateField(_("begun on"))
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    sent_by = models.CharField(_("sent"), max_length=15, choices=SentBy, blank=True)
    sent_time = models.TimeField(_("time of sending"), null=True, blank=True)
    receipt = EncryptedTextField(_("receipt number"), blank=True)
    late_reason = EncryptedTextField(_("why it is late"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper that was filed")
    )
    answer = models.CharField(_("the answer"), max_length=15, choices=Answer, blank=True)
    answered_on = models.DateField(_("date of the answer"), null=True, blank=True)
    answer_words = EncryptedTextField(_("what the answer says"), blank=True)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="removals")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = EncryptedTextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("application for removal")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                name="removal_under_way_once",
                condition=models.Q(state__in=["draft", "filed"], removed_at=None),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["filed", "answered"]) | models.Q(filed_on__isnull=False),
                name="removal_filed_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer="") & models.Q(answered_on__isnull=False),
                name="removal_answered_has_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | models.Q(withdrawn_on__isnull=False),
                name="removal_withdrawn_has_day",
            ),
            removed_by_somebody("removal_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.answer}"

    def named(self) -> str:
        return f"{self._meta.verbose_name}, {day(self.drafted_on)}"

    def get_absolute_url(self) -> str:
        return address("removal", self.decision.application.case.number, self.pk)

    def read_beside(self, name: str) -> list[str]:
        """The keys of the attachments."""
        return sorted(str(key) for key in self.attachments.values_list("pk", flat=True))

    def write_beside(self, name: str, value: Iterable[str]) -> None:
        self.attachments.set(Document.objects.filter(pk__in=list(value)))

    def worded(self, name: str, value: Any) -> str | None:
        if name != "attachments":
            return None
        found = Document.objects.filter(pk__in=list(value)).order_by("created_at")
        return ", ".join(document.title or str(document.get_kind_display()) for document in found) or "–"

    @property
    def recorded(self) -> tuple[str, ...]:
        """The facts that the steps taken so far have written down: those that a person may correct."""
        names = ["error", "grounds"]
        names += ["filed_on", "sent_by", "sent_time", "receipt", "late_reason", "document"] if self.filed_on else []
        names += ["answered_on", "answer_words"] if self.is_answered else []
        return (*names, *(["withdrawn_on", "withdrawn_reason"] if self.withdrawn_on else []))

    @property
    def is_draft(self) -> bool:
        return self.state == RemovalState.DRAFT

    @property
    def is_filed(self) -> bool:
        """Whether an answer is awaited."""
        return self.state == RemovalState.FILED

    @property
    def is_answered(self) -> bool:
        return self.state == RemovalState.ANSWERED

    @property
    def is_under_way(self) -> bool:
        return self.state in REMOVAL_UNDER_WAY

    @property
    def has_removed(self) -> bool:
        """Whether the decision was removed, so that the decider decides anew."""
        return self.answer == self.Answer.REMOVED

    @property
    def ended_on(self) -> date | None:
        return self.answered_on or self.withdrawn_on
