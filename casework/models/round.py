"""Rounds: each time an application lay with its decider, from the day it was filed or asked anew until it ended."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.records import Record


class Round(Record):
    """One wait of an application at its decider. `number` counts the rounds of an application in their order.

    `casework.applications.rounds` writes it with the steps that begin and end a wait. An appeal is the round of its
    level itself (`Appeal`): what it says is nowhere else.
    """

    class Kind(models.TextChoices):
        APPLICATION = "application", pgettext_lazy("round", "Application")
        CONTINUATION = "continuation", pgettext_lazy("round", "Application for a continuation")
        RE_EXAMINATION = "re_examination", pgettext_lazy("round", "Asked for a new decision")
        REMOVAL = "removal", pgettext_lazy("round", "Decided anew after a removal")
        ANNULLED = "annulled", pgettext_lazy("round", "Returned for a new decision")

    class End(models.TextChoices):
        DECIDED = "decided", pgettext_lazy("round", "Decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("round", "Withdrawn")

    FIRST_KINDS = (Kind.APPLICATION, Kind.CONTINUATION)
    OWED = (Kind.REMOVAL, Kind.ANNULLED)  # begun by what became of a decision; nobody asked for a new one

    application = models.ForeignKey("casework.Application", models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(pgettext_lazy("round", "number"))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    begun_on = models.DateField(_("begun on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=End, blank=True)
    ruling = models.OneToOneField(
        "casework.Appeal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="new_round",
        verbose_name=_("the ruling that returned the matter"),
    )

    class Meta:
        verbose_name = _("round")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["application"], name="round_open_once", condition=models.Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, end="")
                | models.Q(ended_on__isnull=False) & ~models.Q(end=""),
                name="round_ended_somehow",
            ),
            # That it did not end before it began is certain of none: odd days are asked about and written.
            models.CheckConstraint(
                condition=models.Q(number=1, kind__in=["application", "continuation"])
                | models.Q(number__gt=1) & ~models.Q(kind__in=["application", "continuation"]),
                name="round_first_is_the_application",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def is_first(self) -> bool:
        """Whether it began with the filing, not with a request for a new decision or a ruling."""
        return self.kind in self.FIRST_KINDS

    @property
    def is_request_withdrawn(self) -> bool:
        """Whether it was asked anew and withdrawn: the decision before it stands."""
        return self.end == self.End.WITHDRAWN and self.kind == self.Kind.RE_EXAMINATION


def standing(rounds: Iterable[Round]) -> list[Round]:
    """Leave out what was asked anew and withdrawn; the newest of the others is the one that counts."""
    return [found for found in rounds if not found.is_request_withdrawn]
