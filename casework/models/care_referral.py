"""The referral to a rehabilitation assessment clinic: care and no benefit, so there is no decision and no appeal."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.law import as_of
from casework.law.benefits import Benefit
from casework.law.care_referrals import CLINIC
from casework.law.workflow import CARE_STATE_LABELS, CARE_UNDER_WAY, CareState
from casework.models.correction import Correctable
from casework.models.document import Document
from casework.models.removable import removed_by_somebody
from tenants.addresses import address
from tenants.encryption import EncryptedTextField
from tenants.histories import StandingManager
from tenants.records import Record

if TYPE_CHECKING:
    from casework.models.case import Case

SHOWN = 50


class CareReferrals(models.QuerySet["CareReferral"]):
    """Referrals to care as pages show them."""

    def shown(self, case: "Case") -> "list[CareReferral]":
        """Answer the newest of one case that was fetched before, those under way first."""
        found = [one.belonging(case) for one in self.order_by("-created_at")[:SHOWN]]
        return sorted(found, key=lambda one: not one.is_under_way)


StandingCareReferrals = StandingManager.from_queryset(CareReferrals)


class CareReferral(Correctable, Record):
    """A doctor's referral to a clinic; its steps are the table of casework.law.workflow.

    `steps` are those that were taken, in their order: any day of them may be unknown, so no day tells where it stands.
    `due_on` is by when somebody's answer is expected where it stands now.
    """

    WORDS = "unit"
    CORRECTED = (
        "unit",
        "asked_of",
        "question",
        "asked_on",
        "sent_on",
        "sent_by",
        "more_asked_on",
        "more_asked",
        "more_due_on",
        "supplied_on",
        "accepted_on",
        "first_visit_on",
        "refused_on",
        "refusal_reason",
        "complained_on",
        "complaint",
        "answered_on",
        "answer",
        "examined_on",
        "reported_on",
        "report",
        "withdrawn_on",
        "withdrawn_reason",
        "due_on",
        "state",
    )
    # What each step writes down.
    WRITTEN_BY: ClassVar[dict[str, tuple[str, ...]]] = {
        "send": ("sent_on", "sent_by"),
        "ask_for_more": ("more_asked_on", "more_asked", "more_due_on"),
        "supply": ("supplied_on",),
        "accept": ("accepted_on", "first_visit_on"),
        "refuse": ("refused_on", "refusal_reason"),
        "complain": ("complained_on", "complaint"),
        "answer_complaint": ("answered_on", "answer"),
        "examine": ("examined_on",),
        "report": ("reported_on", "report"),
        "withdraw": ("withdrawn_on", "withdrawn_reason"),
    }

    State = CareState

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="care_referrals")
    unit = EncryptedTextField(_("clinic"))
    asked_of = EncryptedTextField(_("who writes the referral"), blank=True)
    question = EncryptedTextField(_("what the clinic is asked"), blank=True)
    asked_on = models.DateField(pgettext_lazy("care referral", "asked for on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CARE_STATE_LABELS, default=CareState.DRAFT.value)
    steps = ArrayField(models.CharField(max_length=20), default=list)
    due_on = models.DateField(_("expected by"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_by = EncryptedTextField(_("sent by"), blank=True)
    more_asked_on = models.DateField(_("more information asked for on"), null=True, blank=True)
    more_asked = EncryptedTextField(_("what is asked for"), blank=True)
    more_due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    supplied_on = models.DateField(_("answered on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    first_visit_on = models.DateField(_("first visit"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = EncryptedTextField(_("why it was refused"), blank=True)
    complained_on = models.DateField(_("complaint sent on"), null=True, blank=True)
    complaint = EncryptedTextField(_("what the complaint says"), blank=True)
    answered_on = models.DateField(_("complaint answered on"), null=True, blank=True)
    answer = EncryptedTextField(_("what the unit answered"), blank=True)
    examined_on = models.DateField(_("examined on"), null=True, blank=True)
    reported_on = models.DateField(_("report came on"), null=True, blank=True)
    report = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("report")
    )
    withdrawn_on = models.DateField(_("referral withdrawn on"), null=True, blank=True)
    withdrawn_reason = EncryptedTextField(_("why it was withdrawn"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[StandingCareReferrals] = StandingCareReferrals()

    class Meta:
        verbose_name = _("referral to a clinic")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="care_referral_awaited",
                condition=models.Q(state__in=["sent", "returned", "accepted", "complained", "examined"]),
            )
        ]
        constraints = [removed_by_somebody("care_referral_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return self.benefit.name

    def get_absolute_url(self) -> str:
        return address("care_referral", self.case.number, self.pk)

    def belonging(self, case: "Case") -> Self:
        """Give it, and what hangs on it, the case that was fetched already."""
        self.case = case
        report = self._state.fields_cache.get("report")
        if report is not None:
            report.case = case
        return self

    @property
    def benefit(self) -> Benefit:
        """The row of what it asks for: names, and how well they are known."""
        return as_of.benefit(CLINIC, date.max)

    @property
    def recorded(self) -> tuple[str, ...]:
        """The facts that the steps taken so far have written down: those that a person may correct."""
        names = [name for step in dict.fromkeys(self.steps) for name in self.WRITTEN_BY[step]]
        due = ["due_on"] if self.awaits_answer else []
        return ("unit", "asked_of", "question", "asked_on", *names, *due)

    def was_taken(self, step: str) -> bool:
        """Whether a step was taken, whatever day it was."""
        return step in self.steps

    @property
    def is_under_way(self) -> bool:
        return self.state in CARE_UNDER_WAY

    @property
    def is_draft(self) -> bool:
        return self.state == CareState.DRAFT

    @property
    def is_returned(self) -> bool:
        return self.state == CareState.RETURNED

    @property
    def is_refused(self) -> bool:
        """Whether the unit has refused it, also when it was complained about since."""
        return self.state in (CareState.REFUSED, CareState.COMPLAINED)

    @property
    def awaits_answer(self) -> bool:
        """Whether the clinic has to do something by a day of ours, which is a usual time and no last day."""
        return self.is_under_way and not self.is_draft and not self.is_returned

    def worded(self, name: str, value: Any) -> str | None:
        """A report is told by the title of its paper, or its kind where it has none."""
        if name != "report" or not value:
            return None
        found = Document.objects.get(pk=value)
        return str(found.title or found.get_kind_display())
