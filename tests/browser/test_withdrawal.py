"""A client leaves the service, in Chromium without JavaScript: what Aino reads and does, what the team sees after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.models import Case
from tenants.display import day
from tenants.scope import in_municipality
from tests.browser.desk import Desk
from tests.browser.furnishing import PORTAL
from tests.browser.serving import served
from tests.journeys.test_withdrawal import LAW, everybody, everything_is_under_way
from tests.people import browser_of


@dataclass
class Leaving:
    """Liisa's case, opened by Aino, by Daavid of her team, and by Fanni who is invited to tomorrow's meeting."""

    case: Case
    aino: Desk
    team: list[Desk]


@pytest.fixture
def leaving(
    real_clock: None,
    new_context: CreateContextCallback,
    own_database: dict[str, str],
    settings: Settings,
    tmp_path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Leaving]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    settings.FILES = tmp_path
    with in_municipality("kaavi"):
        staff = everybody()
        case = everything_is_under_way(staff, timezone.localdate())
        cookies = [browser_of(user).cookies for user in (staff.aino, staff.daavid, staff.fanni)]
    with served({**own_database, "SUUNTA_FILES": str(tmp_path)}) as port:
        home = f"http://{PORTAL}:{port}/"
        aino, *team = (Desk(new_context(java_script_enabled=False), home, jar) for jar in cookies)
        for desk in (aino, *team):
            desk.page.goto(f"{home}cases/{case.number}/")
        yield Leaving(case, aino, team)
    connection.close()


def test_a_client_leaves_and_is_told_what_remains(leaving):
    aino, case = leaving.aino, leaving.case
    page = aino.page.url
    for desk in leaving.team:
        expect(desk.main.get_by_role("heading", name="Liisa Laine")).to_be_visible()
    calendar = a_private_calendar_is_made(aino, page)

    aino_reads_what_ends_and_what_goes_on(aino)
    the_client_withdraws(aino)
    what_is_kept_is_said(aino, case)
    the_visit_is_cancelled_everywhere(aino, calendar, case)
    for desk in leaving.team:
        the_case_is_gone(desk, case)

    assert aino.complaints == []


def a_private_calendar_is_made(desk: Desk, page: str) -> str:
    desk.go_to("Appointments")
    desk.follow("To my own calendar")
    desk.press("Make an address")
    address = desk.panel("Your address").get_by_text(".ics").inner_text()
    desk.page.goto(page)
    return address


def aino_reads_what_ends_and_what_goes_on(desk: Desk) -> None:
    desk.press("More actions")
    desk.follow("The client does not want to go on")
    for words in ("Doctor's visit", "Medical statement B", "Agenda of the meeting of", "Task: Book the MRI"):
        expect(desk.main).to_contain_text(words)
    expect(desk.panel("What goes on")).to_contain_text("goes on handling")
    expect(desk.panel("Last days that run: tell these to the client")).to_contain_text("Appeal against the decision")
    with desk.page.expect_download() as download:
        desk.follow("Print the paper for the client before you close the case (PDF)")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert "Laine" not in download.value.suggested_filename


def the_client_withdraws(desk: Desk) -> None:
    desk.main.get_by_label(re.compile("Task: Tell the last day of appeal")).select_option(label="Aino")
    desk.type_in({"Why, in the client's own words": "I want to rest now."})
    desk.press("End the service and close the case")
    expect(desk.main.get_by_role("status").first).to_be_visible()


def what_is_kept_is_said(desk: Desk, case: Case) -> None:
    today = timezone.localdate()
    kept = desk.panel("How long the data are kept")

    expect(kept).to_contain_text(day(today.replace(year=today.year + 4)))
    expect(kept).to_contain_text(LAW)
    expect(desk.panel("Consents").get_by_role("link", name=re.compile("^Take back"))).to_have_count(0)
    desk.main.get_by_role("navigation", name="Pages of the case").get_by_role("link", name="Timeline").click()
    expect(desk.panel("Timeline")).to_contain_text("I want to rest now.")


def the_visit_is_cancelled_everywhere(desk: Desk, calendar: str, case: Case) -> None:
    desk.main.get_by_role("navigation", name="Pages of the case").get_by_role("link", name="Visits").click()
    expect(desk.panel("Past and cancelled appointments")).to_contain_text("Cancelled")
    expect(desk.panel("Statements")).to_contain_text("No longer needed")
    desk.go_to("Today")
    expect(desk.panel("Tasks and promises")).to_contain_text("Tell the last day of appeal")
    expect(desk.panel("Tasks and promises")).not_to_contain_text("Book the MRI")

    text = read_by_a_calendar(calendar)
    assert f"case {case.number}" in text
    assert "STATUS:CANCELLED" in text
    assert "Laine" not in text


def read_by_a_calendar(address: str) -> str:
    """What a calendar program gets, which has signed in nowhere."""
    parts = urlsplit(address)
    web = HTTPConnection("127.0.0.1", parts.port or 80, timeout=20)
    web.request("GET", parts.path, headers={"Host": parts.netloc})
    answer = web.getresponse()
    assert answer.status == 200
    text = answer.read().decode()
    web.close()
    return text


def the_case_is_gone(desk: Desk, case: Case) -> None:
    answer = desk.page.reload()
    assert answer is not None
    assert answer.status == 404
    assert "Laine" not in desk.page.content()
    desk.page.goto(desk.page.url.split("/cases/")[0])
    desk.go_to("Team meetings")
    for link in desk.panel("To come").get_by_role("link").all():
        link.click()
        expect(desk.panel("Agenda")).to_contain_text("No case is on the agenda yet.")
