"""The network: the people around a client, what they are to them, and whether it is safe to contact them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.hidden import hidden_by_order
from casework.models.removable import removed_by_somebody
from tenants.derived import KeepsDerived, NameHashesField, PhoneHashesField
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


NOTHING_SEALED = models.Value(b"", models.BinaryField())  # what old code leaves in a column that it does not know


class NetworkPerson(KeepsDerived, Correctable, Record):
    """Somebody around the client: family, professionals, others. Only who is safe to contact may be contacted."""

    WORDS = "name"
    CORRECTED = ("name", "role", "organisation", "phone", "email", "address", "safety", "note", "ended_on")
    NAMED_BY = ("client",)

    class Role(models.TextChoices):
        SPOUSE = "spouse", _("Spouse or partner")
        PARENT = "parent", _("Parent")
        CHILD = "child", _("Child")
        RELATIVE = "relative", _("Other relative")
        FRIEND = "friend", _("Friend or support person")
        GUARDIAN = "guardian", _("Legal guardian")
        DOCTOR = "doctor", _("Doctor")
        NURSE = "nurse", _("Nurse")
        PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist")
        PSYCHOLOGIST = "psychologist", _("Psychologist")
        SOCIAL_WORKER = "social_worker", _("Social worker")
        EMPLOYMENT_EXPERT = "employment_expert", _("Employment expert")
        KELA_EXPERT = "kela_expert", _("Kela's expert")
        PENSION_EXPERT = "pension_expert", _("Pension insurer's expert")
        TEACHER = "teacher", _("School or guidance counsellor")
        EMPLOYER = "employer", _("Employer or workshop")
        ASSOCIATION = "association", _("Association")
        INTERPRETER = "interpreter", _("Interpreter")
        ESTATE = "estate", _("Contact of the estate")
        OTHER = "other", _("Other")

    class Safety(models.TextChoices):
        UNKNOWN = "unknown", _("Not asked")
        SAFE = "safe", _("Safe to contact")
        NOT_SAFE = "not_safe", _("Not to be contacted")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="network")
    name = EncryptedTextField(_("name"))
    name_hashes = NameHashesField(of=["name"])
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = hidden_by_order(EncryptedTextField(_("organisation"), blank=True))
    phone = hidden_by_order(EncryptedTextField(_("phone"), blank=True))
    phone_hashes = PhoneHashesField(of=["phone"])
    email = hidden_by_order(EncryptedTextField(_("e-mail"), blank=True))
    address = hidden_by_order(EncryptedTextField(_("address"), blank=True, default="", db_default=NOTHING_SEALED))
    safety = models.CharField(_("safe to contact"), max_length=10, choices=Safety, default=Safety.UNKNOWN)
    note = EncryptedTextField(_("note"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_on = RoughDayField(_("no longer since"), null=True, blank=True)
    ended_on_precision = PrecisionField(of=["ended_on"])

    class Meta:
        ordering = ["role", "created_at"]
        indexes = [
            GinIndex(fields=["name_hashes"], name="network_by_name"),
            GinIndex(fields=["phone_hashes"], name="network_by_phone"),
        ]
        verbose_name = _("person of the network")
        verbose_name_plural = "network people"
        constraints = [
            removed_by_somebody("network_person_removed_by_somebody"),
            is_its_first_day("ended_on", name="network_ended_first_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.name}, {self.get_role_display()}"

    def hidden_because(self) -> "StrOrPromise":
        """Who is not to be contacted is not told how, either."""
        return super().hidden_because() or (self.Safety.NOT_SAFE.label if self.safety == self.Safety.NOT_SAFE else "")

    @property
    def is_protected(self) -> bool:
        return self.client.is_protected
