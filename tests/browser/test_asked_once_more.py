"""What is odd is asked once more, in Chromium: the question is seen and heard, and the same button saves it then."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import Application
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.furnishing import PORTAL
from tests.browser.serving import served
from tests.browser.test_every_page import sideways, violations
from tests.casework.cases.making import a_case
from tests.people import browser_of, person


@pytest.fixture
def page(
    new_context: CreateContextCallback, own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """Aino at the form of a new application in a case of today."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    cache.clear()
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR, language="en")
        case = a_case(by=aino, at=timezone.now(), opened_on=timezone.localdate())
        jar = browser_of(aino).cookies
    with served(own_database) as port:
        home = f"http://{PORTAL}:{port}/"
        context = new_context()
        context.add_cookies([{"name": name, "value": one.value, "url": home} for name, one in jar.items()])
        opened = context.new_page()
        opened.goto(f"{home}cases/{case.number}/applications/new/")
        yield opened
    connection.close()


def test_a_day_before_the_case_is_asked_of_and_saved_by_the_same_button(page):
    button = page.get_by_role("button", name="Begin the application")
    page.get_by_label("Benefit or service").select_option("SPR")
    page.get_by_label("Decider").select_option("kela")
    page.get_by_label("Filed on").fill((timezone.localdate() - timedelta(days=90)).isoformat())

    button.click()

    question = page.get_by_role("alert").filter(has_text="Is this right?")
    expect(question).to_be_focused()
    assert sideways(page) == []
    assert violations(page) == []

    button.click()

    expect(page.get_by_text("from before the case")).to_be_visible()
    with in_municipality("kaavi"):
        assert Application.objects.get().state == "filed"
