"""The form about the letter that asks for a statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.forms import SuuntaForm, VersionField


class LetterForm(SuuntaForm):
    """The question, and where the statement is to be sent."""

    purpose = forms.CharField(label=_("What it must say"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    return_to = forms.CharField(
        label=_("Return address"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Where the statement is sent: the service, street, postal code and city. Kept for your next letter."
        ),
    )
    version = VersionField()
