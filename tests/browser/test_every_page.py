"""Every named route in Chromium: no axe violation, nothing to scroll sideways at 320, 390 and 1280 px, no complaint."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.furnishing import CONSOLE, PORTAL, House
from tests.rules.routes import Route, all_routes

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # else axe describes every element that is well, which takes it longer than looking
}
WIDTHS = (1280, 390, 320)
NOT_PAGES = {
    "appeal_docx",
    "appeal_pdf",
    "appeal_supplement_docx",
    "appeal_supplement_pdf",
    "appointment_ics",
    "appointment_sheet_pdf",
    "calendar_file",
    "case_map_pdf",
    "consent_paper",
    "description_docx",
    "description_pdf",
    "document",
    "meeting_ics",
    "minutes_pdf",
    "month_csv",
    "removal_docx",
    "removal_pdf",
    "session",
    "statement_docx",
    "statement_pdf",
    "withdrawal_paper",
    "invoice_csv",
    "invoice_file",
    "invoice_document",
    "health",
}  # downloads and words
ROUTES = [route for route in all_routes() if route.name not in NOT_PAGES]
SIGNED_OUT = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "invitation",
    "accessibility",
    "privacy",
    "help",
}


@pytest.fixture(scope="module")
def pages(house: House, browser: Browser, browser_context_args: dict[str, Any]) -> dict[str, Page]:
    """A page of somebody who may see everything on each side, and one of nobody."""
    opened = {}
    for side, host in (("portal", PORTAL), ("console", CONSOLE)):
        context = browser.new_context(**browser_context_args)
        jar = [
            {"name": name, "value": value, "domain": host, "path": "/"} for name, value in house.cookies[side].items()
        ]
        context.add_cookies(jar)  # type: ignore[arg-type]
        opened[side] = context.new_page()
    opened["nobody"] = browser.new_context(**browser_context_args).new_page()
    return opened


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_page_is_sound(house, pages, route):
    page = pages["nobody" if route.name in SIGNED_OUT else route.side]
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    status = house.status(route.side, house.path_of(route), is_signed_in=route.name not in SIGNED_OUT)
    if status == 405:  # acts only by POST, from a page that is visited itself
        return
    if route.is_of_allauth and status in {302, 404}:  # asks for a factor this person does not have
        return
    assert status in {200, 302}
    visit(page, house, route)

    assert sideways(page) == []
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []
    assert complaints == []


@pytest.mark.parametrize("name", ["today", "case", "decision", "appeal", "client_list"])
def test_a_page_is_sound_in_the_dark(house, pages, name):
    page = pages["portal"]
    page.emulate_media(color_scheme="dark")
    visit(page, house, next(route for route in ROUTES if route.name == name))

    assert violations(page) == []
    page.emulate_media(color_scheme="light")


def visit(page: Page, house: House, route: Route) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(house.address(route.side, house.path_of(route)))


def sideways(page: Page) -> list[tuple[int, int]]:
    """Widths at which the page is wider than the window."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append((width, over))
    return found


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("rules => axe.run(rules).then(results => results.violations)", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
