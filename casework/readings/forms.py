"""The forms about a reading."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.readings.drafts import Draft, case_of, parts
from casework.readings.queries import possible_readers
from tenants.accounts.models import User
from tenants.forms import DateInput, LongSelect, SuuntaForm, field_of


class ReaderField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who can be asked to read a draft of a case."""

    def offer(self, case: Case, *, by: User) -> None:
        self.queryset = possible_readers(case, by=by)


class AskReaderForm(SuuntaForm):
    """Whom one asks, until when, and what they should look at."""

    reader = ReaderField(
        label=_("Who reads it"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=LongSelect,
        help_text=_("Who works with cases here, and who is in the team of this one. They see this draft only."),
    )
    due_on = forms.DateField(
        label=_("Read by"),
        widget=DateInput,
        help_text=_("Your own wish. Nothing waits for it."),
    )
    question = forms.CharField(
        label=_("What to look at"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, draft: Draft, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "reader", ReaderField).offer(case_of(draft), by=by)


class RemarkForm(SuuntaForm):
    """What one says of which part."""

    field = forms.ChoiceField(label=_("About which part"))
    text = forms.CharField(label=_("Remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "field", forms.ChoiceField).choices = [(part.code, part.title) for part in parts(draft)]
