"""Forms about the situation: facts of the mapping, people of the network, target groups."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.clients.network import NetworkDetails
from casework.models import Case, Client, MappingEntry, NetworkPerson, TargetGroup
from casework.models.hidden import hidden_fields
from casework.models.mapping import Source
from casework.situation.mapping import EntryDetails
from casework.situation.presenters import ASKED
from casework.situation.queries import is_hidden
from casework.situation.target_groups import Belonging
from tenants.forms import DateInput, PhoneField, SuuntaForm, VersionField
from tenants.rough_columns import RoughDayInput
from tenants.rough_days import RoughDay

LONGEST_TEXT = 8000
HIDDEN = _("Hidden by the protective order. Leave empty to keep it as it is.")


class EntryForm(SuuntaForm):
    """One fact of the mapping: what is known, how one knows it, and since when."""

    area = forms.ChoiceField(label=_("What it is about"), choices=MappingEntry.Area)
    text = forms.CharField(label=_("What is known"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    period = forms.CharField(
        label=_("Years it is about"),
        required=False,
        max_length=20,
        help_text=_("For example 1998, 1998–2004 or 2015–."),
    )
    learned_on = forms.DateField(label=_("Learned on"), widget=DateInput)
    source = forms.ChoiceField(label=_("Source"), choices=Source)
    source_note = forms.CharField(
        label=_("More about the source"),
        required=False,
        max_length=200,
        help_text=_("For example who told it, or which paper."),
    )

    @property
    def details(self) -> EntryDetails:
        """What was typed, of a valid form."""
        return EntryDetails(**{name: self.cleaned_data[name] for name in EntryDetails.__dataclass_fields__})


class CorrectEntryForm(EntryForm):
    """The same for a fact that is there. What a protective order hides is not on the page; empty leaves it."""

    version = VersionField()

    def __init__(self, *args: Any, entry: MappingEntry, client: Client, **kwargs: Any) -> None:
        self.hidden_text = entry.text if is_hidden(client, entry.area) else ""
        names = [*EntryDetails.__dataclass_fields__, "version"]
        kwargs["initial"] = {name: getattr(entry, name) for name in names}
        super().__init__(*args, **kwargs)
        if self.hidden_text:
            self.initial["text"] = ""
            self.fields["text"].required = False
            self.fields["text"].help_text = HIDDEN

    def clean_text(self) -> str:
        """Keep the hidden words when nothing was typed over them."""
        return self.cleaned_data["text"] or self.hidden_text


class InterviewForm(SuuntaForm):
    """A first meeting: what the client told of several areas. An empty field is no fact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in MappingEntry.Area:
            self.fields[area.value] = forms.CharField(
                label=area.label,
                required=False,
                max_length=LONGEST_TEXT,
                help_text=ASKED[area],
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was typed by area, of a valid form."""
        return {area: self.cleaned_data[area] for area in MappingEntry.Area.values}

    @property
    def typed(self) -> dict[str, Any]:
        return {"texts": self.texts}


class NetworkForm(SuuntaForm):
    """Somebody around the client."""

    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *NetworkPerson.Role.choices])
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    phone = PhoneField()
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(
        label=_("Address"), required=False, max_length=300, help_text=_("If letters go there, as to an estate.")
    )
    safety = forms.ChoiceField(
        label=_("Is it safe to contact them?"),
        choices=NetworkPerson.Safety,
        widget=forms.RadioSelect,
        initial=NetworkPerson.Safety.UNKNOWN,
        help_text=_("Ask the client: may this person know of the service, and is it safe to call?"),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    ended_on = RoughDayInput(
        label=_("No longer in the network since"),
        help_text=_("Usually leave this empty. As exactly as it is known: 2015, 5/2015 or 1.5.2015."),
    )

    def ask_nothing_of_the_dead(self, case: Case) -> None:
        """Send nobody to the client with a question when the client has died."""
        if case.has_died:
            self.fields["safety"].help_text = _("The client has died: ask the person whether they may be contacted.")

    @property
    def details(self) -> NetworkDetails:
        """What was typed, of a valid form."""
        return NetworkDetails(**{name: self.cleaned_data[name] for name in NetworkDetails.__dataclass_fields__})


class EditNetworkForm(NetworkForm):
    """The same for a person who is there. Under a protective order contact data are not on the page."""

    version = VersionField()

    def __init__(self, *args: Any, person: NetworkPerson, client: Client, **kwargs: Any) -> None:
        hidden = self.base_fields.keys() & hidden_fields(NetworkPerson) if client.is_protected else set()
        self.known = {name: getattr(person, name) for name in hidden}
        shown = [name for name in (*NetworkDetails.__dataclass_fields__, "version") if name not in self.known]
        kwargs["initial"] = {name: getattr(person, name) for name in shown}
        super().__init__(*args, **kwargs)
        for name in self.known:
            self.fields[name].help_text = HIDDEN

    @property
    def details(self) -> NetworkDetails:
        typed = {name: self.cleaned_data[name] for name in NetworkDetails.__dataclass_fields__}
        return NetworkDetails(**typed | {name: typed[name] or known for name, known in self.known.items()})


class TargetGroupsForm(SuuntaForm):
    """A checkbox per target group, with since when and who told it. There is no field for ethnicity."""

    template_name = "casework/situation/parts/target_groups_fields.html"
    version = VersionField()

    def __init__(self, *args: Any, rows: list[TargetGroup], version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **_initial_of(rows)}
        super().__init__(*args, **kwargs)
        for group in TargetGroup.Group:
            self.fields[group.value] = forms.BooleanField(label=group.label, required=False)
            self.fields[f"{group}_since"] = RoughDayInput(label=_("Began on"))
            self.fields[f"{group}_source"] = forms.ChoiceField(label=_("Source"), choices=Source, required=False)

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Checkbox, day and source of each group."""
        for group in TargetGroup.Group:
            yield self[group.value], self[f"{group}_since"], self[f"{group}_source"]

    @property
    def groups(self) -> dict[str, Belonging]:
        """The groups that were checked, of a valid form."""
        return {group: self._belonging(group) for group in TargetGroup.Group.values if self.cleaned_data[group]}

    @property
    def typed(self) -> dict[str, Any]:
        return {"groups": self.groups, "version": self.cleaned_data["version"]}

    def _belonging(self, group: str) -> Belonging:
        since: RoughDay | None = self.cleaned_data[f"{group}_since"]
        return Belonging(since=since, source=self.cleaned_data[f"{group}_source"] or Source.CLIENT)


def area_asked(text: str) -> str:
    """The area an address asks for; the first one when it asks for none that there is."""
    return text if text in MappingEntry.Area.values else MappingEntry.Area.values[0]


def _initial_of(rows: list[TargetGroup]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for row in rows:
        known |= {row.group: True, f"{row.group}_since": row.since, f"{row.group}_source": row.source}
    return known
