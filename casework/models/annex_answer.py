"""What a person has said of a row of an application's list: that it is not needed here, and why."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.law import annexes
from casework.models.application import Application
from casework.models.correction import Correctable
from casework.models.own_annex import OwnAnnex
from casework.models.removable import removed_by_somebody
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class AnnexAnswer(Correctable, Record):
    """A row of the list that this application does not need. `annex` is a code of `casework.law.annexes`."""

    WORDS = "why"
    CORRECTED = ("why",)
    NAMED_BY = ("application",)

    application = models.ForeignKey(Application, models.CASCADE, related_name="annex_answers")
    annex = models.CharField(_("what goes with it"), max_length=40)
    why = EncryptedTextField(_("why it is not needed"))

    class Meta:
        verbose_name = _("answer about an annex")
        ordering = ["created_at"]
        constraints = [
            removed_by_somebody("annex_answer_removed_by_somebody"),
            models.UniqueConstraint(
                fields=["application", "annex"], condition=models.Q(removed_at=None), name="annex_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return self.annex

    def named(self) -> str:
        return f"{capfirst(self.annex_name)}, {self.application.named()}"

    @property
    def annex_name(self) -> str:
        """The name of the row, by its code."""
        return annexes.name_of(self.annex, OwnAnnex.objects.ever(), benefit=self.application.benefit_code)
