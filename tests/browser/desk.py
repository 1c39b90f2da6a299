"""Somebody's computer in a browser test: everything on a page is found by the words that it shows."""

import re
from collections.abc import Mapping
from datetime import date
from http.cookies import SimpleCookie

from playwright.sync_api import BrowserContext, Locator, ViewportSize, expect

from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.browser.test_every_page import sideways, violations
from tests.people import PASSWORD
from tests.tenants.accounts.signing_in import Phone

type Typed = str | int | date
WINDOW = ViewportSize(width=1280, height=900)


class Desk:
    """Somebody's computer: finds fields by label, buttons and links by name, and notes what the browser says."""

    language, optional, menu, tabs = "en", "optional", "Main menu", "Pages of the case"

    def __init__(self, context: BrowserContext, home: str, cookies: SimpleCookie | None = None) -> None:
        jar = {name: morsel.value for name, morsel in (cookies or {}).items()} | {LANGUAGE_COOKIE: self.language}
        context.add_cookies([{"name": name, "value": value, "url": home} for name, value in jar.items()])
        self.page, self.complaints = context.new_page(), list[str]()
        self.main = self.page.get_by_role("main")
        self.page.on("console", lambda line: self.complaints.append(f"{line.type}: {line.text}"))

        self.home = home
        self.page.goto(home)

    def field(self, label: str) -> Locator:
        return self.main.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+{self.optional})?\s*$", re.IGNORECASE))

    def type_in(self, values: Mapping[str, Typed]) -> None:
        for label, value in values.items():
            self.field(label).fill(str(value))

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def tick(self, *labels: str) -> None:
        for label in labels:
            self.field(label).check()

    def press(self, name: str) -> None:
        self.main.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.main.get_by_role("link", name=name, exact=True).first.click()

    def go_to(self, place: str) -> None:
        """Choose a place of the side navigation."""
        self.page.get_by_role("navigation", name=self.menu).get_by_role("link", name=place).click()

    def tab(self, name: str) -> None:
        """Choose a page of the case."""
        self.main.get_by_role("navigation", name=self.tabs).get_by_role("link", name=name).click()

    def panel(self, title: str) -> Locator:
        return self.main.get_by_role("region", name=title, exact=True)


class FinnishDesk(Desk):
    """The desk of a coordinator who signs in with a password and the phone, and reads and types Finnish."""

    language, optional, menu, tabs = "fi", "ei pakollinen", "Päävalikko", "Asian sivut"

    def sign_in(self, email: str, phone: Phone) -> None:
        """Come to the desk in the morning: the session of the day before has ended."""
        self.page.goto(self.home)
        self.type_in({"Sähköposti": email, "Salasana": PASSWORD})
        self.press("Kirjaudu sisään")
        self.type_in({"Koodi": phone.code()})
        self.press("Kirjaudu sisään")
        self.reads("Tänään")

    def type_in(self, values: Mapping[str, Typed]) -> None:
        """Type as people do: a day as 23.11.2026, which the browser's own date input takes in another order."""
        for label, value in values.items():
            field = self.field(label)
            field.fill(_turned(str(value)) if field.get_attribute("type") == "date" else str(value))

    def choose_more(self, name: str) -> None:
        """Open “Muut toiminnot” and choose there."""
        self.press("Muut toiminnot")
        self.follow(name)

    def open_client(self, name: str) -> None:
        """Find somebody in the list of clients, where last names stand first."""
        self.go_to("Asiakkaat")
        first, last = name.split()
        self.follow(f"{last} {first}")
        self.reads(name)

    def group(self, name: str) -> Locator:
        """Find the choices under one question, where two questions have an answer of the same words."""
        return self.main.get_by_role("group", name=name)

    def open_at(self, title: str, beginning: str) -> None:
        """Follow the first link of a panel whose words begin like this."""
        self.panel(title).get_by_role("link", name=re.compile(f"^{re.escape(beginning)}")).first.click()

    def reads(self, heading: str) -> None:
        """Wait until the page has this main heading."""
        expect(self.main.get_by_role("heading", level=1, name=heading)).to_be_visible()

    def says(self, *words: str, at: str = "") -> None:
        """The page, or one panel of it, says these words."""
        for each in words:
            expect(self.panel(at) if at else self.main).to_contain_text(each)

    def is_silent_about(self, *words: str, at: str = "") -> None:
        """The page, or one panel of it, does not say these words."""
        for each in words:
            expect(self.panel(at) if at else self.main).not_to_contain_text(each)

    def looks(self) -> list[str]:
        """Look at the page as those do who hear it, see it on a phone or enlarge it; answer what is wrong."""
        self.page.wait_for_load_state("load")
        wrong = [f"{over} px too wide at {width} px" for width, over in sideways(self.page)] + violations(self.page)
        self.page.set_viewport_size(WINDOW)
        return wrong


def _turned(day: str) -> str:
    return "-".join(reversed([part.zfill(2) for part in day.split(".")]))
