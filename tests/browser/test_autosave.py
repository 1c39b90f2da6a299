"""What is typed is not lost, in Chromium: while typing, over a lost session, before it ends, and without a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import AgendaItem, Draft, Note
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.serving import served
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import a_meeting, an_item
from tests.people import browser_of, person

TYPED, MORE = "The client told for an hour.", " And then some more."


@dataclass
class Desk:
    """Aino's computer at the minutes of one case."""

    context: BrowserContext
    home: str
    aino: User
    item: AgendaItem
    complaints: list[str] = field(default_factory=list)

    def sign_in(self) -> None:
        """Sign in, as another tab does it: the browser gets a new session and a new token."""
        with in_municipality("kaavi"):
            jar = {name: one.value for name, one in browser_of(self.aino).cookies.items()}
        jar |= {LANGUAGE_COOKIE: "en"}
        self.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
        self.context.add_cookies([{"name": name, "value": value, "url": self.home} for name, value in jar.items()])

    def lose_session(self) -> None:
        with in_municipality("kaavi"):
            Session.objects.all().delete()

    def open(self, name: str = "minutes_edit") -> Page:
        page = self.context.new_page()
        page.on("console", lambda line: self.complaints.append(line.text) if "Content Security" in line.text else None)
        number = self.item.case.number
        page.goto(self.home + reverse(name, args=[number] if name == "note_add" else [number, self.item.pk])[1:])
        return page

    def drafts(self) -> list[str]:
        with in_municipality("kaavi"):
            return [draft.content for draft in Draft.objects.all()]


@pytest.fixture
def own_house(own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, User, AgendaItem]]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    now = timezone.now()
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR, language="en")
        meeting = a_meeting(by=aino, at=now, starts_at=now + timedelta(days=1))
        item = an_item(meeting, a_case(by=aino, at=now), by=aino, at=now)
    with served(own_database) as port:
        yield f"http://kaavi.localhost:{port}/", aino, item
    connection.close()


@pytest.fixture
def desk(own_house: tuple[str, User, AgendaItem], new_context: CreateContextCallback) -> Desk:
    desk = Desk(new_context(), *own_house)
    desk.sign_in()
    return desk


def test_what_is_typed_is_kept_and_put_back(desk):
    page = desk.open()
    page.get_by_label("Discussion").fill(TYPED)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.close()

    page = desk.open()
    expect(page.get_by_text("Restored what you had typed")).to_be_visible()
    expect(page.get_by_label("Discussion")).to_have_value(TYPED)

    page.get_by_role("button", name="Save the minutes").click()
    expect(page.get_by_text("The minutes are saved.")).to_be_visible()
    assert desk.drafts() == []
    assert desk.complaints == []


def test_a_lost_session_in_the_middle_of_typing_loses_nothing(desk):
    page = desk.open()
    page.get_by_label("Discussion").fill(TYPED)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    desk.lose_session()

    page.get_by_label("Discussion").press_sequentially(MORE)
    expect(page.get_by_text("Your session has ended.", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Sign in in another tab")).to_have_attribute("target", "_blank")
    expect(page.get_by_label("Discussion")).to_have_value(TYPED + MORE)

    desk.sign_in()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # the person comes back to this tab
    expect(page.get_by_text("You are signed in again.")).to_be_visible()
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.get_by_role("button", name="Save the minutes").click()

    expect(page.get_by_text("The minutes are saved.")).to_be_visible()
    with in_municipality("kaavi"):
        assert AgendaItem.objects.get().text == TYPED + MORE
    assert desk.complaints == []


def test_after_a_lost_session_the_page_comes_back_as_it_was_kept(desk):
    page = desk.open()
    page.get_by_label("Recommendation").fill(TYPED)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    desk.lose_session()
    page.reload()
    expect(page).to_have_url(re.compile("/account/login/"))

    desk.sign_in()

    expect(desk.open().get_by_label("Recommendation")).to_have_value(TYPED)


def test_leaving_the_page_keeps_the_last_words(desk):
    page = desk.open("note_add")
    page.get_by_label("Text").fill(TYPED)
    page.goto(desk.home + "clients/")

    expect(desk.open("note_add").get_by_label("Text")).to_have_value(TYPED)


def test_a_note_that_is_saved_leaves_no_draft(desk):
    page = desk.open("note_add")
    page.get_by_label("Text").fill(TYPED)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.get_by_role("button", name="Save the note").click()

    expect(page.get_by_text("The note is saved.")).to_be_visible()
    assert desk.drafts() == []


def test_the_person_is_told_before_the_session_ends_and_can_stay(desk):
    page = desk.context.new_page()
    page.clock.install()
    page.goto(desk.home)
    warning, button = page.get_by_text("Your session ends soon."), page.get_by_role("button", name="Stay signed in")
    page.clock.fast_forward("17:30")
    page.clock.run_for(6000)
    expect(warning.first).to_be_hidden()

    page.clock.fast_forward("00:40")
    page.clock.run_for(6000)
    expect(warning.first).to_be_visible()
    button.click()
    expect(warning.first).to_be_hidden()

    page.clock.fast_forward("20:10")
    page.clock.run_for(6000)
    expect(page.get_by_text("Your session has ended.")).to_be_visible()


def test_somebody_else_who_signs_in_does_not_get_the_words(desk):
    page = desk.open()
    page.get_by_label("Discussion").fill(TYPED)
    desk.lose_session()
    with in_municipality("kaavi"):
        desk.aino = person("Bertta", Role.SUPERVISOR, language="en")
    page.get_by_label("Discussion").press_sequentially(MORE)
    expect(page.get_by_text("Your session has ended.", exact=True)).to_be_visible()

    desk.sign_in()
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(page.get_by_text("Somebody else has signed in")).to_be_visible()
    assert desk.drafts() == []


def test_without_a_script_the_words_come_back_and_are_sent_again(own_house, new_context):
    desk = Desk(new_context(java_script_enabled=False), *own_house)
    desk.sign_in()
    page = desk.open("note_add")
    page.get_by_label("Text").fill(TYPED)
    desk.lose_session()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_label("Field", exact=False).last).to_have_value(TYPED)
    expect(page.get_by_text("Your session had ended.")).to_be_visible()

    desk.sign_in()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("You have signed in again since the page was opened.")).to_be_visible()
    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_text("The note is saved.")).to_be_visible()
    with in_municipality("kaavi"):
        assert Note.objects.get().text == TYPED
