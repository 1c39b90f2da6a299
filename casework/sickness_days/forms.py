"""The forms about paid days and about the registration as a jobseeker."""

import uuid
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.documents.document_field import DocumentField
from casework.documents.queries import newest_versions, offered
from casework.law import benefits as rules
from casework.law.sickness_days import BENEFITS
from casework.models import Case
from casework.models.sickness_days import MOST
from casework.sickness_days.actions import CountFacts
from tenants.forms import DateInput, SuuntaForm, field_of

NAMED = ("benefit_code", "paid_days", "counted_on", "told_by", "document")


def benefit_choices() -> list[tuple[str, str]]:
    """The allowances whose days are counted."""
    return [(code, capfirst(rules.latest_name(rules.tables().benefits, code))) for code in BENEFITS]


class PaidDaysForm(SuuntaForm):
    """How many days Kela has paid, by its own count."""

    benefit_code = forms.ChoiceField(label=_("Benefit"), choices=benefit_choices, widget=forms.RadioSelect)
    paid_days = forms.IntegerField(
        label=_("Days paid by then"),
        min_value=0,
        max_value=MOST,
        help_text=_(
            "As Kela has counted them. Do not reckon it yourself: ask Kela, or look at the decision or OmaKela."
        ),
    )
    counted_on = forms.DateField(
        label=_("Counted to the end of"),
        widget=DateInput,
        help_text=_("The last day that is in the number. Suunta counts on from the day after."),
    )
    told_by = forms.CharField(
        label=_("Where the number stands, or who told it"),
        max_length=200,
        help_text=_("For example: Kela's decision of 2.3., or Kela on the phone."),
    )
    document = DocumentField(label=_("The decision or letter"))

    def __init__(self, *args: Any, case: Case, chosen: uuid.UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "document", DocumentField).queryset = offered(newest_versions(case), chosen)

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        said = self.cleaned_data
        others = {name: value for name, value in said.items() if name not in NAMED}
        return {"facts": CountFacts(**{name: said[name] for name in NAMED}), **others}


class CorrectPaidDaysForm(WhyFields, PaidDaysForm):
    """The same for a count that was typed."""

    field_order = NAMED


class RegistrationForm(SuuntaForm):
    """On which day the client registered as a jobseeker."""

    registered_on = forms.DateField(label=_("Registered as a jobseeker on"), widget=DateInput)
    told_by = forms.CharField(
        label=_("Who told it"), max_length=200, help_text=_("For example: the client, or the employment services.")
    )


class CorrectRegistrationForm(WhyFields, RegistrationForm):
    """The same for a registration that was written down."""

    field_order = ("registered_on", "told_by")
