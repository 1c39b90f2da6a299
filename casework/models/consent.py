"""Consents of a client, per partner and purpose and validity; and the disclosures that were made on a ground."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Partner(models.TextChoices):
    """With whom: a kind of partner; who exactly stands in `partner_name`."""

    TEAM = "team", _("Work-ability team")
    HEALTH_CARE = "health_care", _("Health care")
    SOCIAL_WORK = "social_work", _("Social work")
    EMPLOYMENT = "employment", _("Employment services")
    KELA = "kela", _("Kela")
    PENSION_INSURER = "pension_insurer", _("Pension insurer")
    SERVICE_PRODUCER = "service_producer", _("Service producer")
    EMPLOYER = "employer", _("Employer")
    EDUCATION = "education", _("School or training")
    RELATIVE = "relative", _("A relative or close person")
    OTHER = "other", _("Other partner")


class Purpose(models.TextChoices):
    """For what."""

    DISCUSS = "discuss", _("Discuss my matters")
    HAND_OVER = "hand_over", _("Hand over documents about me")
    ACCOMPANY = "accompany", _("Come along and speak with me")


class Consent(Correctable, Record):
    """The client allows a purpose with a partner until a day, or until they take it back."""

    CORRECTED = (
        "partner",
        "partner_name",
        "purpose",
        "way",
        "given_on",
        "valid_until",
        "document",
        "withdrawn_on",
    )

    class Way(models.TextChoices):
        WRITTEN = "written", _("In writing")
        ELECTRONIC = "electronic", _("Electronically")
        SPOKEN = "spoken", _("By word of mouth")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="consents")
    partner = models.CharField(_("with whom"), max_length=20, choices=Partner)
    partner_name = EncryptedTextField(_("who exactly"), blank=True)
    purpose = models.CharField(_("for what"), max_length=12, choices=Purpose)
    way = models.CharField(_("how it was given"), max_length=12, choices=Way, default=Way.WRITTEN)
    given_on = models.DateField(_("given on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed paper")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consent")
        ordering = ["partner", "purpose", "-given_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("given_on")),
                name="consent_ends_after_given",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_after_given",
            ),
            removed_by_somebody("consent_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_partner_display()}, {day(self.given_on)}"


class Disclosure(Correctable, Record):
    """A document of a case was handed over to somebody: what, to whom, on which ground (906/2019 17 §)."""

    CORRECTED = ("partner", "recipient", "on", "basis", "basis_note")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("The client's consent")
        LAW = "law", _("A provision of law")

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="disclosures")
    document = models.ForeignKey("casework.Document", models.PROTECT, related_name="disclosures")
    partner = models.CharField(_("to whom"), max_length=20, choices=Partner)
    recipient = EncryptedTextField(_("who exactly"), blank=True)
    on = models.DateField(_("handed over on"))
    basis = models.CharField(_("ground"), max_length=10, choices=Basis)
    basis_note = models.CharField(_("provision of law"), max_length=200, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="disclosures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("handing over of a document")
        ordering = ["-on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(basis="consent", consent__isnull=False)
                | models.Q(basis="law", consent=None) & ~models.Q(basis_note=""),
                name="disclosure_has_ground",
            ),
            removed_by_somebody("disclosure_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_partner_display()}, {day(self.on)}"

    @property
    def ground(self) -> str:
        """The ground as one word: "consent", or the code of a provision."""
        return self.basis_note or self.basis
