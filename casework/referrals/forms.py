"""Forms of the referral inbox."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.cases.people_fields import CoordinatorField
from casework.clients.forms import ONE_NAME
from casework.clients.identity_field import IdentityCodeField
from casework.clients.matching_field import NEW_CLIENT, SamePersonField
from casework.clients.queries import Match
from casework.models import Client, Referral
from casework.models.hidden import hidden_fields
from casework.referrals.actions import ReferralDetails
from tenants.accounts.models import User
from tenants.forms import DateInput, PhoneField, SuuntaForm, VersionField, field_of


class ReferralForm(SuuntaForm):
    """What the referring party tells."""

    source = forms.ChoiceField(label=_("Referred by"), choices=[("", _("Choose")), *Referral.Source.choices])
    referrer = forms.CharField(label=_("Name of the referring person or unit"), required=False, max_length=200)
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)
    first_name = forms.CharField(label=_("First name of the person"), required=False, max_length=100)
    last_name = forms.CharField(label=_("Last name of the person"), required=False, max_length=100, help_text=ONE_NAME)
    identity_code = IdentityCodeField(
        help_text=_("With its separator, for example 131052-308T. It shows at once whether the person is here already.")
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("If there is no personal identity code."),
        widget=DateInput,
    )
    phone = PhoneField()
    reason = forms.CharField(
        label=_("Why the person is referred"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )

    @property
    def details(self) -> ReferralDetails:
        """What was typed, of a valid form."""
        return ReferralDetails(**{name: self.cleaned_data[name] for name in ReferralDetails.__dataclass_fields__})


class EditReferralForm(ReferralForm):
    """The same for a referral that is in the inbox already."""

    version = VersionField()

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(referral, name) for name in EditReferralForm.base_fields}
        super().__init__(*args, **kwargs)


class CorrectReferralForm(WhyFields, ReferralForm):
    """The same for one that was written down wrong; `reason` says why it is corrected."""

    why_referred = forms.CharField(
        label=_("Why the person is referred"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    came_again_on = forms.DateField(label=_("Came again on"), widget=DateInput)
    field_order = (*(name for name in ReferralForm.base_fields if name != "reason"), "came_again_on", "why_referred")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        shown = (*(name for name in ReferralForm.base_fields if name != "reason"), "came_again_on", "version")
        kwargs["initial"] = {name: getattr(referral, name) for name in shown} | {"why_referred": referral.reason}
        super().__init__(*args, **kwargs)
        if referral.came_again_on is None:
            del self.fields["came_again_on"]
        self.kept: dict[str, Any] = {}
        if referral.is_protected:
            self.kept = {name: getattr(referral, name) for name in hidden_fields(Referral)}
            for name in self.kept:
                del self.fields[name]

    @property
    def details(self) -> ReferralDetails:
        said = self.cleaned_data | self.kept | {"reason": self.cleaned_data["why_referred"]}
        return ReferralDetails(**{name: said[name] for name in ReferralDetails.__dataclass_fields__})

    @property
    def typed(self) -> dict[str, Any]:
        said = ("came_again_on", "reason", "version")
        return {"details": self.details} | {name: self.cleaned_data[name] for name in said if name in self.fields}


class ReferralReasonForm(SuuntaForm):
    """Why a referral is returned or declined."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    version = VersionField()


class ReferralAgainForm(SuuntaForm):
    """When a declined referral came again."""

    came_again_on = forms.DateField(label=_("Came again on"), widget=DateInput)
    version = VersionField()


class AcceptReferralForm(SuuntaForm):
    """Who the person is - somebody here or a new client - and who coordinates."""

    client = SamePersonField([])
    identity_code = IdentityCodeField(help_text=_("Of a new client. With its separator, for example 131052-308T."))
    born_on = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Of a new client without a personal identity code."),
        widget=DateInput,
    )
    coordinator = CoordinatorField()
    opened_on = forms.DateField(label=_("Case opened on"), widget=DateInput)
    version = VersionField()

    def __init__(
        self, *args: Any, referral: Referral, matches: list[Match], user: User, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "client": str(matches[0].client.pk)
            if matches and matches[0].is_certain
            else ("" if matches else NEW_CLIENT),
            "coordinator": user.pk,
            "opened_on": today,
            "identity_code": referral.identity_code,
            "born_on": referral.born_on,
            "version": referral.version,
        }
        super().__init__(*args, **kwargs)
        choice = self.fields["client"] = SamePersonField(matches)
        if choice.is_certain:
            choice.help_text = _("If this is not the person, correct the identity code of the referral first.")
            del self.fields["identity_code"], self.fields["born_on"]

    @property
    def chosen_client(self) -> Client | None:
        """The client who is here already, None for a new one; of a valid form."""
        return field_of(self, "client", SamePersonField).client_of(self.cleaned_data["client"])
