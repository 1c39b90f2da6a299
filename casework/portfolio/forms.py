"""The form of a benefit that nobody here applied for."""

from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.applications.forms import benefit_choices, decider_choices
from casework.cases.correcting import known
from casework.law.care_referrals import is_care_referral
from casework.models import OtherBenefit
from casework.models.mapping import Source
from casework.portfolio.actions import BenefitDetails
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of
from tenants.rough_columns import RoughDayInput


class BenefitForm(SuuntaForm):
    """What somebody told: which benefit, who pays, from when until when."""

    benefit_code = forms.ChoiceField(label=_("Benefit or service"), required=False)
    name = forms.CharField(
        label=_("If it is not on the list: what it is"),
        required=False,
        max_length=200,
        help_text=_("For example housing allowance, or a compensation from an insurance company."),
    )
    decider_code = forms.ChoiceField(label=_("Payer"), required=False)
    paid_from = RoughDayInput(label=_("From when"))
    paid_until = RoughDayInput(
        label=_("Until when"),
        help_text=_("Leave it empty while nobody knows the end. When the benefit has ended, write its last day here."),
    )
    source = forms.ChoiceField(label=_("Who told it"), choices=[("", _("Choose")), *Source.choices])
    source_note = forms.CharField(
        label=_("More about the source"),
        required=False,
        max_length=200,
        help_text=_("For example which paper or which call."),
    )
    told_on = forms.DateField(label=_("Told on"), widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        another, unknown = ("", _("Choose, or write below")), ("", _("Another payer, or not known"))
        is_care = is_care_referral(self.initial.get("benefit_code"))  # written down so before
        field_of(self, "benefit_code", forms.ChoiceField).choices = [another, *benefit_choices(today, care=is_care)]
        field_of(self, "decider_code", forms.ChoiceField).choices = [unknown, *decider_choices(today)]

    @property
    def details(self) -> BenefitDetails:
        """What was typed, of a valid form; what is on the list has its name from there."""
        typed = {field.name: self.cleaned_data[field.name] for field in fields(BenefitDetails)}
        return BenefitDetails(**typed | ({"name": ""} if typed["benefit_code"] else {}))


class EditBenefitForm(BenefitForm):
    """The same for a benefit that is written down."""

    version = VersionField()

    def __init__(self, *args: Any, benefit: OtherBenefit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial=known(benefit), **kwargs)
