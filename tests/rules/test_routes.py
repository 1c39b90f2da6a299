"""Nobody opens a page their roles do not include: every route x every role, from the table of permissions."""

from typing import Any

import pytest
from django.urls import reverse

from tenants.accounts.permissions import CONSOLE_ROLES, PERMISSIONS, PORTAL_ROLES, Role
from tenants.scope import in_console, in_municipality
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

ROUTES = all_routes()
OURS = [route for route in ROUTES if not route.is_of_allauth]
GUARDED = [route for route in OURS if not route.is_public]
OF_ALLAUTH_WITHOUT_SIGN_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def address(route: Route) -> str:
    return reverse(route.name, kwargs=route.sample_arguments(), urlconf=route.urlconf)


def ask(browser: PortalClient, route: Route) -> list[Any]:
    return [browser.get(address(route)), browser.post(address(route), {})]


def nobody(route: Route) -> PortalClient:
    """A fresh browser at the route's side in which nobody has signed in."""
    return PortalClient("kaavi.localhost" if route.side == "portal" else "console.localhost")


def in_place(side: str):
    return in_municipality("kaavi") if side == "portal" else in_console()


def test_every_route_has_a_name():
    assert [route for route in ROUTES if not route.name] == []


def test_every_view_is_public_or_names_its_permissions():
    assert [str(route) for route in OURS if not route.is_public and route.permissions is None] == []


def test_allauths_views_without_sign_in_are_the_known_few(db, subtests):
    for route in ROUTES:
        if route.is_of_allauth and route.name not in OF_ALLAUTH_WITHOUT_SIGN_IN:
            with subtests.test(str(route)):
                assert nobody(route).get(address(route)).status_code in {302, 404, 405}


def test_who_is_not_signed_in_is_sent_to_sign_in(db, subtests):
    for route in GUARDED:
        with subtests.test(str(route)):
            for answer in ask(nobody(route), route):
                assert answer.status_code == 302
                assert answer.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("role", PORTAL_ROLES + CONSOLE_ROLES)
def test_a_role_opens_exactly_what_its_permissions_say(db, role):
    side = "portal" if role in PORTAL_ROLES else "console"
    wrong = []
    with in_place(side):
        browser = browser_of(person("Somebody", Role(role)))
        for route in (route for route in GUARDED if route.side == side):
            may = not route.permissions or bool(PERMISSIONS[Role(role)] & set(route.permissions))
            for answer in ask(browser, route):
                is_shut = answer.status_code in {403, 405}  # 405: the method is refused before anybody is asked
                if answer.status_code >= 500 or (not may and not is_shut) or (may and answer.status_code == 403):
                    wrong.append((str(route), answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("host", ["tuusniemi.localhost", "console.localhost", "varkaus.localhost"])
def test_a_session_opens_nothing_at_another_host(kaavi, aino, host):
    browser = browser_of(aino)
    side = "console" if host.startswith("console") else "portal"
    wrong = []
    for route in (route for route in GUARDED if route.side == side):
        answer = browser.get(address(route), headers={"host": host})
        if answer.status_code != 302 or not answer.headers["Location"].startswith("/account/login/"):
            wrong.append((str(route), answer.status_code))

    assert wrong == []
