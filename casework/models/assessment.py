"""Assessments of work and functional ability in our own domains; the register of results of licensed instruments."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.removable import Removable, RemovableQuerySet
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned

HIGHEST = 4  # of a domain: 0 cannot, 4 no limits


class Assessment(Removable, Versioned, Record):
    """What somebody found out of a client's ability, with a score per domain of casework.law.domains."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("Coordinator's interview")
        PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist's check")
        NURSE = "nurse", _("Nurse's health check")
        DOCTOR = "doctor", _("Doctor's assessment")
        CLINIC = "clinic", _("Rehabilitation clinic")
        WORK_TRIAL = "work_trial", _("Work try-out")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="assessments")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    assessed_on = models.DateField(_("assessed on"))
    assessor = EncryptedTextField(_("who assessed"), blank=True)
    summary = EncryptedTextField(_("summary"), blank=True)
    recommendation = EncryptedTextField(_("recommendation"), blank=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RemovableQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-created_at"]

    def __str__(self) -> str:
        return str(self.id)


class DomainScore(Record):
    """How able the client is in one domain, 0-4, in the view of one assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    domain = models.CharField(max_length=20)  # a code of casework.law.domains
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST)])
    note = EncryptedTextField(_("in daily life"), blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="domain_scored_once"),
            models.CheckConstraint(condition=models.Q(score__lte=HIGHEST), name="domain_score_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.score}"


class InstrumentResult(Removable, Versioned, Record):
    """The result of a licensed instrument that was filled in elsewhere: never its items or scoring."""

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="instrument_results")
    instrument = models.CharField(_("instrument"), max_length=20)  # a code of casework/law/data/instruments.toml
    edition = models.CharField(_("version"), max_length=40, blank=True)
    taken_on = models.DateField(_("taken on"))
    taken_with = EncryptedTextField(_("with whom"), blank=True)
    result = EncryptedTextField(_("result"))
    comment = EncryptedTextField(_("comment"), blank=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RemovableQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-created_at"]

    def __str__(self) -> str:
        return str(self.id)
