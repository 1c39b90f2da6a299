"""The forms about an application and its evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.applications.correcting import ApplicationFacts
from casework.applications.queries import illnesses_of
from casework.cases.correcting import WhyFields, known
from casework.documents.document_field import DocumentField
from casework.law import annexes, as_of
from casework.law.benefit_groups import BenefitGroup
from casework.law.benefits import Benefit, Matter
from casework.law.claim_windows import ClaimWindow, WindowStart
from casework.models import Application, Evidence, Illness, OwnAnnex
from casework.models.application import SentBy
from tenants.display import day
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of
from tenants.rough_columns import RoughDayInput


def sent_by_choices() -> list[tuple[str, str]]:
    """How something was sent, as a list offers it."""
    return [("", gettext("Not known")), *((value, capfirst(str(label))) for value, label in SentBy.choices)]


def matter_choices() -> list[tuple[str, str]]:
    """New or a continuation, as a list offers it."""
    return [(value, capfirst(str(label))) for value, label in Application.MATTERS.items()]


type Choices = list[tuple[Any, Any]]  # as Django takes them: a value and its label, or a heading and what is under it


def benefit_choices(on: date, *, care: bool = True) -> Choices:
    """Every benefit under its heading, as a list offers it for an application of a day.

    Without `care` only those of which a decision may come, or money. What had ended by then, or begins later, says so.
    The rest is there whatever the day, because a list that stands still follows no day that is being typed.
    """
    grouped: dict[BenefitGroup, list[tuple[str, str]]] = {group: [] for group in BenefitGroup}
    for row in as_of.benefits(on):
        if row.is_care_referral and not care:
            continue
        grouped[row.group].append((row.code, _spanned(row, on)))
    return [(group.label, rows) for group, rows in grouped.items()]


def decider_choices(on: date) -> Choices:
    """Every decider, as a list offers it."""
    return [(row.code, row.name) for row in as_of.deciders(on)]


def offer_claims(form: SuuntaForm, today: date, *, care: bool = True) -> None:
    """Give a form that begins an application its choices, of the day that was typed when it was sent.

    `care` is what is offered to lead elsewhere: nobody applies for it.
    """
    on = _day_typed(form, "filed_on") or today
    offered = {"benefit_code": benefit_choices(on, care=care), "decider_code": decider_choices(on)}
    for name, choices in offered.items():
        field_of(form, name, forms.ChoiceField).choices = [("", _("Choose")), *choices]


def _day_typed(form: SuuntaForm, name: str) -> date | None:
    """The day in a field of a form that was sent and has not been checked yet; None when there is none."""
    try:
        return parse_date(form.data.get(form.add_prefix(name), ""))
    except ValueError:
        return None


def _spanned(row: Benefit, on: date) -> str:
    name = capfirst(row.name)
    if row.valid_to is not None and row.valid_to < on:
        return gettext("%(name)s (to %(day)s)") % {"name": name, "day": day(row.valid_to)}
    if on < row.valid_from:
        return gettext("%(name)s (from %(day)s)") % {"name": name, "day": day(row.valid_from)}
    return name


class IllnessesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Some of the client's illnesses."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Illness.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **options
        )

    def label_from_instance(self, obj: Illness) -> str:
        return f"{obj.name} ({obj.icd10})" if obj.icd10 else obj.name


class NewApplicationForm(SuuntaForm):
    """What is applied for, and from whom."""

    benefit_code = forms.ChoiceField(label=_("Benefit or service"))
    decider_code = forms.ChoiceField(label=_("Decider"))
    matter = forms.ChoiceField(
        label=_("Kind of application"), choices=matter_choices, widget=forms.RadioSelect, initial="new"
    )
    employer = forms.CharField(
        label=_("Employer, who applies"),
        required=False,
        max_length=200,
        help_text=_("Only for pay subsidy: the employer applies for it, not the client."),
    )

    filed_on = forms.DateField(
        label=_("Filed on"),
        required=False,
        widget=DateInput,
        help_text=_("If it has been filed already, also long before the case. Leave it empty while you prepare it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_claims(self, today)


class EvidenceForm(SuuntaForm):
    """A paper that goes or went to the decider."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), *Evidence.Kind.choices])
    annex = forms.ChoiceField(
        label=_("Which of what goes with the application"),
        required=False,
        help_text=_("For what the kind alone does not tell."),
    )
    title = forms.CharField(
        label=_("What it is"), required=False, max_length=200, help_text=_("For example who wrote it.")
    )
    dated_on = RoughDayInput(label=_("Date on the paper"))
    sent_on = forms.DateField(label=_("Sent to the decider on"), widget=DateInput)
    document = DocumentField(label=_("Document of the case"))
    illnesses = IllnessesField(
        label=_("Which illnesses it is about"),
        help_text=_("The coverage check compares these with the decision."),
    )

    def __init__(self, *args: Any, application: Application, kept_annex: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if application.is_draft:
            del self.fields["sent_on"]
        self._offer_annexes(application, kept_annex)
        field_of(self, "document", DocumentField).queryset = application.case.documents.all()
        field_of(self, "illnesses", IllnessesField).queryset = illnesses_of(application.case)

    def _offer_annexes(self, application: Application, kept: str) -> None:
        """The rows of the list that no kind of evidence is, and what was `kept` from before the list changed."""
        named = {annex.code: capfirst(annex.name) for annex in application.annexes if not annex.kinds}
        if kept and kept not in named:
            named[kept] = capfirst(annexes.name_of(kept, OwnAnnex.objects.ever()))
        field_of(self, "annex", forms.ChoiceField).choices = [("", gettext("None of these")), *named.items()]
        if not named:
            del self.fields["annex"]


class CorrectEvidenceForm(WhyFields, EvidenceForm):
    """The same for a paper that is on the list."""

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        initial = known(evidence) | {"illnesses": evidence.illnesses.all()}
        super().__init__(*args, application=evidence.application, kept_annex=evidence.annex, initial=initial, **kwargs)


class ClaimDayForm(SuuntaForm):
    """The day from which the time to claim is counted; where there is one such day, only it is asked."""

    counted_from = forms.ChoiceField(label=_("The time is counted from"), widget=forms.RadioSelect)
    counted_on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty while nobody knows it."),
    )
    version = VersionField()

    def __init__(self, *args: Any, application: Application, windows: Sequence[ClaimWindow], **kwargs: Any) -> None:
        starts = [window.counted_from for window in windows]
        continues = application.matter == Matter.CONTINUATION and WindowStart.PAID_PERIOD_ENDS in starts
        usual = WindowStart.PAID_PERIOD_ENDS if continues else starts[0]
        kwargs["initial"] = known(application) | {"counted_from": application.counted_from or usual}
        super().__init__(*args, **kwargs)
        field = field_of(self, "counted_from", forms.ChoiceField)
        field.choices = [(start.value, start.label) for start in starts]
        if len(starts) == 1:
            field.widget = forms.HiddenInput()
            self.fields["counted_on"].label = starts[0].label


