"""The check how a decision treats every illness of the client, and what follows from it."""

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


class Answer(models.TextChoices):
    """How a decision treats an illness. Not looked yet is an answer of its own: no gap, and no "considered" either."""

    NOT_LOOKED = "not_looked", _("Not looked yet")
    CONSIDERED = "considered", _("Considered")
    MENTIONED = "mentioned", _("Mentioned, but its effect is not assessed")
    NOT_MENTIONED = "not_mentioned", _("Not mentioned")
    NOT_CONSIDERED = (
        "not_considered",
        _("Not considered; whether it is mentioned was not asked"),
    )  # from before there were four


OFFERED = (Answer.NOT_LOOKED, Answer.CONSIDERED, Answer.MENTIONED, Answer.NOT_MENTIONED)
GAPS = {Answer.MENTIONED, Answer.NOT_MENTIONED, Answer.NOT_CONSIDERED}
ANSWERED = {Answer.CONSIDERED, Answer.MENTIONED, Answer.NOT_MENTIONED}
# What the column of before says of each, for the version before this one; it goes with the next.
BEFORE = {Answer.CONSIDERED: True, Answer.NOT_LOOKED: None}


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
    BESIDE: ClassVar = {"illnesses": _("Illnesses in the decision")}
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
        """Of each illness, by its key: how the decision treats it, and the note."""
        return {str(row.illness_id): [row.answer, row.note] for row in self.rows.all()}

    def write_beside(self, name: str, value: Mapping[str, Iterable[Any]]) -> None:
        for row in self.rows.all():
            said, row.note = value[str(row.illness_id)]
            row.answer = answer_of(said)
            row.save()

    def says(self, name: str) -> bool:
        if name == "illnesses":
            found = self.read_beside(name).values()
            return any(answer != Answer.NOT_LOOKED or note for answer, note in found)
        return super().says(name)

    def worded(self, name: str, value: Any) -> str | None:
        if name == "illnesses":
            return _illnesses_said(value)
        return str(_("Not known yet")) if value is None else None

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class CoverageRow(Record):
    """One illness in a coverage check: was there evidence of it, and how does the decision treat it?"""

    check_of = models.ForeignKey(CoverageCheck, models.CASCADE, related_name="rows")
    illness = models.ForeignKey(Illness, models.PROTECT, related_name="+")
    had_evidence = models.BooleanField(_("evidence was sent"), default=False)
    answer = models.CharField(
        _("in the decision"), max_length=20, choices=Answer, default=Answer.NOT_LOOKED, db_default=Answer.NOT_LOOKED
    )
    is_considered = models.BooleanField(null=True, blank=True, editable=False)  # for the version before: see BEFORE
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "illness"], name="coverage_illness_once"),
            models.CheckConstraint(condition=models.Q(answer__in=Answer.values), name="coverage_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.illness_id} {self.answer}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_considered = BEFORE.get(Answer(self.answer), False)
        super().save(*args, **kwargs)

    @property
    def is_gap(self) -> bool:
        """Whether somebody has looked and found that the decision passes over this illness."""
        return self.answer in GAPS


def answer_of(said: str | bool | None) -> Answer:
    """Read an answer as a history keeps it: those from before there were four are yes, no or nothing."""
    if isinstance(said, str):
        return Answer(said)
    return {True: Answer.CONSIDERED, False: Answer.NOT_CONSIDERED, None: Answer.NOT_LOOKED}[said]


def _illnesses_said(found: Mapping[str, Iterable[Any]]) -> str:
    """Say of each illness, also of one that was taken back, how the decision treats it, a line each."""
    lines = []
    for illness in Illness.everything.filter(pk__in=found):
        said, note = found[str(illness.pk)]
        lines.append(f"{illness.name}: {answer_of(said).label}. {note}".strip())
    return "\n".join(lines) or "–"
