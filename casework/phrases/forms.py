"""The forms about a phrase itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Phrase
from tenants.forms import SuuntaForm, VersionField

LONGEST = 4000


class WordingForm(SuuntaForm):
    """What a phrase is called and what it says."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("By this it is found in the list where texts are written.")
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Nothing of any client: no name, no identity code, nothing that one person could be known by. "
            "What is filled in each time stands in square brackets, for example [the illness]."
        ),
    )


class PhraseForm(WordingForm):
    """Where a new phrase is offered, and what it says."""

    kind = forms.ChoiceField(label=_("Where it is offered"), choices=Phrase.Kind, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Phrase.Language,
        widget=forms.RadioSelect,
        help_text=_("It is offered for papers in this language."),
    )
    field_order = ("kind", "language", "title", "text")


class EditPhraseForm(WordingForm):
    """The next wording of a phrase."""

    version = VersionField()


class PhraseStepForm(SuuntaForm):
    """Nothing is asked: the button is the answer."""

    version = VersionField()
