"""The form about a note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.models import Note
from tenants.forms import DateInput, SuuntaForm


class NoteForm(SuuntaForm):
    """What was said or seen."""

    kind = forms.ChoiceField(label=_("Kind of note"), choices=Note.Kind, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class CorrectNoteForm(WhyFields, NoteForm):
    """The same for a note that was written."""
