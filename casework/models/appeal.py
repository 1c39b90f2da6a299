"""Appeals against decisions, through every level."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.law.appeal_words import AppealWords, words_of
from casework.law.deadlines import AppealLevel, Channel
from casework.law.workflow import APPEAL_ANSWER_AWAITED, APPEAL_STATE_LABELS, AppealState
from casework.models.application import SentBy
from casework.models.correction import Correctable
from casework.models.decision import CHANNELS, Decision
from casework.models.removable import removed_by_somebody
from tenants.addresses import address
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record

STAGES = {
    "self_correction_and_board": AppealLevel.FIRST,
    "insurance_court": AppealLevel.COURT,
    "supreme_court": AppealLevel.SUPREME,
}
ON_THE_WAY = ("partly_corrected_on", "forwarded_on", "comment_due_on", "commented_on")


class Appeal(Correctable, Record):
    """An appeal at one level. The first goes to the decider, who corrects itself or passes it on to the board.

    `filed_on` is the day it arrived (150/1930 6 §). At a court it is `against` the ruling of the level before, whose
    notice starts the time. Who decides and where it is delivered follow from the rules
    (`casework.law.benefits.appeal_stage`). Its last day may be unknown, as that of a decision (`Decision`).
    """

    CORRECTED = (
        "channel",
        "notice_on",
        "printed_last_day",
        "no_last_day_reason",
        "demand",
        "grounds",
        "filed_on",
        "sent_by",
        "late_reason",
        "partly_corrected_on",
        "forwarded_on",
        "comment_due_on",
        "commented_on",
        "result",
        "result_on",
        "result_channel",
        "result_notice_on",
        "withdrawn_on",
        "state",
    )
    NAMED_BY = ("decision__application",)

    class Level(models.TextChoices):
        SELF_CORRECTION_AND_BOARD = "self_correction_and_board", _("Self-correction and appeal board")
        INSURANCE_COURT = "insurance_court", _("Insurance Court")  # or the administrative court
        SUPREME_COURT = "supreme_court", _("Supreme Administrative Court")

        @property
        def stage(self) -> AppealLevel:
            """The level's name in the rules."""
            return STAGES[self.value]

    class Result(models.TextChoices):
        CHANGED = "changed", _("Changed as asked")
        PARTLY = "partly", _("Changed in part")
        REJECTED = "rejected", _("Rejected")
        CORRECTED = "corrected", _("Corrected by the decider itself")
        RETURNED = "returned", _("Annulled and returned to the decider for a new decision")
        NOT_EXAMINED = "not_examined", _("Not examined")
        LAPSED = "lapsed", pgettext_lazy("appeal", "Lapsed")
        NO_LEAVE = "no_leave", _("Leave to appeal not granted")

    # What a board or a court answers. Leave is granted where the last court answers anything else but NO_LEAVE.
    RULINGS = (
        *(Result.CHANGED, Result.PARTLY, Result.REJECTED),
        *(Result.RETURNED, Result.NOT_EXAMINED, Result.LAPSED, Result.NO_LEAVE),
    )

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    against = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_appeals")
    level = models.CharField(_("level"), max_length=30, choices=Level)
    state = models.CharField(_("state"), max_length=10, choices=APPEAL_STATE_LABELS, default=AppealState.DRAFT.value)
    demand = EncryptedTextField(_("the change that is asked"), blank=True)
    grounds = EncryptedTextField(_("grounds"), blank=True)
    channel = models.CharField(
        _("how the decision came"), max_length=12, choices=CHANNELS, default=Channel.UNKNOWN.value
    )
    notice_on = models.DateField(_("posted, sent or handed over on"))
    printed_last_day = models.DateField(_("last day of appeal printed in the decision"), null=True, blank=True)
    no_last_day_reason = EncryptedTextField(_("why there is no last day of appeal"), null=True, blank=True)
    last_day = models.DateField(_("last day of appeal"), null=True, blank=True)
    safe_day = models.DateField(_("safe day of appeal"), null=True, blank=True)
    last_day_confirmed_at = models.DateTimeField(null=True, blank=True)
    last_day_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_on = models.DateField(_("begun on"))
    filed_on = models.DateField(_("arrived at the decider on"), null=True, blank=True)
    sent_by = models.CharField(_("sent"), max_length=15, choices=SentBy, blank=True)
    late_reason = EncryptedTextField(_("why it is late"), blank=True)
    partly_corrected_on = models.DateField(_("corrected in part by the decider on"), null=True, blank=True)
    forwarded_on = models.DateField(_("passed on to the board on"), null=True, blank=True)
    comment_due_on = models.DateField(_("comment due on"), null=True, blank=True)
    commented_on = models.DateField(_("commented on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=15, choices=Result, blank=True)
    result_on = models.DateField(_("date of the answer"), null=True, blank=True)
    result_channel = models.CharField(_("how the answer came"), max_length=12, choices=CHANNELS, blank=True)
    result_notice_on = models.DateField(_("answer posted, sent or handed over on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["last_day"], name="appeal_last_day", condition=models.Q(state="draft"))]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "level"],
                name="appeal_once_per_level",
                condition=~models.Q(state="withdrawn") & models.Q(removed_at=None),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["filed", "decided"]) | models.Q(filed_on__isnull=False),
                name="appeal_filed_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="forwarded") | models.Q(filed_on__isnull=False, forwarded_on__isnull=False),
                name="appeal_forwarded_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided") | (~models.Q(result="") & models.Q(result_on__isnull=False)),
                name="appeal_decided_has_result",
            ),
            removed_by_somebody("appeal_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.state}"

    def named(self) -> str:
        return f"{self.words.name}, {day(self.drafted_on)}"

    @property
    def words(self) -> AppealWords:
        """What it is called for its benefit and at its level: an appeal, a request for review or for leave."""
        application, level = self.decision.application, self.Level(self.level).stage
        kind, benefit = application.decider.kind, application.benefit_code
        return words_of(kind, self.notice_on, level=level, benefit=benefit)

    def get_absolute_url(self) -> str:
        return address("appeal", self.decision.application.case.number, self.pk)

    @property
    def recorded(self) -> tuple[str, ...]:
        """The facts that the steps taken so far have written down: those that a person may correct."""
        names = ["demand", "grounds"]
        names += ["filed_on", "sent_by", "late_reason"] if self.filed_on else []
        names += [name for name in ON_THE_WAY if getattr(self, name)]
        is_ruled = self.is_decided and self.result != self.Result.CORRECTED  # else the new decision says it
        names += ["result", "result_on", "result_channel", "result_notice_on"] if is_ruled else []
        return (*names, *(["withdrawn_on"] if self.withdrawn_on else []))

    @property
    def is_draft(self) -> bool:
        return self.state == AppealState.DRAFT

    @property
    def is_filed(self) -> bool:
        """Whether an answer is awaited, of the decider, the board or the court."""
        return self.state in APPEAL_ANSWER_AWAITED

    @property
    def is_forwarded(self) -> bool:
        """Whether the decider has passed it on to the board, which has not answered yet."""
        return self.state == AppealState.FORWARDED

    @property
    def awaits_comment(self) -> bool:
        """Whether the client may comment on what the decider said, until a day that the board has given."""
        return self.is_filed and self.comment_due_on is not None and self.commented_on is None

    @property
    def is_decided(self) -> bool:
        return self.state == AppealState.DECIDED

    @property
    def is_first_level(self) -> bool:
        return self.level == self.Level.SELF_CORRECTION_AND_BOARD

    @property
    def has_changed_something(self) -> bool:
        """Whether a board or a court changes the decision, wholly or in part."""
        return self.result in (self.Result.CHANGED, self.Result.PARTLY)

    @property
    def has_annulled(self) -> bool:
        """Whether a board or a court annuls the decision and returns the matter to its decider."""
        return self.result == self.Result.RETURNED

    @property
    def rejects_something(self) -> bool:
        """Whether the ruling leaves undone what was asked, wholly or in part: what is not examined is left so too."""
        return self.is_decided and self.result in (self.Result.PARTLY, self.Result.REJECTED, self.Result.NOT_EXAMINED)

    @property
    def may_be_appealed(self) -> bool:
        """Whether somebody may want to appeal the ruling: one that rejects something, or that the matter has lapsed."""
        return self.rejects_something or (self.is_decided and self.result == self.Result.LAPSED)

    @property
    def is_without_last_day(self) -> bool:
        """Whether somebody has said that there is no last day, and why; of a first appeal its decision says it."""
        noticed = self.decision if self.is_first_level else self
        return noticed.no_last_day_reason is not None

    @property
    def is_last_day_sure(self) -> bool:
        """Whether it is more than the earliest that it can be, which it is while nobody knows how the decision came."""
        return self.last_day is not None and (self.channel != Channel.UNKNOWN or self.printed_last_day is not None)

    @property
    def was_late(self) -> bool:
        """Whether it surely was; where the last day is not known for sure nobody can tell."""
        is_after = self.filed_on is not None and self.last_day is not None and self.filed_on > self.last_day
        return is_after and self.is_last_day_sure

    def needs_reason(self, filed_on: date) -> bool:
        """Whether filing it on a day asks for a reason: it is late then, or nobody can tell whether it is."""
        if self.last_day is None:
            return not self.is_without_last_day
        return filed_on > self.last_day
