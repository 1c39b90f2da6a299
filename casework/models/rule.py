"""What the version before reads of a municipality's own figures; it goes with the next version."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.records import Record


class BenefitRule(Record):
    """How long a decision usually takes here. Its rows are in `OwnFigure`; nothing reads or writes them here."""

    benefit_code = models.CharField(_("benefit"), max_length=10)
    decider_kind = models.CharField(_("kind of decider"), max_length=30)
    usual_days = models.PositiveSmallIntegerField(
        _("usual processing time in days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["benefit_code", "decider_kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit_code", "decider_kind", "valid_from"],
                name="benefit_rule_one_per_day",
                violation_error_message=_("There is already a figure that begins on this day."),
            ),
            models.CheckConstraint(
                condition=models.Q(usual_days__isnull=True) | models.Q(usual_days__gte=1),
                name="benefit_rule_days_positive",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="benefit_rule_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_code} {self.decider_kind} {self.valid_from.isoformat()}"
