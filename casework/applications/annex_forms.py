"""The forms about a row of an application's list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import REASON_MAX, WhyFields
from tenants.forms import SuuntaForm


class NotNeededForm(SuuntaForm):
    """Why it is not needed."""

    why = forms.CharField(
        label=_("Why is it not needed?"),
        max_length=REASON_MAX,
        help_text=_("For example: the decider has it already, or it is about something else than here."),
    )


class CorrectNotNeededForm(WhyFields, NotNeededForm):
    """The same for an answer that is there."""
