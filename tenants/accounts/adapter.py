"""allauth's two doors, closed the way we want them: nobody signs up, second-factor secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from tenants import encryption
from tenants.mail import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed, and allauth's mails go through the outbox like every other."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        outbox.write_for_allauth(template_prefix, email=email, context=context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted with the municipality's key."""

    def encrypt(self, text: str) -> str:
        return encryption.seal_text(text, purpose="second_factor")

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.open_text(encrypted_text, purpose="second_factor")
