"""A municipality's own rows of what goes with an application, in place of those that are shipped or beside them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law.annexes import Annex, Giver, Need
from casework.law.names import Names
from casework.law.origins import Confidence
from casework.models.remembered import Remembered
from tenants.records import Record


class OwnAnnexes(models.Manager["OwnAnnex"]):
    """The rows, and those that are in use."""

    def in_use(self) -> tuple[Annex, ...]:
        """Answer the newest row of each code of each benefit, without those that were withdrawn."""
        return tuple(row.as_rule() for row in self._newest() if not row.is_withdrawn)

    def ever(self) -> tuple[Annex, ...]:
        """Answer the same with those that were withdrawn: a history names them, too."""
        return tuple(row.as_rule() for row in self._newest())

    def _newest(self) -> "list[OwnAnnex]":
        return list({(row.benefit_code, row.code): row for row in _written.rows()}.values())


class OwnAnnex(Record):
    """One row as it is here. Rows are added, never edited, so that they are their own history; the newest counts."""

    benefit_code = models.CharField(max_length=10)
    code = models.CharField(max_length=40)  # that of the shipped row in whose place it stands, or one of its own
    name = models.CharField(_("what it is"), max_length=200)
    kind = models.CharField(_("kind"), max_length=15, blank=True)  # a kind of evidence, where one is it
    giver = models.CharField(_("from whom"), max_length=20, blank=True)
    months = models.PositiveSmallIntegerField(_("how many months old it may be"), null=True, blank=True)
    need = models.CharField(_("whether it is needed"), max_length=10)
    when = models.CharField(_("when it is needed"), max_length=200, blank=True)
    form = models.CharField(_("form"), max_length=60, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[OwnAnnexes] = OwnAnnexes()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("own row of what goes with an application")
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="own_annex_has_source"),
            models.CheckConstraint(condition=~models.Q(name=""), name="own_annex_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_code} {self.code}"

    def as_rule(self) -> Annex:
        """The row as the rules read it; it has one name, in the municipality's own language."""
        return Annex(
            code=self.code,
            benefits=(self.benefit_code,),
            names=_named(self.name),
            kinds=(self.kind,) if self.kind else (),
            giver=Giver(self.giver) if self.giver else None,
            months=self.months,
            need=Need(self.need),
            when=_named(self.when) if self.when else None,
            form=self.form,
            valid_from=self.checked_on,
            source=self.source,
            confidence=Confidence.OWN,
            checked_on=self.checked_on,
        )


def forget_own_annexes() -> None:
    """Read them anew: one was put, or this is another database."""
    _written.forget()


def _named(text: str) -> Names:
    return Names(fi=text, sv=text, en=text)


_written: Remembered[OwnAnnex] = Remembered(lambda: list(OwnAnnex.objects.order_by("created_at")))
