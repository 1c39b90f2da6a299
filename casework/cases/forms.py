"""Forms about a case as a whole."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.cases.correcting import WhyFields
from casework.cases.people_fields import CoordinatorField, PersonField
from casework.models import Case
from tenants.accounts.permissions import Permission
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of

LONGEST_REASON = 500  # what the access log keeps
FEWEST_LETTERS = 10  # "xxx" and "." explain nothing to the client who asks why
ENDINGS = [choice for choice in Case.Outcome.choices if choice[0] != Case.Outcome.WITHDREW]


class ReassignForm(SuuntaForm):
    """The new coordinator."""

    coordinator = CoordinatorField(label=_("New coordinator"))
    version = VersionField()


class DirectionForm(SuuntaForm):
    """The direction that has become clear."""

    direction = forms.ChoiceField(label=_("Direction"), choices=Case.Direction, widget=forms.RadioSelect)
    direction_on = forms.DateField(label=_("Chosen on"), widget=DateInput)
    version = VersionField()


class CorrectCaseForm(WhyFields, SuuntaForm):
    """The days of a case, and how a closed one ended."""

    opened_on = forms.DateField(label=_("Case opened on"), widget=DateInput)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Case.Outcome, widget=forms.RadioSelect)
    closed_on = forms.DateField(label=_("Closed on"), widget=DateInput)
    field_order = ("opened_on", "outcome", "closed_on")  # and last, why

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case.is_open:
            del self.fields["outcome"], self.fields["closed_on"]
        elif not case.is_withdrawn:  # that has a page of its own, which ends visits and consents, too
            field_of(self, "outcome", forms.ChoiceField).choices = ENDINGS


class ParticipantForm(SuuntaForm):
    """Somebody who joins the team of a case."""

    user = PersonField(
        Permission.SEE_CASE,
        label=_("Person"),
        help_text=_("A team member sees the case from now on, until taken off the team."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = [participant.user_id for participant in case.participants.filter(until=None)]
        people = field_of(self, "user", PersonField)
        people.queryset = people.queryset.exclude(pk__in=[*taken, case.coordinator_id])


class CorrectParticipantForm(WhyFields, SuuntaForm):
    """When somebody really joined the team."""

    since = forms.DateField(label=_("In the team since"), widget=DateInput)
    field_order = ("since",)  # and last, why


class ReasonForm(SuuntaForm):
    """Why something is opened or shown; goes to the access log."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write no details of health. The reason is kept in the access log."),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if sum(letter.isalpha() for letter in reason) < FEWEST_LETTERS:
            message = ngettext(
                "Say in a few words why you open this, in at least %(number)d letter: the client may ask.",
                "Say in a few words why you open this, in at least %(number)d letters: the client may ask.",
                FEWEST_LETTERS,
            )
            raise ValidationError(message, "too_short", {"number": FEWEST_LETTERS})
        return reason
