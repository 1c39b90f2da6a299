"""The check whether a decision considered every illness of the client, and what follows from it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models.correction import KeepsHistory
from casework.models.decision import Decision
from casework.models.illness import Illness
from tenants.encryption import EncryptedTextField
from tenants.records import Record

NOT_LOOKED_YET = _("Nobody has looked yet")


class CoverageCheck(KeepsHistory, Record):
    """Opened by every decision that is not a full grant; closed with a conclusion. Its list: deploy/law.md."""

    CORRECTED = (
        "is_rehabilitation_considered",
        "has_newer_evidence",
        "is_income_secured",
        "client_decision",
        "conclusion",
        "is_appeal_waived",
        "reason",
    )
    BESIDE: ClassVar = {"illnesses": _("Illness considered in the decision")}
    NAMED_BY = ("decision__application",)

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("coverage check", "Open")
        CLOSED = "closed", pgettext_lazy("coverage check", "Closed")

    class Conclusion(models.TextChoices):
        ACCEPT = "accept", _("The decision is accepted")
        APPEAL = "appeal", _("Appeal")
        RE_EXAMINATION = "re_examination", _("Re-examination with new evidence")
        NEW_APPLICATION = "new_application", _("New application")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="coverage_check")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    is_rehabilitation_considered = models.BooleanField(
        _("The decider looked into rehabilitation"), null=True, blank=True
    )
    has_newer_evidence = models.BooleanField(_("There is newer evidence than was sent"), null=True, blank=True)
    is_income_secured = models.BooleanField(_("The client's income is secured meanwhile"), null=True, blank=True)
    client_decision = EncryptedTextField(_("what the client has decided"), blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=20, choices=Conclusion, blank=True)
    is_appeal_waived = models.BooleanField(_("The client does not appeal this decision"), default=False)
    reason = EncryptedTextField(_("reason"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("check of the decision")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") | (~models.Q(conclusion="") & models.Q(closed_at__isnull=False)),
                name="coverage_closed_has_conclusion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.conclusion}".strip()

    def named(self) -> str:
        return self.decision.named()

    def read_beside(self, name: str) -> dict[str, list[Any]]:
        """Of each illness, by its key: whether it was considered (None: nobody has looked yet), and the note."""
        return {str(row.illness_id): [row.is_considered, row.note] for row in self.rows.all()}

    def write_beside(self, name: str, value: Mapping[str, Iterable[Any]]) -> None:
        for row in self.rows.all():
            row.is_considered, row.note = value[str(row.illness_id)]
            row.save(update_fields=["is_considered", "note"])

    def says(self, name: str) -> bool:
        if name == "illnesses":
            found = self.read_beside(name).values()
            return any(is_considered is not None or note for is_considered, note in found)
        return super().says(name)

    def worded(self, name: str, value: Any) -> str | None:
        if name == "illnesses":
            return _illnesses_said(value)
        return str(_("Not known yet")) if value is None else None

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class CoverageRow(Record):
    """One illness in a coverage check: was there evidence of it, and did the decision consider it?"""

    check_of = models.ForeignKey(CoverageCheck, models.CASCADE, related_name="rows")
    illness = models.ForeignKey(Illness, models.PROTECT, related_name="+")
    had_evidence = models.BooleanField(_("evidence was sent"), default=False)
    is_considered = models.BooleanField(_("considered in the decision"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["check_of", "illness"], name="coverage_illness_once")]

    def __str__(self) -> str:
        return f"{self.illness_id} {self.is_considered}"

    @property
    def is_gap(self) -> bool:
        """Whether the decision passes over this illness, or nobody has looked yet."""
        return not self.is_considered


def _illnesses_said(found: Mapping[str, Iterable[Any]]) -> str:
    """Say of each illness, also of one that was taken back, whether it was considered, a line each."""
    words = {None: NOT_LOOKED_YET, True: _("Yes"), False: _("No")}
    lines = []
    for illness in Illness.everything.filter(pk__in=found):
        is_considered, note = found[str(illness.pk)]
        lines.append(f"{illness.name}: {words[is_considered]}. {note}".strip())
    return "\n".join(lines) or "–"
