"""The forms about a decision: recording it, its notice, its document, and the coverage check."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.applications import appeal_days
from casework.cases.correcting import WhyFields, known
from casework.decisions.after_rejection import rehabilitation_help
from casework.decisions.coverage import Finding, Findings
from casework.documents.document_field import DocumentField
from casework.law.appeal_words import AppealWords
from casework.law.deadlines import AppealLevel, AppealRule
from casework.models import Appeal, Application, Case, CoverageCheck, CoverageRow, Decision, Evidence, Illness
from casework.models.coverage import OFFERED, Answer
from casework.models.decision import CHANNELS
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of
from tenants.rough_columns import RoughDayInput

NOT_KNOWN = _("Not known yet")
OPEN = "open"  # no conclusion yet
PRINTED = _("See the appeal instructions. This day counts, whatever is calculated here.")


def channel_choices() -> list[tuple[str, str]]:
    """How a decision came, as a list offers it."""
    return [(value, capfirst(str(label))) for value, label in CHANNELS.items()]


type RuleOn = Callable[[date], AppealRule | None]  # by which a decision sent on a day is appealed


class NoLastDayField(forms.CharField):
    """Why a decision has no last day of appeal; nothing while nobody has looked."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": _("If the decision gives no last day: why"),
            "required": False,
            "max_length": 500,
            "empty_value": None,
            "help_text": _("For example: it cannot be appealed. Leave this empty until you have looked."),
        }
        super().__init__(**usual | options)


