"""The form about a piece of work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.law import products
from casework.models.service_entry import LONGEST
from tenants.forms import DateInput, SuuntaForm


class ServiceEntryForm(SuuntaForm):
    """What was done, when and how long."""

    product = forms.ChoiceField(label=_("Service"), choices=products.choices)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    minutes = forms.IntegerField(
        label=_("Time in minutes"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("All the time it took, with travel and writing."),
        error_messages={
            "min_value": _("Give the time in minutes, from 1 to 1440."),
            "max_value": _("Give the time in minutes, from 1 to 1440."),
        },
    )
    what = forms.CharField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_billable = forms.BooleanField(label=_("It is billed"), required=False)


class CorrectServiceEntryForm(WhyFields, ServiceEntryForm):
    """The same for a piece of work that was logged."""
