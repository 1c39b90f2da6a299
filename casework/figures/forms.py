"""The form that puts a municipality's own figure in place of the shipped one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.forms import DateInput, SuuntaForm


class OwnFigureForm(SuuntaForm):
    """What the figure is here, from when on, and where that is known from."""

    value = forms.CharField(
        label=_("Figure here"),
        required=False,
        max_length=200,
        help_text=_("If you leave this empty, the figure that comes with Suunta is used again."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=DateInput, help_text=_("What was reckoned before stays as it is.")
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("For example a letter, a page or the experience of your own cases."),
    )
    checked_on = forms.DateField(label=_("Checked on"), widget=DateInput)
