"""Assessments of work and functional ability in our own domains; the register of results of licensed instruments."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law.domains import domain, level
from casework.law.instruments import instrument
from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record

HIGHEST = 4  # of a domain: 0 cannot, 4 no limits


class Assessment(Correctable, Record):
    """What somebody found out of a client's ability, with a score per domain of casework.law.domains."""

    CORRECTED = ("kind", "assessed_on", "assessor", "summary", "recommendation", "document")
    BESIDE: ClassVar = {"scores": _("Domains")}

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
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("assessment")
        ordering = ["-assessed_on", "-created_at"]
        constraints = [removed_by_somebody("assessment_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {day(self.assessed_on)}"

    def read_beside(self, name: str) -> dict[str, list[Any]]:
        """The scores by the code of their domain, each with its note."""
        return {row.domain: [row.score, row.note] for row in self.scores.all()}

    def write_beside(self, name: str, value: Mapping[str, Iterable[Any]]) -> None:
        self.scores.all().delete()
        DomainScore.objects.bulk_create(
            DomainScore(assessment=self, domain=code, score=score, note=note) for code, (score, note) in value.items()
        )

    def worded(self, name: str, value: Any) -> str | None:
        return _scores_said(value) if name == "scores" else None


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


class InstrumentResult(Correctable, Record):
    """The result of a licensed instrument that was filled in elsewhere: never its items or scoring."""

    CORRECTED = ("instrument", "edition", "taken_on", "taken_with", "result", "comment", "document")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="instrument_results")
    instrument = models.CharField(_("instrument"), max_length=20)  # a code of casework/law/data/instruments.toml
    edition = models.CharField(_("version"), max_length=40, blank=True)
    taken_on = models.DateField(_("taken on"))
    taken_with = EncryptedTextField(_("with whom"), blank=True)
    result = EncryptedTextField(_("result"))
    comment = EncryptedTextField(_("comment"), blank=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("result of an instrument")
        ordering = ["-taken_on", "-created_at"]
        constraints = [removed_by_somebody("instrument_result_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{instrument(self.instrument).name}, {day(self.taken_on)}"

    def worded(self, name: str, value: Any) -> str | None:
        return str(instrument(value).name) if name == "instrument" else None


def _scores_said(scores: Mapping[str, Iterable[Any]]) -> str:
    lines = [
        f"{domain(code).name}: {score} {level(score).name}. {note}".strip() for code, (score, note) in scores.items()
    ]
    return "\n".join(lines) or "–"