class FileApplicationForm(SuuntaForm):
    """When and how the application was filed."""

    filed_on = forms.DateField(
        label=_("Filed on"), widget=DateInput, help_text=_("The day it arrived, not the day it was sent.")
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    reference = forms.CharField(label=_("The decider's reference"), required=False, max_length=60)
    statement_follows = forms.BooleanField(
        label=_("What is missing, or a newer one, will be sent later"), required=False
    )
    version = VersionField()


class AskForMoreForm(SuuntaForm):
    """What more the decider wants to know, and by when."""

    asked_on = forms.DateField(label=_("Requested on"), widget=DateInput)
    due_on = forms.DateField(label=_("To be sent by"), widget=DateInput)
    what = forms.CharField(
        label=_("What was requested"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()


class SupplyForm(SuuntaForm):
    """When what was asked was sent."""

    supplied_on = forms.DateField(label=_("Sent on"), widget=DateInput)
    version = VersionField()


class ReExamineForm(SuuntaForm):
    """When a decided matter went to the decider again."""

    asked_on = forms.DateField(label=_("Sent on"), widget=DateInput)
    version = VersionField()


class WithdrawForm(SuuntaForm):
    """When and why an application ends without a decision."""

    withdrawn_on = forms.DateField(label=_("Withdrawn on"), widget=DateInput)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()


class CorrectApplicationForm(WhyFields, SuuntaForm):
    """What was written down about an application: what no step has written yet is not asked."""

    benefit_code = forms.ChoiceField(label=_("Benefit or service"))
    decider_code = forms.ChoiceField(label=_("Decider"))
    matter = forms.ChoiceField(label=_("Kind of application"), choices=matter_choices, widget=forms.RadioSelect)
    employer = forms.CharField(label=_("Employer, who applies"), required=False, max_length=200)
    filed_on = forms.DateField(
        label=_("Filed on"), widget=DateInput, help_text=_("The day it arrived, not the day it was sent.")
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    reference = forms.CharField(label=_("The decider's reference"), required=False, max_length=60)
    waiting_since = forms.DateField(label=_("Sent for a new decision on"), widget=DateInput)
    more_asked_on = forms.DateField(label=_("More information requested on"), widget=DateInput)
    more_due_on = forms.DateField(label=_("To be sent by"), widget=DateInput)
    more_asked = forms.CharField(
        label=_("What was requested"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    supplied_on = forms.DateField(label=_("More information sent on"), widget=DateInput)
    withdrawn_on = forms.DateField(label=_("Withdrawn on"), widget=DateInput)
    withdrawn_reason = forms.CharField(
        label=_("Reason for withdrawing"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = tuple(ApplicationFacts.__dataclass_fields__)  # and last, why

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.hidden_employer = application.employer if application.is_protected else ""
        super().__init__(*args, **kwargs)
        for name in ApplicationFacts.__dataclass_fields__.keys() - set(application.recorded):
            del self.fields[name]
        if "employer" in self.fields and not self.hidden_employer:
            self.initial["employer"] = application.employer
        elif "employer" in self.fields:
            self.fields["employer"].help_text = _("Hidden by the protective order. Leave empty to keep it as it is.")
        benefits = benefit_choices(application.ruled_on, care=application.benefit.is_care_referral)
        field_of(self, "benefit_code", forms.ChoiceField).choices = benefits
        field_of(self, "decider_code", forms.ChoiceField).choices = decider_choices(application.ruled_on)

    @property
    def typed(self) -> dict[str, Any]:
        names = ApplicationFacts.__dataclass_fields__.keys() & self.cleaned_data.keys()
        known = {name: self.cleaned_data[name] for name in names}
        if "employer" in known:
            known["employer"] = known["employer"] or self.hidden_employer
        facts = ApplicationFacts(**known)
        return {"facts": facts, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}
