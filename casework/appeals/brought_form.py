"""The form of what a client brings: one page from the filing to where the matter is now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.appeals.brought import Brought
from casework.appeals.forms import ruling_choices
from casework.applications.forms import matter_choices, offer_claims
from casework.decisions.forms import DecidedFields
from casework.letters.presenters import Claimed
from tenants.forms import DateInput

NOT_RULED = ("", _("No ruling yet, or no appeal"))
OF_A_RULING = ("ruling", "ruling_on", "ruling_notice_on")


def claimed_typed(typed: Mapping[str, str], *, today: date) -> Claimed:
    """What was typed so far of the matter, against which the letter beside the form is held."""
    claim = {name: typed.get(name, "") for name in ("benefit_code", "decider_code")}
    return Claimed(on=today, asks_decider=True, **claim)


class BroughtForm(DecidedFields):
    """What was applied for and decided, and the appeals as far as they have come."""

    benefit_code = forms.ChoiceField(label=_("Benefit or service"))
    decider_code = forms.ChoiceField(label=_("Decider"))
    matter = forms.ChoiceField(
        label=_("Kind of application"), choices=matter_choices, widget=forms.RadioSelect, initial="new"
    )
    filed_on = forms.DateField(
        label=_("Filed on"), widget=DateInput, help_text=_("The day it arrived. The decision often names it.")
    )
    appealed_on = forms.DateField(
        label=_("Appeal arrived at the decider on"),
        required=False,
        widget=DateInput,
        help_text=_("If the client has appealed already. Otherwise leave this and what follows empty."),
    )
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when it arrived after the last day."),
    )
    ruling = forms.ChoiceField(
        label=_("Ruling on the appeal"),
        choices=lambda: [NOT_RULED, *ruling_choices()],
        required=False,
        widget=forms.RadioSelect,
    )
    ruling_on = forms.DateField(label=_("Date of the ruling"), required=False, widget=DateInput)
    ruling_notice_on = forms.DateField(
        label=_("Ruling posted, sent or handed over on"), required=False, widget=DateInput
    )
    court_filed_on = forms.DateField(
        label=_("Appeal to the court arrived on"),
        required=False,
        widget=DateInput,
        help_text=_("If the client has gone on to the court."),
    )

    field_order = ("benefit_code", "decider_code", "matter", "filed_on", *DecidedFields.base_fields)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_claims(self, today, care=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the days of a ruling that is told of, and for what comes before what is told."""
        said = super().clean() or {}
        asked: set[str] = set()
        if any(said.get(name) for name in (*OF_A_RULING, "court_filed_on")):
            asked.update(("appealed_on", *OF_A_RULING))
        for name in asked:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said

    @property
    def details(self) -> Brought:
        """What was typed, as one value."""
        return Brought(**self.cleaned_data)
