"""The people of every test, and browsers (test clients) in which they are signed in."""

import time
from functools import cache
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import UserSettingsHolder, settings
from django.contrib.auth.hashers import make_password
from django.test.client import Client, ClientHandler

from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import active_municipality

PASSWORD = "metsä-polku-järvi-silta"
READ_AT_REQUESTS = {"FILES", "MAILERS", "MAIL_ARCHIVE", "PASSWORD_HASHERS"}  # no middleware reads them when loaded

# Questions of a page: fifteen, and the two savepoints that a test's own transaction puts around saving the session.
MOST_QUESTIONS = 15 + 2


def person(name: str, *roles: Role, language: str = "fi") -> User:
    """Make a person in the schema one is inside of."""
    place = active_municipality()
    host = place.schema_name if place else "console"
    user = User(
        email=f"{name.lower()}@{host}.example", name=name, roles=[str(role) for role in roles], language=language
    )
    user.password = _hashed_password()
    user.save()
    return user


@cache
def _hashed_password() -> str:
    """Hashing is slow on purpose; once is enough."""
    return make_password(PASSWORD)


class PortalClient(Client):
    """A browser at one host. A request leaves the test's own place in the database as it was."""

    def __init__(self, host: str, **defaults: Any) -> None:
        super().__init__(headers={"host": host}, **defaults)
        self.host = host
        self._own_handler = self.handler

    def request(self, **request: Any) -> Any:
        tenant = connection.tenant
        is_usual = changed_settings() <= READ_AT_REQUESTS
        self.handler = _usual_handler(self._own_handler.enforce_csrf_checks) if is_usual else self._own_handler
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(tenant) if tenant is not None else connection.leave()


@cache
def _usual_handler(enforce_csrf_checks: bool) -> ClientHandler:
    """Load the middleware once for all browsers of tests that change no setting it reads when it is loaded.

    WhiteNoise alone would look at every static file again for each browser.
    """
    return ClientHandler(enforce_csrf_checks)


def changed_settings() -> set[str]:
    """Name the settings that this test has changed."""
    names: set[str] = set()
    layer = vars(settings)["_wrapped"]
    while isinstance(layer, UserSettingsHolder):
        names |= {name for name in vars(layer) if name.isupper()}
        layer = layer.default_settings
    return names


def browser_of(user: User) -> PortalClient:
    """Open a browser in which this person has signed in with both factors, at the host of the place one is in."""
    place = active_municipality()
    browser = PortalClient(f"{place.schema_name}.localhost" if place else "console.localhost")
    browser.force_login(user)
    browser.cookies[LANGUAGE_COOKIE] = user.language  # as signing in sets it
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return browser
