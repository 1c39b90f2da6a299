"""Forms about people: inviting, accepting, changing, resetting. The codes of the second factor are in codes.py."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tenants.accounts import role_changes
from tenants.accounts.models import Invitation, User
from tenants.forms import SuuntaForm, VersionField, field_of

LONGEST_PASSWORD = 200


class _PersonFields(SuuntaForm):
    """What an invitation and an account have in common."""

    name = forms.CharField(label=_("Name"), max_length=120)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(
        label=_("Language of pages and mails"), choices=User.Language, widget=forms.RadioSelect, initial="fi"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "roles", forms.MultipleChoiceField).choices = [
            (role.value, role.label) for role in role_changes.offered()
        ]


class InvitePersonForm(_PersonFields):
    """Whom to invite, and for what."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The link goes to this address, and the person signs in with it.")
    )
    field_order = ["name", "email", "roles", "language"]


class PersonForm(_PersonFields):
    """What is known of a person with an account, and what they may do."""

    version = VersionField()

    @classmethod
    def of(cls, person: User) -> "PersonForm":
        """Fill the form with what is known now."""
        known = {"name": person.name, "roles": person.roles, "language": person.language, "version": person.version}
        return cls(initial=known)


class SecondFactorResetForm(SuuntaForm):
    """Why somebody's second step is taken away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("How you made sure who asked, and why. It goes into the access log."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AcceptInvitationForm(SuuntaForm):
    """The name and the password of a new account."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        help_text=_("At least 12 characters. Three or four words that do not belong together are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None, *, invitation: Invitation) -> None:
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
