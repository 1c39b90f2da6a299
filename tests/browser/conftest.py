"""Debian's Chromium, and one furnished house that all pages are looked at in."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.browser.furnishing import House, furnish
from tests.browser.serving import installed_chromium, served
from tests.clock import at_noon

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
