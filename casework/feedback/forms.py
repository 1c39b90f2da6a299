"""The form about feedback to who referred the client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.consents.forms import ground_choices
from casework.feedback.paper import LANGUAGES, PARTS, Feedback
from tenants.forms import DateInput, SuuntaForm, field_of

LONGEST = 4000


class FeedbackForm(SuuntaForm):
    """What is told, to whom, on which ground. Nothing is ticked beforehand."""

    recipient = forms.CharField(
        label=_("Who exactly"), max_length=200, help_text=_("The unit, the company or the person who gets it.")
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=_("What the letter tells"),
        choices=[(part.value, label) for part, label in PARTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nothing about health here: that has a field of its own below."),
    )
    health = forms.CharField(
        label=_("About health"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only with the client's consent to hand documents over to this receiver. Usually leave this empty."
        ),
    )
    ground = forms.ChoiceField(label=_("On which ground"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Sent on"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "ground", forms.ChoiceField).choices = ground_choices()

    @property
    def feedback(self) -> Feedback:
        """What was ticked and typed, of a valid form."""
        return Feedback(**{name: self.cleaned_data[name] for name in Feedback.__dataclass_fields__})

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        return {"feedback": self.feedback} | {name: self.cleaned_data[name] for name in ("ground", "on")}
