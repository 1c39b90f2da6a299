"""The form about the letter that asks for a statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Client, Phrase
from casework.phrases.inserting import PhrasedForm
from casework.statements.letter import language_of
from tenants.forms import VersionField


class LetterForm(PhrasedForm):
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

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_phrases(Phrase.Kind.QUESTION, language_of(client), at=["purpose"])
