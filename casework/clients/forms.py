"""Forms about a client."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.people_fields import CoordinatorField
from casework.clients.actions import ClientDetails
from casework.clients.identity_field import IdentityCodeField
from casework.clients.matching_field import SamePersonField
from casework.clients.queries import Match
from casework.models import Client
from casework.models.hidden import hidden_fields
from tenants.accounts.models import User
from tenants.forms import DateInput, PhoneField, SuuntaForm, VersionField

ONE_NAME = _("Who has one name only may have it in either field.")


class ClientForm(SuuntaForm):
    """Who the client is and how to reach them. What the fields mean together is checked by the action."""

    first_name = forms.CharField(label=_("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=_("Last name"), required=False, max_length=100, help_text=ONE_NAME)
    identity_code = IdentityCodeField()
    born_on = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Needed only when there is no personal identity code."),
        widget=DateInput,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Client.Language)
    needs_interpreter = forms.NullBooleanField(
        label=_("Needs an interpreter"),
        widget=forms.RadioSelect(choices=[("", _("Not asked")), ("True", _("Yes")), ("False", _("No"))]),
    )
    phone = PhoneField()
    email = forms.EmailField(label=_("E-mail"), required=False)
    street = forms.CharField(label=_("Street address"), required=False, max_length=200)
    postal_code = forms.RegexField(
        r"^[0-9]{5}$",
        label=_("Postal code"),
        required=False,
        error_messages={"invalid": _("A postal code has five digits.")},
    )
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    decision_channel = forms.ChoiceField(
        label=_("How decisions reach the client"),
        choices=Client.DecisionChannel,
        help_text=_("By post or electronically: the appeal time is counted differently."),
    )
    protective_order_source = forms.CharField(
        label=_("Protective order (non-disclosure for safety): how you learned of it"),
        required=False,
        max_length=200,
        help_text=_(
            "For example from the population information system, or from the client. Leave empty if there is none."
        ),
    )
    protective_order_until = forms.DateField(
        label=_("Protective order in force until"),
        required=False,
        help_text=_("Leave empty if it is in force until further notice."),
        widget=DateInput,
    )

    @property
    def details(self) -> ClientDetails:
        """What was typed, of a valid form."""
        return ClientDetails(**{name: self.cleaned_data[name] for name in ClientDetails.__dataclass_fields__})


class NewClientForm(ClientForm):
    """A new client and the coordinator of the first case."""

    coordinator = CoordinatorField()
    opened_on = forms.DateField(label=_("Case opened on"), widget=DateInput)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"coordinator": user.pk, "opened_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def typed(self) -> dict[str, Any]:
        return super().typed | {name: self.cleaned_data[name] for name in ("coordinator", "opened_on")}

    def says_who(self, matches: list[Match]) -> bool:
        """Ask, of a valid form, whether one of these is the person; answer whether that is known."""
        if not matches:
            return True
        question = self.fields["same_person"] = SamePersonField(matches)
        self.order_fields(["same_person"])
        try:
            answer = question.clean(self.data.get(self.add_prefix("same_person"), ""))
        except forms.ValidationError:
            self.add_error("same_person", _("Somebody like this is here already. Say whether it is the same person."))
            return False
        self.cleaned_data["known_client"] = question.client_of(answer)
        return True

    @property
    def known_client(self) -> Client | None:
        """The client who is here already, None for a new one; of a form that says who."""
        return self.cleaned_data.get("known_client")


class EditClientForm(ClientForm):
    """The same for a client who is here. Hidden contact data are not on the page; empty fields leave them."""

    version = VersionField()

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        hidden = self.base_fields.keys() & hidden_fields(Client) if client.is_protected else set()
        self.known = {name: getattr(client, name) for name in hidden}
        shown = [name for name in (*ClientDetails.__dataclass_fields__, "version") if name not in self.known]
        kwargs["initial"] = {name: getattr(client, name) for name in shown}
        super().__init__(*args, **kwargs)
        for name in self.known:
            self.fields[name].help_text = _("Hidden by the protective order. Leave empty to keep it as it is.")

    @property
    def details(self) -> ClientDetails:
        typed = {name: self.cleaned_data[name] for name in ClientDetails.__dataclass_fields__}
        return ClientDetails(**typed | {name: typed[name] or known for name, known in self.known.items()})


class VoluntarinessForm(SuuntaForm):
    """The client's answer."""

    is_voluntary = forms.TypedChoiceField(
        label=_("Does the client want the service?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("The service is voluntary, and the answer may change."),
    )
    asked_on = forms.DateField(label=_("Asked on"), widget=DateInput)
    version = VersionField()
