"""The appointment: a visit, call or meeting of a client, with its preparation sheet and debrief; and calendar feeds."""

import hashlib

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law import workflow
from casework.law.workflow import APPOINTMENT_STATE_LABELS, AppointmentState
from casework.models.calendar_entry import CalendarEntry, ends_after_it_begins
from casework.models.correction import KeepsHistory
from casework.models.hidden import hidden_by_order
from tenants.addresses import address
from tenants.display import moment
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Appointment(CalendarEntry, KeepsHistory, Record):
    """A time that was agreed with a client. Its place is sealed: it may tell where the client is.

    It is never taken back: what will not take place is cancelled, and stays.
    """

    CORRECTED = (
        "kind",
        "starts_at",
        "ends_at",
        "worker",
        "place",
        "with_whom",
        "is_accompanied",
        "wants_to_say",
        "daily_limits",
        "asked_for",
        "said",
        "ordered",
        "next_step",
        "next_on",
    )
    NAMED_BY = ("case__client",)

    class Kind(models.TextChoices):
        DOCTOR = "doctor", _("Doctor's visit")
        OFFICE = "office", _("Meeting at the office")
        PHONE = "phone", _("Phone call")
        HOME = "home", _("Home visit")
        NETWORK = "network", _("Network meeting")
        OTHER = "other", _("Other visit")

    PREPARED = frozenset({Kind.DOCTOR, Kind.NETWORK})  # kinds at which others decide on what the client can say
    State = AppointmentState

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="appointments")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    place = hidden_by_order(EncryptedTextField(_("place"), blank=True))
    with_whom = hidden_by_order(EncryptedTextField(_("with whom"), blank=True))
    is_accompanied = models.BooleanField(_("the coordinator comes along"), default=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name=_("whose appointment")
    )
    state = models.CharField(max_length=10, choices=APPOINTMENT_STATE_LABELS, default=AppointmentState.PLANNED.value)
    # the preparation sheet, in the client's own words
    wants_to_say = EncryptedTextField(_("what I want to say"), blank=True)
    daily_limits = EncryptedTextField(_("what is hard in daily life"), blank=True)
    asked_for = EncryptedTextField(_("what we ask for"), blank=True)
    prepared_at = models.DateTimeField(null=True)  # when something was last written on the sheet
    # the debrief
    said = EncryptedTextField(_("what was said"), blank=True)
    ordered = EncryptedTextField(_("what was ordered"), blank=True)
    next_step = EncryptedTextField(_("next step"), blank=True)
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    debriefed_at = models.DateTimeField(null=True)
    debriefed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # what the debrief made, once
    next_task = models.OneToOneField("casework.Task", models.SET_NULL, null=True, related_name="+")
    service_entry = models.OneToOneField("casework.ServiceEntry", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("appointment")
        ordering = ["starts_at", "created_at"]
        indexes = [
            models.Index(fields=["worker", "starts_at"]),
            models.Index(fields=["case", "starts_at"], name="appointment_of_case"),
            models.Index(
                fields=["starts_at", "created_at"], include=["ends_at", "state"], name="appointment_in_order"
            ),  # all that counting a fortnight reads
            models.Index(fields=["starts_at"], name="appointment_planned", condition=models.Q(state="planned")),
        ]
        constraints = [
            ends_after_it_begins("appointment_ends_after_it_begins"),
            models.CheckConstraint(
                condition=models.Q(debriefed_at=None, debriefed_by=None)
                | models.Q(debriefed_at__isnull=False, debriefed_by__isnull=False),
                name="appointment_debriefed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {moment(self.starts_at)}"

    def get_absolute_url(self) -> str:
        return address("appointment", self.case.number, self.pk)

    @property
    def allowed_steps(self) -> frozenset[str]:
        """What can still be done with it, by its state alone."""
        return frozenset(workflow.steps_from(workflow.APPOINTMENT, self.state))

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_debriefed(self) -> bool:
        return self.debriefed_at is not None

    @property
    def wants_preparation(self) -> bool:
        """Whether a missing preparation sheet is worth a word: others decide there on what the client can say."""
        return self.kind in self.PREPARED

    @property
    def is_protected(self) -> bool:
        return self.case.client.is_protected


class CalendarFeed(Record):
    """A worker's private calendar address. Only a hash of its secret is kept; a new address ends the old one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    # which cases the access log has for this address today: programs read it every few minutes
    logged_on = models.DateField(null=True)
    logged_cases = ArrayField(models.CharField(max_length=12), default=list)

    def __str__(self) -> str:
        return str(self.user_id)

    @staticmethod
    def hash_of(secret: str) -> str:
        """Hash the secret part of an address. It has 256 random bits: the index on the hash tells nobody anything."""
        return hashlib.sha256(secret.encode()).hexdigest()
