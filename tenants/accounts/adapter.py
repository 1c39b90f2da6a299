"""allauth's two doors, closed the way we want them. What is not said here is allauth's own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.signals import password_changed, password_reset
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tenants.accounts import acts, failures, languages, letters, second_factor, second_factor_secrets
from tenants.accounts.models import User
from tenants.scope import active_municipality


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, redirects stay on this host, mails go through the outbox, failures are counted per account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # no page of ours asks for JSON

    def post_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **login)
        languages.remember(response, user.language)
        acts.record("person.signed_in", key=user.pk, by=user)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        with failures.noted("the password (too many tries)", request):
            super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        failures.note("the password", request)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        return not second_factor.is_setting_up(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """Who has a second factor confirms with it: a password alone must not be able to take it away."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger or methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.write_for_allauth(template_prefix, to=context["user"], context=context, at=timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        letters.write_for_allauth(template_prefix, to=user, context={}, at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by address alone. allauth adds the Host header, whose port and case a guesser can vary for ever.

        Cache keys carry the municipality (tenants.scope.cache_key).
        """
        return str(credentials.get("email", "")).lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted with the municipality's key, and names the place on phones."""

    def encrypt(self, text: str) -> str:
        return second_factor_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factor_secrets.open_sealed(encrypted_text)

    def get_totp_issuer(self) -> str:
        return _name_of_this_place()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": _name_of_this_place()}


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in somebody who has just chosen a password, and answer where allauth sends them."""
    logout(request)
    response: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user, email=user.email))
    return response


@receiver([password_changed, password_reset])
def note_new_password(user: User, **_: Any) -> None:
    """Write the change into the access log; Django ends the sessions of the old password."""
    acts.record("person.password_changed", key=user.pk, by=user)


@receiver(password_reset)
def forget_failures(request: HttpRequest, user: User, **_: Any) -> None:
    """Let in who failed five times and then reset the password: allauth looks in a table of addresses that is empty."""
    AccountAdapter()._delete_login_attempts_cached_email(request, email=user.email)


def _name_of_this_place() -> str:
    place = active_municipality()
    return f"Suunta {place.name if place else _('console')}"
