"""The form that says that no continuation is applied for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from tenants.forms import DateInput, SuuntaForm


class NoContinuationForm(SuuntaForm):
    """When it was said, and why."""

    said_on = forms.DateField(label=_("Said on"), widget=DateInput)
    why_none = forms.CharField(
        label=_("Why is no continuation applied for?"),
        max_length=500,
        help_text=_("For example: the client goes back to work, or gets an old-age pension."),
    )

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        return {"said_on": self.cleaned_data["said_on"], "reason": self.cleaned_data["why_none"]}


class CorrectNoContinuationForm(WhyFields, NoContinuationForm):
    """The same for what was said."""

    field_order = ("said_on", "why_none")

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        return self.cleaned_data
