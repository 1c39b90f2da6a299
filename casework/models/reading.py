"""A colleague reads a draft before it goes out: who is asked until when, and what they remark."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models.appeal import Appeal
from casework.models.case import Case
from casework.models.description import AbilityDescription
from casework.models.task import Task
from tenants.addresses import address
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class ReadingRequest(Versioned, Record):
    """One draft of an appeal or a description, given to one person to read. Its task is the reader's row on Today."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("reading", "Asked")
        READ = "read", pgettext_lazy("reading", "Read")
        TAKEN_BACK = "taken_back", pgettext_lazy("reading", "Taken back")
        OVER = "over", pgettext_lazy("reading", "Went out unread")

    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    appeal = models.ForeignKey(Appeal, models.CASCADE, null=True, related_name="readings")
    description = models.ForeignKey(AbilityDescription, models.CASCADE, null=True, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("read by"))
    question = EncryptedTextField(_("what to look at"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    ended_at = models.DateTimeField(null=True)
    task = models.OneToOneField(Task, models.SET_NULL, null=True, related_name="reading")

    class Meta:
        ordering = ["asked_at", "created_at"]
        indexes = [models.Index(fields=["reader"], name="reading_asked", condition=models.Q(state="asked"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(appeal=None, description__isnull=False)
                | models.Q(appeal__isnull=False, description=None),
                name="reading_of_one_draft",
            ),
            models.UniqueConstraint(
                fields=["reader", "appeal"], condition=models.Q(state="asked"), name="reading_of_appeal_once"
            ),
            models.UniqueConstraint(
                fields=["reader", "description"], condition=models.Q(state="asked"), name="reading_of_description_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", ended_at=None)
                | ~models.Q(state="asked") & models.Q(ended_at__isnull=False),
                name="reading_ended_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.state

    def get_absolute_url(self) -> str:
        return address("reading", self.case.number, self.pk)

    @property
    def draft_url(self) -> str:
        """The page of the draft itself, behind the door to its case."""
        if self.appeal_id is not None:
            return address("appeal", self.case.number, self.appeal_id)
        return address("ability_description", self.case.number, self.description_id)

    @property
    def draft(self) -> Appeal | AbilityDescription:
        found = self.appeal or self.description
        assert found is not None  # noqa: S101  # the database keeps that
        return found

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED


class ReadingRemark(Record):
    """What a reader says of one field or section, beside the words that stood there when it was said."""

    reading = models.ForeignKey(ReadingRequest, models.CASCADE, related_name="remarks")
    field = models.CharField(max_length=20)
    text = EncryptedTextField(_("remark"))
    said = EncryptedTextField(blank=True)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["written_at", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="reading_remark_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.field

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None
