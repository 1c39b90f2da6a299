"""A doctor's visit on a phone in Chromium: the sheet with the client beside, then the debrief, without typing twice."""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Literal

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import Appointment, ServiceEntry, Task
from casework.visits import actions as appointments
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.furnishing import PORTAL
from tests.browser.serving import served
from tests.casework.applications.making import an_illness
from tests.casework.cases.making import a_case
from tests.casework.visits.making import details
from tests.people import browser_of, person

PHONE = ViewportSize(width=390, height=844)
FINGER = 44  # px: what a thumb hits


class Phone:
    """Aino's phone: fields by label, buttons and links by name; every page must fit its width."""

    def __init__(self, page: Page) -> None:
        self.page, self.main = page, page.get_by_role("main")
        self.complaints: list[str] = []
        page.on("console", lambda line: self.complaints.append(f"{line.type}: {line.text}"))

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.fits()

    def fits(self) -> None:
        self.page.wait_for_load_state("load")
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    def field(self, label: str) -> Locator:
        return self.main.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+optional)?\s*$", re.IGNORECASE))

    def tap(self, role: Literal["link", "button"], name: str) -> None:
        target = self.main.get_by_role(role, name=name, exact=True).first
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= FINGER
        with self.page.expect_event("load"):  # a form that is sent also replaces its place in the history
            target.tap()
        self.fits()


@pytest.fixture
def visit(
    real_clock: None, new_context: CreateContextCallback, own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Phone, str, Appointment]]:
    """A visit of today that has begun, opened on Aino's phone."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR, language="en")
        now = timezone.now()
        case = a_case(by=aino, at=now, opened_on=timezone.localdate() - timedelta(days=60))
        an_illness(case, "Back pain", effect="Cannot sit for an hour.", by=aino, at=now)
        known = details(worker=aino, on=timezone.localdate(), begins=time(0), ends=time(0, 45))
        made = appointments.agree(case=case, details=known, by=aino, at=now)
        jar = {name: morsel.value for name, morsel in browser_of(aino).cookies.items()} | {LANGUAGE_COOKIE: "en"}
        path = made.get_absolute_url()
    with served(own_database) as port:
        home = f"http://{PORTAL}:{port}"
        context = new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
        context.add_cookies([{"name": name, "value": value, "url": home} for name, value in jar.items()])
        yield Phone(context.new_page()), home + path, made
    connection.close()


def test_from_the_preparation_sheet_to_the_debrief(visit):
    phone, address, made = visit

    the_sheet_is_written(phone, address)
    a_lost_page_loses_nothing(phone, address)
    the_debrief_is_written_once(phone)

    with in_municipality("kaavi"):
        assert Appointment.objects.get(pk=made.pk).is_debriefed
        assert Task.objects.get().title == "Book the MRI"
        assert ServiceEntry.objects.get().minutes == 95
    assert phone.complaints == []


def the_sheet_is_written(phone, address):
    phone.open(address)
    phone.tap("link", "Prepare")
    expect(phone.field("What is hard in daily life")).to_have_value("Back pain: Cannot sit for an hour.")
    phone.field("What I want to say").fill("I am afraid of needles.")
    phone.field("What we ask for").fill("A statement B.")
    phone.tap("button", "Save the sheet")
    expect(phone.main).to_contain_text("I am afraid of needles.")

    phone.open(f"{address}sheet/")
    sheet = phone.main.get_by_role("article")
    expect(sheet).to_contain_text("Back pain: Cannot sit for an hour.")
    size = sheet.locator("p").last.evaluate("words => parseFloat(getComputedStyle(words).fontSize)")
    assert size >= 20


def a_lost_page_loses_nothing(phone, address):
    phone.open(f"{address}debrief/")
    with phone.page.expect_response(lambda answer: answer.request.method == "POST"):
        phone.field("What was said").fill("The back is to be pictured.")
    phone.open(address)  # somebody rang
    phone.open(f"{address}debrief/")
    expect(phone.field("What was said")).to_have_value("The back is to be pictured.")


def the_debrief_is_written_once(phone):
    phone.field("What was ordered").fill("MRI")
    phone.field("Next step").fill("Book the MRI")
    phone.tap("button", "Save the debrief")
    expect(phone.main.get_by_role("alert")).to_be_visible()  # by which day?
    expect(phone.field("What was ordered")).to_have_value("MRI")
    phone.field("Next step by").fill(str(timezone.localdate() + timedelta(days=7)))
    phone.field("Time in minutes").fill("95")
    phone.tap("button", "Save the debrief")
    expect(phone.main).to_contain_text("Book the MRI")
    expect(phone.main.get_by_role("link", name="Ask for a statement").first).to_be_visible()
