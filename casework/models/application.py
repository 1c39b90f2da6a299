"""Applications for benefits and services, and the evidence sent with them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.law import annexes, as_of, usual_times, workflow
from casework.law import benefits as rules
from casework.law.annexes import Annex
from casework.law.benefits import Matter
from casework.law.claim_windows import START_LABELS
from casework.law.origins import UNKNOWN, Confidence, Origin
from casework.law.workflow import APPLICATION_STATE_LABELS, UNDER_WAY, WAITING, ApplicationState
from casework.models.correction import Correctable
from casework.models.hidden import hidden_by_order
from casework.models.illness import Illness
from casework.models.own_annex import OwnAnnex
from casework.models.removable import removed_by_somebody
from casework.models.round import Round, standing
from tenants.addresses import address
from tenants.derived import KeepsDerived
from tenants.display import day
from tenants.encryption import EncryptedTextField
from tenants.records import Record
from tenants.rough_columns import PrecisionField, RoughDayField, is_its_first_day


class SentBy(models.TextChoices):
    """How an application or an appeal was delivered."""

    POST = "post", _("by post")
    ELECTRONIC = "electronic", _("electronically")
    IN_PERSON = "in_person", _("in person")


class Application(Correctable, Record):
    """One application of a case: a benefit asked from a decider, until it is decided or withdrawn.

    `usual_days`, where it comes from, and `expected_by` are fixed when the waiting begins, so that a later rule changes
    no old application; likewise the last day to claim with the day from which it is counted.
    """

    USUAL = ("usual_days", "usual_source", "usual_confidence", "usual_checked_on", "expected_by")
    CLAIM = ("claim_by", "claim_safe_by")

    CORRECTED = (
        "benefit_code",
        "decider_code",
        "matter",
        "employer",
        "counted_from",
        "counted_on",
        "filed_on",
        "sent_by",
        "reference",
        "waiting_since",
        "more_asked_on",
        "more_due_on",
        "more_asked",
        "supplied_on",
        "withdrawn_on",
        "withdrawn_reason",
        "state",
        "decided_on",
    )
    NAMED_BY = ("case__client",)

    COUNTED_FROM = {start.value: label for start, label in START_LABELS.items()}
    MATTERS = {Matter.NEW.value: _("new"), Matter.CONTINUATION.value: _("continuation")}

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="applications", verbose_name=_("case"))
    benefit_code = models.CharField(_("benefit or service"), max_length=10)
    decider_code = models.CharField(_("decider"), max_length=30)
    matter = models.CharField(_("matter"), max_length=15, choices=MATTERS, default=Matter.NEW.value)
    # Null: code from before this column writes none.
    employer = hidden_by_order(EncryptedTextField(_("employer, who applies"), blank=True, null=True, default=""))
    state = models.CharField(
        _("state"), max_length=10, choices=APPLICATION_STATE_LABELS, default=ApplicationState.DRAFT.value
    )
    drafted_on = models.DateField(_("begun on"))
    counted_from = models.CharField(
        _("what the time to claim is counted from"),
        max_length=20,
        choices=COUNTED_FROM,
        blank=True,
        default="",
        db_default="",
    )
    counted_on = models.DateField(_("the time to claim is counted from"), null=True, blank=True)
    claim_by = models.DateField(_("last day to claim"), null=True, blank=True)
    claim_safe_by = models.DateField(_("aim to claim by"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    sent_by = models.CharField(_("sent"), max_length=15, choices=SentBy, blank=True)
    reference = models.CharField(_("the decider's reference"), max_length=60, blank=True)
    waiting_since = models.DateField(_("waiting since"), null=True, blank=True)
    usual_days = models.PositiveSmallIntegerField(_("usual processing time in days"), null=True, blank=True)
    usual_source = models.CharField(
        _("source of the usual time"), max_length=200, blank=True, default="", db_default=""
    )
    usual_confidence = models.CharField(_("confidence"), max_length=5, blank=True, default="", db_default="")
    usual_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    expected_by = models.DateField(_("usually decided by"), null=True, blank=True)
    more_asked_on = models.DateField(_("more information asked on"), null=True, blank=True)
    more_due_on = models.DateField(_("more information due on"), null=True, blank=True)
    more_asked = EncryptedTextField(_("what was asked"), blank=True)
    supplied_on = models.DateField(_("more information supplied on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = EncryptedTextField(_("reason for withdrawing"), blank=True)
    # Both rows name each other; only casework.applications.pairs writes it.
    together_with = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the same application at the other pension system"),
    )

    class Meta:
        verbose_name = _("application")
        ordering = ["-drafted_on", "-created_at"]
        indexes = [
            models.Index(fields=["expected_by"], name="application_waiting", condition=models.Q(state="filed")),
            models.Index(fields=["more_due_on"], name="application_more_due", condition=models.Q(state="returned")),
            models.Index(fields=["claim_safe_by"], name="application_claimed", condition=models.Q(state="draft")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["filed", "returned", "decided"]) | models.Q(filed_on__isnull=False),
                name="application_filed_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned")
                | models.Q(more_asked_on__isnull=False, more_due_on__isnull=False),
                name="application_returned_has_due_day",
            ),
            models.CheckConstraint(
                condition=models.Q(counted_from="", counted_on=None)
                | ~models.Q(counted_from="") & models.Q(counted_on__isnull=False),
                name="application_counted_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(claim_by=None, claim_safe_by=None)
                | models.Q(claim_by__isnull=False, claim_safe_by__isnull=False),
                name="application_claim_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(together_with=models.F("id")), name="application_not_together_with_itself"
            ),
            removed_by_somebody("application_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_code} {self.state}"

    def named(self) -> str:
        return f"{capfirst(self.benefit.name)}, {day(self.filed_on or self.drafted_on)}"

    def get_absolute_url(self) -> str:
        return address("application", self.case.number, self.pk)

    def worded(self, name: str, value: Any) -> str | None:
        if name == "benefit_code":
            return rules.latest_name(rules.tables().benefits, value)
        return rules.latest_name(rules.tables().deciders, value) if name == "decider_code" else None

    @property
    def benefit(self) -> rules.Benefit:
        """The rule row of the benefit as it was on the day of the application."""
        return as_of.benefit(self.benefit_code, self.ruled_on)

    @property
    def decider(self) -> rules.Decider:
        return as_of.decider(self.decider_code, self.ruled_on)

    @property
    def annexes(self) -> tuple[Annex, ...]:
        """What goes with it, as far as anybody knows; empty when nobody does."""
        own = OwnAnnex.objects.in_use()
        return annexes.of_benefit(self.benefit_code, self.ruled_on, matter=Matter(self.matter), own=own)

    @property
    def ruled_on(self) -> date:
        """The day whose rules count: of the filing, and while it is being prepared of its beginning."""
        return self.filed_on or self.drafted_on

    @property
    def is_from_before(self) -> bool:
        """Whether it was filed before the case was opened."""
        return self.filed_on is not None and self.filed_on < self.case.opened_on

    @property
    def is_protected(self) -> bool:
        """The employer leads to the client."""
        return self.case.client.is_protected

    @property
    def usual_origin(self) -> Origin | None:
        """Where the usual time comes from and how well it is known; None while there is none.

        Of what was reckoned before that was written down, the shipped rule answers when it says the same.
        """
        if self.usual_days is None or self.waiting_since is None:
            return None
        if self.usual_confidence:
            confidence = Confidence(self.usual_confidence)
            return Origin(source=self.usual_source, confidence=confidence, checked_on=self.usual_checked_on)
        return self._shipped_usual or UNKNOWN

    @property
    def _shipped_usual(self) -> Origin | None:
        kind, matter = self.decider.kind, Matter(self.matter)
        try:
            row = usual_times.usual_time(self.benefit_code, kind, self.waiting_since or self.drafted_on, matter=matter)
        except rules.NoRule:
            return None
        return row if row.usual_days == self.usual_days else None

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT

    @property
    def is_waiting(self) -> bool:
        """Whether a decision is awaited."""
        return self.state in WAITING

    @property
    def waiting_state(self) -> ApplicationState:
        """Where it stands while a decision is awaited: returned to us when more was asked and not supplied."""
        is_asked = self.more_due_on is not None and self.supplied_on is None
        return ApplicationState.RETURNED if is_asked else ApplicationState.FILED

    @property
    def is_returned(self) -> bool:
        """Whether the decider waits for more information."""
        return self.state == ApplicationState.RETURNED

    @property
    def is_with_decider(self) -> bool:
        """Whether nothing but the decision is awaited."""
        return self.state == ApplicationState.FILED

    @property
    def is_decided(self) -> bool:
        return self.state == ApplicationState.DECIDED

    @property
    def current_round(self) -> Round | None:
        """The newest of its rounds at the decider, without requests that were withdrawn; None before the filing."""
        rounds = standing(self.rounds.all())
        return rounds[-1] if rounds else None

    @property
    def is_sent_again(self) -> bool:
        """Whether the waiting began with a request for a new decision, not with the filing, a ruling or a removal."""
        current = self.current_round
        return current is not None and current.kind == Round.Kind.RE_EXAMINATION

    @property
    def is_annulled(self) -> bool:
        """Whether the waiting began when a decision was annulled or removed: the decider owes a new one."""
        current = self.current_round
        return current is not None and current.kind in Round.OWED

    @property
    def latest_step(self) -> str:
        """The step that led to where it stands and that no decision has followed; "" when there is none."""
        match self.state:
            case ApplicationState.WITHDRAWN:
                return "withdraw"
            case ApplicationState.RETURNED:
                return "ask_for_more"
            case ApplicationState.FILED if self.supplied_on:
                return "supply"
            case ApplicationState.FILED if self.is_annulled:
                return ""  # it follows from a ruling or a removal, and goes with it
            case ApplicationState.FILED:
                return "re_examine" if self.is_sent_again else "file"
        return ""

    @property
    def recorded(self) -> tuple[str, ...]:
        """The facts that the steps taken so far have written down: those that a person may correct."""
        names = ["benefit_code", "decider_code", "matter"]
        names += ["employer"] if self.benefit.employer_applies else []
        names += ["filed_on", "sent_by", "reference"] if self.filed_on else []
        names += ["waiting_since"] if self.is_sent_again else []
        names += ["more_asked_on", "more_due_on", "more_asked"] if self.more_asked_on else []
        names += ["supplied_on"] if self.supplied_on else []
        return (*names, *(["withdrawn_on", "withdrawn_reason"] if self.withdrawn_on else []))

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def takes_evidence(self) -> bool:
        """Whether evidence may still be written down: always but after a withdrawal."""
        return self.state != ApplicationState.WITHDRAWN

    @property
    def allowed_steps(self) -> tuple[str, ...]:
        return workflow.steps_from(workflow.APPLICATION, self.state)

    def days_waited(self, today: date) -> int:
        """Count the calendar days of waiting until a day, or until the decision."""
        until = (self._answered_on if self.is_decided else None) or today
        return (until - self.waiting_since).days if self.waiting_since else 0

    @property
    def _answered_on(self) -> date | None:
        """When the newest wait ended: a list has read it with the application, else its rounds say it."""
        if "answered_on" in vars(self):
            known: date | None = vars(self)["answered_on"]
            return known
        return self.current_round.ended_on if self.current_round else None

    def is_overdue(self, today: date) -> bool:
        """Tell whether the decider takes longer than is usual; while it waits for us, it does not."""
        return self.state == ApplicationState.FILED and self.expected_by is not None and self.expected_by < today


class Evidence(KeepsDerived, Correctable, Record):
    """A document or statement sent with an application, and the illnesses it speaks about."""

    CORRECTED = ("kind", "annex", "title", "dated_on", "sent_on", "document")
    BESIDE: ClassVar = {"illnesses": _("Which illnesses it is about")}

    class Kind(models.TextChoices):
        STATEMENT_A = "A", _("Medical statement A")
        STATEMENT_B = "B", _("Medical statement B")
        STATEMENT_C = "C", _("Medical statement C")
        REHABILITATION_PLAN = "plan", _("Care or rehabilitation plan")
        FUNCTIONAL_ASSESSMENT = "assessment", _("Assessment of functional or work ability")
        ABILITY_DESCRIPTION = "description", _("Description of work and functional ability")
        OWN_ACCOUNT = "account", _("The client's own account")
        OTHER = "other", _("Other evidence")

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    # A code of casework.law.annexes, where the kind alone does not tell which row of the list it is.
    annex = models.CharField(_("which of what goes with it"), max_length=40, blank=True, default="", db_default="")
    title = EncryptedTextField(_("what it is"), blank=True)
    dated_on = RoughDayField(_("dated"), null=True, blank=True)
    dated_on_precision = PrecisionField(of=["dated_on"])
    sent_on = models.DateField(_("sent to the decider on"), null=True, blank=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    illnesses = models.ManyToManyField(
        "casework.Illness", blank=True, related_name="evidence", verbose_name=_("illnesses it covers")
    )

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("evidence")
        verbose_name_plural = "evidence"
        constraints = [
            removed_by_somebody("evidence_removed_by_somebody"),
            is_its_first_day("dated_on", name="evidence_dated_first_day"),
        ]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {day(self.dated_on)}" if self.dated_on else str(self.get_kind_display())

    def read_beside(self, name: str) -> list[str]:
        """The keys of the illnesses it is about."""
        return sorted(str(key) for key in self.illnesses.values_list("pk", flat=True))

    def write_beside(self, name: str, value: Iterable[str]) -> None:
        self.illnesses.set(Illness.objects.filter(pk__in=list(value)))

    def worded(self, name: str, value: Any) -> str | None:
        if name == "annex":
            return capfirst(annexes.name_of(value, OwnAnnex.objects.ever())) if value else None
        if name != "illnesses":
            return None
        return ", ".join(illness.name for illness in Illness.everything.filter(pk__in=value)) or "–"
