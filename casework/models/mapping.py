"""The mapping: what is known of a client's life, each fact dated and with its source (380/2023 112-114 §)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.removable import Removable, RemovableQuerySet, removed_by_somebody
from tenants.derived import KeepsDerived
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day
from tenants.versions import Versioned


class Source(models.TextChoices):
    """Who told it. The law wants the source of every fact that came from elsewhere."""

    CLIENT = "client", _("The client")
    RELATIVE = "relative", _("A relative or close person")
    HEALTH_CARE = "health_care", _("Health care")
    SOCIAL_WORK = "social_work", _("Social work")
    EMPLOYMENT = "employment", _("Employment services")
    KELA = "kela", _("Kela")
    PENSION_INSURER = "pension_insurer", _("Pension insurer")
    DOCUMENT = "document", _("A document")
    OBSERVED = "observed", _("The coordinator's own observation")


class MappingEntryQuerySet(RemovableQuerySet):
    def current(self) -> Self:
        """Leave out what was corrected by a later entry or taken off."""
        return super().current().filter(replaced_by=None)


class MappingEntry(Removable, Versioned, Record):
    """One fact of the mapping. It is never overwritten: a correction is a new entry that replaces the old one.

    Its version is that of the fact: 1, and one more with each correction.
    """

    class Area(models.TextChoices):
        CHILDHOOD = "childhood", _("Health from childhood")
        HEALTH = "health", _("Health now")
        TREATMENT = "treatment", _("Treatment and medication")
        LEARNING = "learning", _("Learning and reading")
        EDUCATION = "education", _("Education")
        WORK = "work", _("Work history")
        FAMILY = "family", _("Family")
        INCOME = "income", _("Income")
        HOUSING = "housing", _("Housing")
        HOPES = "hopes", _("Own hopes")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="mapping_entries")
    area = models.CharField(_("area"), max_length=12, choices=Area)
    text = EncryptedTextField(_("what is known"))
    period = models.CharField(_("years it is about"), max_length=20, blank=True)  # "1998-2004": no content
    learned_on = models.DateField(_("learned on"))
    source = models.CharField(_("source"), max_length=20, choices=Source)
    source_note = EncryptedTextField(_("more about the source"), blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = MappingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["area", "learned_on", "created_at"]
        verbose_name_plural = "mapping entries"
        constraints = [removed_by_somebody("mapping_removed_by_somebody")]

    def __str__(self) -> str:
        return str(self.id)


class TargetGroup(KeepsDerived, Correctable, Record):
    """Why the service is for this client (seed: long-term unemployed, comparable, at risk …). No ethnicity, ever."""

    CORRECTED = ("group", "since", "source")

    class Group(models.TextChoices):
        LONG_TERM_UNEMPLOYED = "long_term_unemployed", _("Long-term unemployed")
        COMPARABLE = "comparable", _("Comparable to long-term unemployed")
        AT_RISK = "at_risk", _("At risk of unemployment")
        YOUNG = "young", _("Young person")
        PARTIALLY_ABLE = "partially_able", _("Partially able to work")
        IMMIGRANT = "immigrant", _("Immigrant background")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="target_groups")
    group = models.CharField(_("group"), max_length=20, choices=Group)
    since = RoughDayField(_("since"), null=True, blank=True)
    since_precision = PrecisionField(of=["since"])
    source = models.CharField(_("source"), max_length=20, choices=Source)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("target group")
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "group"], condition=models.Q(removed_at=None), name="target_group_once"
            ),
            removed_by_somebody("target_group_removed_by_somebody"),
            is_its_first_day("since", name="target_group_since_first_day"),
        ]

    def __str__(self) -> str:
        return str(self.Group(self.group).label)

    def named(self) -> str:
        return str(self)
