"""The forms about an appeal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.appeals.correcting import RULING, AppealFacts
from casework.applications.forms import sent_by_choices
from casework.cases.correcting import WhyFields
from casework.decisions.forms import channel_choices
from casework.models import Appeal
from tenants.forms import DateInput, SuuntaForm, VersionField


class AppealTextForm(SuuntaForm):
    """What is asked, and why."""

    demand = forms.CharField(
        label=_("The change that is asked for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}))
    version = VersionField()


class FileAppealForm(SuuntaForm):
    """When the appeal arrived; when that is after the last day, also why."""

    filed_on = forms.DateField(
        label=_("Arrived on"),
        widget=DateInput,
        help_text=_("The day it arrived, by the end of office hours; electronically by midnight."),
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A late appeal may still be examined for weighty reasons."),
    )
    version = VersionField()

    def __init__(self, *args: Any, appeal: Appeal, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not appeal.is_too_late(today):
            del self.fields["late_reason"]


class AnswerForm(SuuntaForm):
    """What the board or the court answered."""

    result = forms.ChoiceField(label=_("Result"), choices=Appeal.Result, widget=forms.RadioSelect)
    result_on = forms.DateField(label=_("Date of the ruling"), widget=DateInput)
    result_channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    result_notice_on = forms.DateField(label=_("Posted, sent or handed over on"), widget=DateInput)
    version = VersionField()


class WithdrawAppealForm(SuuntaForm):
    """When the appeal was given up."""

    withdrawn_on = forms.DateField(label=pgettext_lazy("appeal", "Withdrawn on"), widget=DateInput)
    version = VersionField()


class CorrectAppealForm(WhyFields, SuuntaForm):
    """What was written down about an appeal: what no step has written yet is not asked."""

    filed_on = forms.DateField(
        label=_("Arrived on"),
        widget=DateInput,
        help_text=_("The day it arrived, by the end of office hours; electronically by midnight."),
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when it arrived after the last day."),
    )
    result = forms.ChoiceField(label=_("Result"), choices=Appeal.Result, widget=forms.RadioSelect)
    result_on = forms.DateField(label=_("Date of the ruling"), widget=DateInput)
    result_channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    result_notice_on = forms.DateField(label=_("Posted, sent or handed over on"), widget=DateInput)
    withdrawn_on = forms.DateField(label=pgettext_lazy("appeal", "Withdrawn on"), widget=DateInput)
    demand = forms.CharField(
        label=_("The change that is asked for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}))

    field_order = ("filed_on", "sent_by", "late_reason", *RULING, "withdrawn_on", "demand", "grounds")  # and last, why

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in AppealFacts.__dataclass_fields__.keys() - set(appeal.recorded):
            del self.fields[name]

    @property
    def typed(self) -> dict[str, Any]:
        known = {name for name in AppealFacts.__dataclass_fields__ if name in self.cleaned_data}
        facts = AppealFacts(**{name: self.cleaned_data[name] for name in known})
        return {"facts": facts, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}
