"""The description of work and functional ability: sections in the coordinator's words, versions, signature."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law.workflow import DESCRIPTION_STATE_LABELS, DescriptionState
from tenants.addresses import address
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.versions import Versioned


class AbilityDescription(Versioned, Record):
    """One version of a case's description. A signed one never changes; work goes on in the next version."""

    State = DescriptionState

    class Language(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        SWEDISH = "sv", _("Swedish")
        ENGLISH = "en", _("English")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="descriptions")
    number = models.PositiveSmallIntegerField()  # 1, 2, … within the case
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.FINNISH)
    state = models.CharField(max_length=10, choices=DESCRIPTION_STATE_LABELS, default=DescriptionState.DRAFT.value)
    brought = EncryptedTextField(blank=True)  # JSON: keys of the facts that were written into the text already
    paper = EncryptedTextField(blank=True)  # JSON: what was signed (casework.descriptions.paper); empty in a draft
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signer_title = models.CharField(_("title"), max_length=80, blank=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, related_name="+")  # the signed PDF

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="description_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="draft"), name="description_one_draft_per_case"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", signed_at=None, signed_by=None)
                | models.Q(state="signed", signed_at__isnull=False, signed_by__isnull=False),
                name="description_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    def get_absolute_url(self) -> str:
        return address("ability_description", self.case.number, self.pk)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class DescriptionSection(Record):
    """The text of one section; `code` is a code of casework.law.sections."""

    description = models.ForeignKey(AbilityDescription, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=20)
    text = EncryptedTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["description", "code"], name="description_section_once")]

    def __str__(self) -> str:
        return self.code
