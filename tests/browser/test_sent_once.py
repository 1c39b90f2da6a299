"""A form is sent once, in Chromium: its button sleeps while the answer is under way, and wakes when it is needed."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Locator, Page, Request, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import ServiceEntry
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.furnishing import PORTAL
from tests.browser.serving import served
from tests.casework.cases.making import a_case
from tests.people import browser_of, person

# What the button looks like when the page goes away.
LAST_LOOK = """() => addEventListener("pagehide", () => {
    sessionStorage.isAsleep = document.querySelector(".formpanel button[type=submit]").disabled;
})"""


@pytest.fixture
def page(
    new_context: CreateContextCallback, own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """Aino at the form that logs a service."""
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
        opened.goto(f"{home}cases/{case.number}/services/add/")
        yield opened
    connection.close()


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Save", exact=True)


def entries() -> int:
    with in_municipality("kaavi"):
        return ServiceEntry.objects.count()


def test_two_clicks_are_one_entry(page):
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_label("Time in minutes").fill("60")

    button(page).dblclick(delay=20)
    page.wait_for_url("**/services/")

    assert entries() == 1
    assert len(sent) == 1
    expect(page.get_by_text("The service is logged.")).to_have_count(1)


def test_the_button_sleeps_while_the_answer_is_under_way_and_is_awake_after_back(page):
    page.get_by_label("Time in minutes").fill("60")
    page.evaluate(LAST_LOOK)

    button(page).click()
    page.wait_for_url("**/services/")
    assert page.evaluate("sessionStorage.isAsleep") == "true"
    page.go_back()

    expect(button(page)).to_be_enabled()
    button(page).click()
    page.wait_for_url("**/services/")
    assert entries() == 1


def test_a_form_that_comes_back_with_an_error_can_be_sent(page):
    button(page).click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(button(page)).to_be_enabled()

    page.get_by_label("Time in minutes").fill("60")
    button(page).click()
    page.wait_for_url("**/services/")

    assert entries() == 1
