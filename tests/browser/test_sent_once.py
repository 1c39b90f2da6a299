"""A form is sent once, in Chromium: its button sleeps while the answer is under way, and wakes when it is needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from casework.models import ServiceEntry
from tenants.scope import in_municipality

# What the button looks like when the page goes away.
LAST_LOOK = """() => addEventListener("pagehide", () => {
    sessionStorage.isAsleep = document.querySelector(".formpanel button[type=submit]").disabled;
})"""


@pytest.fixture
def page(in_a_case: Callable[[str], Page]) -> Page:
    """Aino at the form that logs a service."""
    return in_a_case("services/add/")


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
