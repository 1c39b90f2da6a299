"""The people of every test, and browsers (test clients) in which they are signed in."""

import time
from functools import cache
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.contrib.auth.hashers import make_password
from django.test import Client

from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import active_municipality

PASSWORD = "metsä-polku-järvi-silta"


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

    def request(self, **request: Any) -> Any:
        tenant = connection.tenant
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(tenant) if tenant is not None else connection.leave()


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
