"""The document: a file of a case. Its content lies encrypted in tenants.files under `file_id`."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants import scanning
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Document(Record):
    """A file of a case and what is known of it."""

    WORDS = "title"

    class Kind(models.TextChoices):
        STATEMENT_A = "statement_a", _("A statement")
        STATEMENT_B = "statement_b", _("B statement")
        STATEMENT_C = "statement_c", _("C statement")
        MEDICAL = "medical", _("Other medical document")
        APPLICATION = "application", _("Application")
        REQUEST = "request", _("Request for more information")
        DECISION = "decision", _("Decision")
        APPEAL = "appeal", _("Appeal")
        PLAN = "plan", _("Rehabilitation plan")
        DESCRIPTION = "description", _("Description of work and functional ability")
        MINUTES = "minutes", _("Minutes of a meeting")
        CONSENT = "consent", _("Consent")
        POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney")
        OTHER = "other", _("Other document")

    class ScanState(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("Not scanned: no scanner is set up")
        WAITING = "waiting", _("Waits for the virus scan")
        CLEAN = "clean", _("Scanned, clean")
        INFECTED = "infected", _("Holds a virus")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = EncryptedTextField(_("title"))
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    file_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)  # of a power of attorney
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True)  # when the scanner was asked last, with or without a verdict
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_infected(self) -> bool:
        return self.scan_state == self.ScanState.INFECTED

    @property
    def waits_for_scan(self) -> bool:
        """Whether nothing is known of it yet though files are scanned here."""
        unknown = {self.ScanState.WAITING, self.ScanState.NOT_SCANNED}
        return scanning.is_set_up() and self.scan_state in unknown

    @property
    def is_served(self) -> bool:
        """Whether it may leave the house: once a scanner is set up, only what is known to be clean."""
        return not self.is_infected and not self.waits_for_scan
