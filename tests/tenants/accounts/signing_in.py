"""Signing in as people do: through allauth's pages, with codes as the app on their phone computes them."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tenants.accounts.models import User
from tests.people import PASSWORD, PortalClient

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, SECOND_STEP = "/account/login/", "/account/second-factor/authenticate/"
SET_UP, CONFIRM = "/account/second-factor/app/", "/account/second-factor/reauthenticate/"
CODES, PASSWORD_AGAIN = "/account/second-factor/codes/", "/account/reauthenticate/"
_addresses = count(1)


@dataclass
class Phone:
    """An authenticator app; it shows the next code at each look, as if time went by between them."""

    secret: str = SECRET
    looks: int = field(default=0)

    def code(self) -> str:
        """The codes around now, each once: the tolerance lets three in at any moment."""
        now = int(time.time()) // app_settings.TOTP_PERIOD
        self.looks += 1
        return str(format_hotp_value(hotp_value(self.secret, now - 1 + self.looks % 2)))


def browser_at(host: str, address: str = "") -> PortalClient:
    """Open a browser nobody has used, at a network address of its own."""
    number = next(_addresses)
    return PortalClient(f"{host}.localhost", REMOTE_ADDR=address or f"10.{number >> 8 & 255}.{number & 255}.7")


def type_password(browser: PortalClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    """Fill in the sign-in page."""
    return browser.post(LOGIN, {"login": email, "password": password, **more})


def give_phone(user: User) -> Phone:
    """Set up the app and recovery codes of a person beforehand."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return Phone()


def sign_in(browser: PortalClient, user: User, phone: Phone) -> Any:
    """Take both steps; answer the second step's answer."""
    assert type_password(browser, user.email).headers["Location"] == SECOND_STEP
    return browser.post(SECOND_STEP, {"code": phone.code()})


def is_in(browser: PortalClient) -> bool:
    """Tell whether the people page opens."""
    return browser.get("/people/").status_code == 200
