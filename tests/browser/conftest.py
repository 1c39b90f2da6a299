"""Debian's Chromium, and one furnished house that all pages are looked at in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker
from pytest_playwright.pytest_playwright import CreateContextCallback

from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests import databases
from tests.browser.furnishing import PORTAL, House, furnish
from tests.browser.serving import installed_chromium, served
from tests.casework.cases.making import a_case
from tests.clock import at_noon
from tests.people import browser_of, person

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # milliseconds, as for everything else that the browser waits for


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": installed_chromium(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fi-FI", "timezone_id": "Europe/Helsinki"}


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Kaavi and the console with something on every page, served by a real web server."""
    with django_db_blocker.unblock(), at_noon(), databases.copied_database("suunta_test_browser") as environment:
        furnished = furnish()
        with served(environment) as port:
            furnished.port = port
            yield furnished


@pytest.fixture
def in_a_case(
    new_context: CreateContextCallback, own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Page]]:
    """Opens a page of a case of today for Aino, by what its address says below the case."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR, language="en")
        case = a_case(by=aino, at=timezone.now(), opened_on=timezone.localdate())
        jar = browser_of(aino).cookies
    with served(own_database) as port:
        home = f"http://{PORTAL}:{port}/"

        def opened(below: str) -> Page:
            context = new_context()
            context.add_cookies([{"name": name, "value": one.value, "url": home} for name, one in jar.items()])
            page = context.new_page()
            page.goto(f"{home}cases/{case.number}/{below}")
            return page

        yield opened
    connection.close()
