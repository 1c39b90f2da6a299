"""Offering phrases beside the texts of a form: inserted where somebody chooses one, never in place of other words.

With its script (static/casework/phrases.js) a phrase goes to where the caret is. Without it the form is sent by the
button beside the text and comes back as it was typed, with the phrase at the end; nothing is saved by that.
"""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from casework.law.sections import joined
from casework.models import PhraseWording
from casework.phrases.queries import offered
from tenants.forms import SuuntaForm

INSERT = "insert"  # the button beside a text; its value is the name of the field


class PhrasedTextarea(forms.Textarea):
    """A text with the choice of phrases below it."""

    template_name = "casework/phrases/phrased_textarea.html"

    def __init__(self, plain: forms.Widget, *, label: Any, phrases: list[PhraseWording]) -> None:
        super().__init__(attrs=plain.attrs)
        self.label = label
        self.phrases = phrases

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"label": self.label, "phrases": self.phrases, "phrase_name": _phrase_name(name)}
        return context


class PhrasedForm(SuuntaForm):
    """A form of which some texts offer phrases."""

    template_name = "casework/phrases/phrased_form.html"
    offered_phrases: list[PhraseWording]

    def offer_phrases(self, kind: str, language: str, *, at: Iterable[str]) -> None:
        """Offer what is in use of a kind, in the language of the paper, at these fields."""
        self.offered_phrases = offered(kind, language)
        for name in at:
            field = self.fields[name]
            field.widget = PhrasedTextarea(field.widget, label=field.label, phrases=self.offered_phrases)

    def only_fills_in(self) -> bool:
        """Put the phrase that was chosen to the end of its text; what else was typed stays, and nothing is checked."""
        name = self.data.get(INSERT, "")
        if name not in self.fields:
            return False
        chosen = self.data.get(_phrase_name(name), "")
        texts = [phrase.text for phrase in self.offered_phrases if str(phrase.pk) == chosen]
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix(name)] = joined(typed.get(self.add_prefix(name), ""), texts)
        self.data = typed
        self._errors = ErrorDict()
        return True


def _phrase_name(field: str) -> str:
    return f"phrase_{field}"
