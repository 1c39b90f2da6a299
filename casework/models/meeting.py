"""The team's meeting: who is invited, which cases are on the agenda and on which ground, and the minutes of each."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.law.workflow import MEETING_STATE_LABELS, MINUTES_STATE_LABELS, MeetingState, MinutesState
from casework.models.calendar_entry import CalendarEntry, ends_after_it_begins
from casework.models.correction import KeepsHistory
from casework.models.hidden import hidden_by_order
from tenants.display import moment
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class Meeting(CalendarEntry, KeepsHistory, Record):
    """A meeting of the municipality's work-ability team, or of one client's network. It is cancelled, never taken back.

    Who was invited and left is kept by the participants.
    """

    CORRECTED = ("kind", "starts_at", "ends_at", "place", "chair")

    class Kind(models.TextChoices):
        TEAM = "team", _("Team meeting")
        NETWORK = "network", _("Network meeting")

    State = MeetingState

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEAM)
    place = hidden_by_order(models.CharField(_("place or video link"), max_length=200, blank=True))
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chair"))
    state = models.CharField(max_length=10, choices=MEETING_STATE_LABELS, default=MeetingState.PLANNED.value)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-starts_at", "-created_at"]
        constraints = [ends_after_it_begins("meeting_ends_after_it_begins")]
        indexes = [
            models.Index(fields=["starts_at", "created_at"], name="meeting_by_start"),
            models.Index(fields=["starts_at"], condition=models.Q(state="planned"), name="meeting_planned_by_start"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {moment(self.starts_at)}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PLANNED


class MeetingParticipant(Record):
    """A member of the staff who was invited; sees the agenda's clients until the closing, or until they leave."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings")
    profession = models.CharField(_("profession"), max_length=80, blank=True)
    invited_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    was_present = models.BooleanField(_("present"), null=True)

    class Meta:
        ordering = ["user__sort_key", "created_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="meeting_participant_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user_id}"


class AgendaItem(Versioned, Record):
    """One case of a meeting, on a recorded ground, with the minutes about it. Never two clients on one paper."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("The client's consent")
        LAW = "law", _("A provision of law")

    State = MinutesState

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(default=1)
    basis = models.CharField(_("ground"), max_length=10, choices=Basis)
    basis_note = models.CharField(_("provision of law"), max_length=200, blank=True)
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    question = EncryptedTextField(_("what is asked of the team"), blank=True)
    text = EncryptedTextField(_("discussion"), blank=True)
    recommendation = EncryptedTextField(_("recommendation"), blank=True)
    decision = EncryptedTextField(_("decision"), blank=True)
    state = models.CharField(max_length=10, choices=MINUTES_STATE_LABELS, default=MinutesState.DRAFT.value)
    withdrawn_reason = EncryptedTextField(_("why it was taken off"), blank=True)
    finalised_at = models.DateTimeField(null=True)
    finalised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=~models.Q(state="withdrawn"), name="agenda_case_once"
            ),
            models.CheckConstraint(
                condition=models.Q(basis="consent", consent__isnull=False)
                | models.Q(basis="law", consent=None) & ~models.Q(basis_note=""),
                name="agenda_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("agenda_item", args=[self.case.number, self.pk])

    @property
    def is_final(self) -> bool:
        return self.state == self.State.FINAL

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_open(self) -> bool:
        """Its minutes can be written: they are a draft of a meeting that is neither closed nor cancelled."""
        return self.state == self.State.DRAFT and self.meeting.is_open

    @property
    def has_words(self) -> bool:
        return bool(self.text or self.recommendation or self.decision)


class MinutesVersion(Record):
    """What the minutes of one case said when they were saved; the last of a final one is what was finalised."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = EncryptedTextField()
    recommendation = EncryptedTextField(blank=True)
    decision = EncryptedTextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"


class AgreedTask(Record):
    """A task that was agreed on in a meeting about a case; the minutes name it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="agreed_tasks")
    task = models.OneToOneField("casework.Task", models.CASCADE, related_name="agreed_in")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.task_id}"
