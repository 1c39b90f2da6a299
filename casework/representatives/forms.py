"""The forms about who signs and receives for the client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.cases.representing import is_reachable
from casework.consents.forms import PaperField
from casework.documents.queries import newest_versions, offered
from casework.law.representing import SCOPES, VALIDITIES
from casework.models import Case, Document, NetworkPerson, Representation
from casework.representatives.actions import RepresentationDetails
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Somebody of the network who may be contacted."""

    def label_from_instance(self, person: NetworkPerson) -> str:
        return person.named()


class RepresentationForm(SuuntaForm):
    """Who acts for the client, in what, and by which paper."""

    person = PersonField(
        label=_("Who it is"),
        queryset=NetworkPerson.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Somebody of the network. Who is not to be contacted is not offered."),
    )
    kind = forms.ChoiceField(label=_("Acts as"), choices=Representation.Kind, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("In what"), choices=[(scope.value, label) for scope, label in SCOPES.items()], widget=forms.RadioSelect
    )
    matter = forms.CharField(
        label=_("Which matter"), required=False, max_length=200, help_text=_("If it is a named matter.")
    )
    begins_on = forms.DateField(
        label=_("Holds from"), required=False, widget=DateInput, help_text=_("Leave empty when it is not known.")
    )
    validity = forms.ChoiceField(
        label=_("How long it holds"),
        choices=[(validity.value, label) for validity, label in VALIDITIES.items()],
        widget=forms.RadioSelect,
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("If it holds until a day. You get a task 60 days before."),
    )
    document = PaperField(
        label=_("The paper"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
        help_text=_(
            "The order of the court or of the Digital and Population Data Services Agency, or the authorisation."
        ),
    )

    def __init__(self, *args: Any, case: Case, representation: Representation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [person.pk for person in case.client.network.filter(ended_on=None) if is_reachable(person)]
        chosen = [representation.person_id] if representation else []
        known = NetworkPerson.objects.filter(pk__in=[*people, *chosen])
        field_of(self, "person", PersonField).queryset = known.order_by("created_at")
        kept = representation.document_id if representation else None
        field_of(self, "document", PaperField).queryset = offered(newest_versions(case), kept)

    @property
    def details(self) -> RepresentationDetails:
        """What was typed, of a valid form."""
        return RepresentationDetails(**{name: self.cleaned_data[name] for name in _TYPED})


class CorrectRepresentationForm(WhyFields, RepresentationForm):
    """The same for what was written down wrong, and since when it holds no more."""

    ended_on = forms.DateField(
        label=_("Holds no more since"),
        required=False,
        widget=DateInput,
        help_text=_("Leave empty when it still holds."),
    )

    field_order = Representation.CORRECTED  # and last, why

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        beside = {name: self.cleaned_data[name] for name in ("ended_on", "reason", "version")}
        return {"details": self.details} | beside


class EndRepresentationForm(SuuntaForm):
    """Since when somebody acts for the client no more."""

    ended_on = forms.DateField(label=_("Holds no more since"), widget=DateInput)
    version = VersionField()


_TYPED = tuple(RepresentationDetails.__dataclass_fields__)
