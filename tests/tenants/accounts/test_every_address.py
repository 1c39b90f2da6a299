"""Promise 11: after the password alone no page of either side opens, whatever the address and the method."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.tenants.accounts.signing_in import SET_UP, browser_at, type_password

SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "kaavi",
    "str": "2026-0001",
    "month": "2026-11",
}
OPEN_FOR_THE_SET_UP = {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}


def patterns(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from ((f"{pattern.pattern}{path}", found) for path, found in patterns(pattern))
        else:
            yield str(pattern.pattern), pattern


def guarded(urlconf: str) -> list[str]:
    """Every address that asks for a sign-in, with sample values in its places."""
    return [
        "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda place: SAMPLES[place[1] or "str"], path)
        for path, pattern in patterns(get_resolver(urlconf))
        if getattr(pattern.callback, "login_required", True) and pattern.name not in OPEN_FOR_THE_SET_UP
    ]


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_no_page_of_the_portal_opens(paula, method):
    visitor = browser_at("kaavi")
    type_password(visitor, paula.email)

    paths = guarded(settings.ROOT_URLCONF)

    assert "/people/" in paths
    assert {getattr(visitor, method)(path).headers.get("Location", path) for path in paths} == {SET_UP}


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_the_console_opens(oiva, method):
    visitor = browser_at("console")
    type_password(visitor, oiva.email)

    paths = guarded(settings.CONSOLE_URLCONF)

    assert "/people/" in paths
    assert {getattr(visitor, method)(path).headers.get("Location", path) for path in paths} == {SET_UP}
