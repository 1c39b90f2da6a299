"""Settings of allauth that would weaken sign-in: `manage.py check` calls each of them an error."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

FORBIDDEN = {
    "MFA_TOTP_INSECURE_BYPASS_CODE": "one code would open every account",
    "MFA_TRUST_ENABLED": "a trusted browser skips the second factor",
    "MFA_PASSKEY_SIGNUP_ENABLED": "accounts are opened by invitation only",
    "ACCOUNT_LOGIN_ON_PASSWORD_RESET": "a link in a mail would be enough to sign in",
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": "a code in a mail would be enough to sign in",
}


@register("security")
def sign_in_is_not_weakened(**_: Any) -> list[Error]:
    """Name every setting that is on and must be off."""
    return [
        Error(f"{name} must be off: {reason}.", id="suunta.E020")
        for name, reason in FORBIDDEN.items()
        if getattr(settings, name, None)
    ]
