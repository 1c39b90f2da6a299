"""A municipality's own figures in place of those that are shipped."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.records import Record


class OwnFigure(Record):
    """One figure of practice, or one that nobody has verified, as it is here (`casework.law.figures`).

    Rows are added, never edited, so that they are their own history. In use on a day is the row that began last, and
    of one day the one that was written last. A row without a value returns to the shipped figure.
    """

    figure = models.CharField(_("figure"), max_length=60)
    value = models.CharField(_("value"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["valid_from", "created_at"]
        verbose_name = _("own figure")
        indexes = [models.Index(fields=["figure", "valid_from"], name="own_figure_by_day")]
        constraints = [models.CheckConstraint(condition=~models.Q(source=""), name="own_figure_has_source")]

    def __str__(self) -> str:
        return f"{self.figure} {self.valid_from.isoformat()}"
