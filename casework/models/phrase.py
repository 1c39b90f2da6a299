"""The municipality's own phrases for papers: their kind and language, who wrote and who approved each wording."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.description import AbilityDescription
from tenants.addresses import address
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class Phrase(Versioned, Record):
    """A text that is offered where papers are written. It holds nothing of a client; its wordings are its history."""

    class Kind(models.TextChoices):
        DESCRIPTION = "description", _("Section of a description")
        GROUNDS = "grounds", _("Demand or grounds of an appeal")
        QUESTION = "question", _("Question to a doctor")
        SUPPLEMENT = "supplement", _("Letter after an appeal")

    Language = AbilityDescription.Language

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    language = models.CharField(_("language"), max_length=5, choices=Language)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("phrase")
        ordering = ["kind", "language", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retired_at=None, retired_by=None)
                | models.Q(retired_at__isnull=False, retired_by__isnull=False),
                name="phrase_retired_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"

    def get_absolute_url(self) -> str:
        return address("phrase", self.pk)

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def newest(self) -> "PhraseWording":
        """What was written last, approved or not."""
        return self.wordings.all()[0]

    @property
    def in_use(self) -> "PhraseWording | None":
        """What is offered: the wording that was approved last, while the phrase is not retired."""
        if self.is_retired:
            return None
        return next((wording for wording in self.wordings.all() if wording.is_approved), None)


class PhraseWording(Record):
    """One wording of a phrase. Rows are added, never edited; approving is the one thing that is done to them."""

    phrase = models.ForeignKey(Phrase, models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()  # 1, 2, … within the phrase
    title = models.CharField(_("title"), max_length=120)
    text = EncryptedTextField(_("text"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["phrase", "number"], name="phrase_wording_number_once"),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="phrase_wording_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None
