"""The second factor is mandatory: who has none is sent to set one up, who has not used it is not let in."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from tenants.accounts import acts, sessions
from tenants.accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes stand in for one, they are none
SET_UP = {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
USE = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactorMiddleware:
    """Stops every request of a person who signed in with a password only, but the way to the second factor.

    What anybody may open without signing in stays open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_OFF or not request.user.is_authenticated or is_verified(request):
            return self.get_response(request)
        has_one = has_second_factor(request.user)
        if _may_open(request, USE if has_one else SET_UP):
            return self.get_response(request)
        return redirect("mfa_reauthenticate" if has_one else "mfa_activate_totp")


def has_second_factor(user: User) -> bool:
    """Tell whether a person has an authenticator app or a passkey."""
    return bool(is_mfa_enabled(user, FACTORS))


def is_verified(request: HttpRequest) -> bool:
    """Tell whether a second factor was used in this session."""
    return any(record["method"] == "mfa" for record in _records(request))


def is_setting_up(request: HttpRequest) -> bool:
    """Tell whether this person typed the password just now and has no second factor yet: nothing more can be asked."""
    earliest = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    is_fresh = any(record["method"] == "password" and record["at"] > earliest for record in _records(request))
    return is_fresh and request.user.is_authenticated and not has_second_factor(request.user)


def remove_all(user: User) -> None:
    """Take away every second factor and recovery code of a person, and end their sessions."""
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return records


def _may_open(request: HttpRequest, names: set[str]) -> bool:
    try:
        match = resolve(request.path_info, getattr(request, "urlconf", None))
    except Resolver404:
        return True  # a page that does not exist is a 404 to everybody
    return match.url_name in names or not getattr(match.func, "login_required", True)


# Signals, because allauth has no other place to hang on: its own pages change the factors.


@receiver(authenticator_added)
def note_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Setting a factor up proves it: it counts as used in this session, and the other sessions end."""
    if authenticator.type in FACTORS:
        proof = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **proof)
        _note_changed(request, user)


@receiver(authenticator_removed)
def note_removed(request: HttpRequest, user: User, **_: Any) -> None:
    """Other sessions end; who removed the last factor is sent to set one up."""
    _note_changed(request, user)
    if not has_second_factor(user):
        passwords = [record for record in _records(request) if record["method"] != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = passwords


@receiver(authenticator_reset)
def note_reset(request: HttpRequest, user: User, **_: Any) -> None:
    """New recovery codes end the other sessions, too."""
    _note_changed(request, user)


def _note_changed(request: HttpRequest, user: User) -> None:
    acts.record("person.second_factor_changed", key=user.pk, by=user)
    sessions.end_others(request, user)
