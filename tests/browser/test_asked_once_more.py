"""What is odd is asked once more, in Chromium: the question is seen and heard, and the same button saves it then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.models import Application
from tenants.scope import in_municipality
from tests.browser.test_every_page import sideways, violations


@pytest.fixture
def page(in_a_case: Callable[[str], Page]) -> Page:
    """Aino at the form of a new application in a case of today."""
    return in_a_case("applications/new/")


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
