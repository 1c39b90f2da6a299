"""allauth's forms of the second factor, in our words; a code from the app opens one door once."""

from typing import Any

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from tenants.accounts import failures
from tenants.accounts.models import User

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


class _OnceOnly(forms.Form):
    """Refuses a code for as long as it would be right: allauth forgets it after one period, our tolerance is three."""

    user: User  # as allauth's forms know them
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=DIGITS))

    def clean_code(self) -> str:
        with failures.noted("the second step", context.request, of=self.user):
            code: str = super().clean_code()  # type: ignore[misc]
            is_from_app = self.authenticator.type == Authenticator.Type.TOTP
            if is_from_app and not _use_up(self.user.pk, code):
                raise get_adapter().validation_error("incorrect_code")
            return code


class AuthenticateForm(_OnceOnly, base.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(_OnceOnly, base.ReauthenticateForm):
    """Confirming that it is still the same person."""


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Six-digit code from the app")
        self.fields["code"] = forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=DIGITS))

    def clean_code(self) -> str:
        code: str = super().clean_code()
        _use_up(self.user.pk, code)
        return code


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


def _use_up(person: object, code: str) -> bool:
    """Note a code as used; False when it was already."""
    lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    digits = "".join(filter(str.isdigit, code))
    return bool(cache.add(f"second-factor-code:{person}:{digits}", 1, timeout=lifetime))
