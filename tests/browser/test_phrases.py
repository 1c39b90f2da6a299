"""A phrase goes to where the caret is in Chromium, is kept as what is typed, and works without a script."""

import pytest
from playwright.sync_api import expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import Draft
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.phrases.making import a_phrase
from tests.people import person

PHRASE = "Kuvatkaa [sairaus] ja sen vaikutus."


@pytest.fixture
def phrase(own_database):
    with in_municipality("kaavi"):
        writer, approver = (person(name, Role.SUPERVISOR) for name in ("Bertta", "Bruno"))
        a_phrase(by=writer, approved_by=approver, kind="question", title="Sairaudet", text=PHRASE)


@pytest.mark.browser
def test_a_phrase_goes_to_the_end_or_to_the_caret_and_replaces_nothing(phrase, in_a_case):
    page = in_a_case("statements/new/")
    text, chooser = page.get_by_role("textbox", name="What it must say"), page.locator("[data-phrases]")
    text.evaluate("area => { area.value = 'Ensin.'; }")  # as the page brings it: nobody has been in the text
    chooser.locator("summary").click()

    def insert() -> None:
        chooser.locator("select").select_option(label="Sairaudet")
        chooser.get_by_role("button").click()

    insert()
    expect(text).to_have_value(f"Ensin.\n{PHRASE}")
    expect(text).to_be_focused()

    text.fill("Ensin. Sitten.")
    text.evaluate("area => area.setSelectionRange(0, 6)")
    insert()
    expect(text).to_have_value(f"Ensin.\n{PHRASE} Sitten.")


@pytest.mark.browser
def test_without_a_script_the_button_brings_the_form_back_with_the_phrase(
    phrase, in_a_case, new_context: CreateContextCallback
):
    with_script = in_a_case("statements/new/")
    context = new_context(java_script_enabled=False)
    context.add_cookies(with_script.context.cookies())
    page = context.new_page()
    page.goto(with_script.url)
    page.get_by_label("Asked of").fill("Dr. Heikkilä")
    page.get_by_role("textbox", name="What it must say").fill("Ensin.")
    page.locator("[data-phrases] summary").click()
    page.locator("[data-phrases] select").select_option(label="Sairaudet")

    page.locator("[data-phrases]").get_by_role("button").click()

    expect(page.get_by_role("textbox", name="What it must say")).to_have_value(f"Ensin.\n{PHRASE}")
    expect(page.get_by_label("Asked of")).to_have_value("Dr. Heikkilä")
    expect(page.locator("#error-summary")).to_have_count(0)
    with in_municipality("kaavi"):
        assert not Draft.objects.exists()