class NoticeForm(SuuntaForm):
    """How and when the decision reached the client, and the last day it names itself."""

    channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    notice_on = forms.DateField(label=_("Posted, sent or handed over on"), widget=DateInput)
    printed_last_day = forms.DateField(
        label=_("Last day of appeal printed in the decision"), required=False, widget=DateInput, help_text=PRINTED
    )
    no_last_day_reason = NoLastDayField()
    version = VersionField()

    def __init__(self, *args: Any, noticed: Decision | Appeal, rule_on: RuleOn, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(noticed, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if not _asks_why_none(noticed, rule_on):
            del self.fields["no_last_day_reason"]


class DecidedFields(SuuntaForm):
    """What a letter of decision says; to whom it was sent is asked where somebody acts or has acted for the client."""

    decided_on = forms.DateField(label=_("Date of the decision"), widget=DateInput)
    result = forms.ChoiceField(label=_("Result"), choices=Decision.Result, widget=forms.RadioSelect)
    granted_from = RoughDayInput(
        label=_("Granted from"),
        help_text=_(
            "If something is granted. As exactly as it is known: 2026, 5/2026 or 1.5.2026. "
            "Leave it empty when the decision does not say it."
        ),
    )
    granted_until = forms.DateField(
        label=_("Granted until"),
        required=False,
        widget=DateInput,
        help_text=_("When it is granted until a day, or in part and until a day."),
    )
    channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    notice_on = forms.DateField(
        label=_("Posted, sent or handed over on"),
        widget=DateInput,
        help_text=_("Often the date of the decision or the next weekday. The day of receipt is counted from it."),
    )
    sent_to = forms.ChoiceField(
        label=_("To whom it was sent"),
        choices=Decision.SentTo,
        widget=forms.RadioSelect,
        initial=Decision.SentTo.UNKNOWN,
        help_text=_(
            "Somebody acts for the client. The time of appeal is counted from the notice as it is written here."
        ),
    )
    printed_last_day = forms.DateField(
        label=_("Last day of appeal printed in the decision"), required=False, widget=DateInput, help_text=PRINTED
    )
    document = DocumentField(label=_("Text of the decision"))
    reasons = forms.CharField(
        label=_("Reasons given in the decision"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In short: which illnesses and statements it names."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not case.client.representations.exists():
            del self.fields["sent_to"]
        field_of(self, "document", DocumentField).queryset = case.documents.all()


class DecisionForm(DecidedFields):
    """What was decided."""

    filed_on = forms.DateField(
        label=_("Filed on"),
        widget=DateInput,
        help_text=_("The filing was not recorded. The decision often names its day."),
    )
    version = VersionField()

    field_order: tuple[str, ...] = ("filed_on", *Decision.CORRECTED)

    def __init__(self, *args: Any, application: Application, is_filed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, case=application.case, **kwargs)
        if is_filed:
            del self.fields["filed_on"]


class CorrectDecisionForm(WhyFields, DecisionForm):
    """The same for a decision that was recorded."""

    no_last_day_reason = NoLastDayField()

    field_order = Decision.CORRECTED  # and last, why

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, application=decision.application, initial=known(decision), **kwargs)
        rule_on = partial(appeal_days.rule_of, decision.application, level=AppealLevel.FIRST)
        if not _asks_why_none(decision, rule_on):
            del self.fields["no_last_day_reason"]


class DecisionDocumentForm(SuuntaForm):
    """The text of a decision that came later."""

    document = DocumentField(label=_("Text of the decision"))
    version = VersionField()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = True
        field_of(self, "document", DocumentField).queryset = case.documents.all()


def _asks_why_none(noticed: Decision | Appeal, rule_on: RuleOn) -> bool:
    """Whether to ask why there is no last day: where a rule reckons one, only while an answer stands there."""
    return rule_on(noticed.notice_on) is None or noticed.no_last_day_reason is not None


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known yet (None)."""

    def __init__(self, *, unknown: Any = NOT_KNOWN, **options: Any) -> None:
        options |= {"choices": [("", unknown), ("yes", _("Yes")), ("no", _("No"))], "required": False}
        super().__init__(coerce=lambda word: word == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {None: "", True: "yes", False: "no"}.get(value, value)


@dataclass(frozen=True)
class IllnessLine:
    """One line of the coverage table."""

    illness: Illness
    evidence: Sequence[Evidence]
    answer: forms.BoundField
    note: forms.BoundField
    found: Answer

    @property
    def tone(self) -> str:
        """The colour of the answer: what nobody has looked at is no gap."""
        return {Answer.CONSIDERED: "success", Answer.NOT_LOOKED: "warning"}.get(self.found, "danger")


class CoverageForm(SuuntaForm):
    """The whole check: a line per illness, the check-list and, when it is time, the conclusion."""

    is_rehabilitation_considered = YesNoField(label=_("Did the decider look into rehabilitation first?"))
    has_newer_evidence = YesNoField(label=_("Is there newer evidence than what was sent?"))
    is_income_secured = YesNoField(label=_("Is the client's income secured meanwhile?"))
    client_decision = forms.CharField(
        label=_("What the client has decided"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    conclusion = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    is_appeal_waived = forms.BooleanField(required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the decision is accepted although it passes over an illness."),
    )
    version = VersionField()
    LINE_FIELDS = ("answer", "note")
    CHECKLIST = ("is_rehabilitation_considered", "has_newer_evidence", "is_income_secured", "client_decision")
    ENDING = ("conclusion", "is_appeal_waived", "reason")

    def __init__(
        self, data: Any, *, check: CoverageCheck, illnesses: Iterable[Illness], evidence: Iterable[Evidence]
    ) -> None:
        known = {name: getattr(check, name) for name in (*self.CHECKLIST, "version")}
        super().__init__(data, initial=known | {"conclusion": OPEN})
        self._speak_as(appeal_days.words_of(check.decision))
        self.fields["is_rehabilitation_considered"].help_text = rehabilitation_help(check.decision)
        self._known = known
        if not check.decision.application.benefit.is_about_health:
            self.fields["reason"].help_text = ""
            del self.fields["is_rehabilitation_considered"]
        self.illnesses = list(illnesses)
        self.evidence = [piece for piece in evidence if piece.sent_on and piece.sent_on <= check.decision.decided_on]
        self.rows = {row.illness_id: row for row in check.rows.all()}
        for illness in self.illnesses:
            self._add_line(illness, self.rows.get(illness.pk) or CoverageRow(illness=illness))

    def _speak_as(self, words: AppealWords) -> None:
        """Name the appeal as it is called for this decision."""
        said = dict(CoverageCheck.Conclusion.choices) | {CoverageCheck.Conclusion.APPEAL.value: words.name}
        choices = [(OPEN, _("Not yet: keep the check open")), *said.items()]
        field_of(self, "conclusion", forms.ChoiceField).choices = choices
        self.fields["is_appeal_waived"].label = words.waived

    @property
    def lines(self) -> list[IllnessLine]:
        return [
            IllnessLine(
                illness=illness,
                evidence=[piece for piece in self.evidence if illness in piece.illnesses.all()],
                answer=self[f"answer_{illness.pk}"],
                note=self[f"note_{illness.pk}"],
                found=Answer(self.rows[illness.pk].answer) if illness.pk in self.rows else Answer.NOT_LOOKED,
            )
            for illness in self.illnesses
        ]

    @property
    def checklist(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CHECKLIST if name in self.fields]

    @property
    def ending(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ENDING]

    @property
    def is_to_stay_open(self) -> bool:
        """Whether no conclusion was chosen, of a valid form."""
        return bool(self.cleaned_data["conclusion"] == OPEN)

    @property
    def findings(self) -> Findings:
        """What was found, of a valid form."""
        found: dict[uuid.UUID, Finding] = {}
        for illness in self.illnesses:
            answer, note = (self.cleaned_data[f"{name}_{illness.pk}"] for name in self.LINE_FIELDS)
            found[illness.pk] = Finding(answer=Answer(answer), note=note)
        return Findings(illnesses=found, **{name: (self._known | self.cleaned_data)[name] for name in self.CHECKLIST})

    def _add_line(self, illness: Illness, row: CoverageRow) -> None:
        offered = [*OFFERED, *({Answer(row.answer)} - set(OFFERED))]
        self.fields[f"answer_{illness.pk}"] = forms.ChoiceField(
            label=_("%(illness)s: how does the decision treat it?") % {"illness": illness.name},
            choices=[(answer.value, answer.label) for answer in offered],
            initial=row.answer,
        )
        self.fields[f"note_{illness.pk}"] = forms.CharField(
            label=_("%(illness)s: note") % {"illness": illness.name},
            initial=row.note,
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
