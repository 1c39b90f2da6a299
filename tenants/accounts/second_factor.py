"""The second factor is mandatory: who has none is sent to set one up, who has not used it is not let in."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

ALLOWED_WITHOUT = {"account_logout", "account_reauthenticate", "language", "health"}


class SecondFactorMiddleware:
    """Stops every request of a person who signed in with a password only, except those that set up the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_OFF or not request.user.is_authenticated or is_verified(request):
            return self.get_response(request)
        if _is_part_of_set_up(request):
            return self.get_response(request)
        return redirect("mfa_activate_totp" if not is_mfa_enabled(request.user) else "mfa_reauthenticate")


def is_verified(request: HttpRequest) -> bool:
    """Tell whether a second factor was used in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))


def _is_part_of_set_up(request: HttpRequest) -> bool:
    name = resolve(request.path_info, getattr(request, "urlconf", None)).url_name or ""
    return name in ALLOWED_WITHOUT or name.startswith("mfa_")
