"""The main road in Chromium without JavaScript: from a referral on the portal to an invoice on the console."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.utils import timezone, translation
from playwright.sync_api import expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from billing.models import Contract, Seller
from tenants.accounts.permissions import Role
from tenants.scope import in_console, in_municipality
from tests.billing.making import BUYER, SELLER
from tests.browser.desk import Desk
from tests.browser.furnishing import CONSOLE, PORTAL
from tests.browser.serving import served
from tests.people import browser_of, person

BACK, DEPRESSION = "Selkäsairaus", "Masennus"


@pytest.fixture
def road(
    new_context: CreateContextCallback, own_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desk, Desk]]:
    """Aino's desk at the portal and Fiona's at the console."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    with in_municipality("kaavi"):
        cookies = [browser_of(person("Aino", Role.COORDINATOR, language="en")).cookies]
    with in_console():
        cookies.append(browser_of(person("Fiona", Role.FINANCE, language="en")).cookies)
    with served(own_database) as port:
        homes = [f"http://{host}:{port}/" for host in (PORTAL, CONSOLE)]
        contexts = [new_context(java_script_enabled=False) for _ in homes]
        aino, fiona = (Desk(*each) for each in zip(contexts, homes, cookies, strict=True))
        yield aino, fiona
    connection.close()


def test_the_main_road_needs_no_javascript(road):
    aino, fiona = road
    today = timezone.localdate()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)

    a_referral_becomes_a_case(aino, today)
    case = aino.page.url
    an_application_is_filed(aino, today)
    a_reminder_stands_on_the_timeline(aino, case, today)
    a_rejection_is_recorded(aino, today)
    the_check_shows_the_gap_and_ends_in_an_appeal(aino)
    an_appeal_is_filed(aino, today)
    work_is_logged(aino, case, month)

    what_is_billed_is_written_down(fiona, month)
    the_month_is_closed_and_issued(fiona, month)
    the_invoice_is_downloaded(fiona)

    assert aino.complaints + fiona.complaints == []


def a_referral_becomes_a_case(desk: Desk, today: date) -> None:
    desk.follow("New referral")
    desk.choose("Referred by", "Employment services")
    desk.type_in({"First name of the person": "Liisa", "Last name of the person": "Laine"})
    desk.type_in({"Received on": today - timedelta(days=160), "Personal identity code": "131052-308T"})
    desk.type_in({"Why the person is referred": "Two years without work; back pain."})
    desk.press("Save the referral")
    desk.go_to("Today")
    expect(desk.panel("New referrals")).to_contain_text("Liisa Laine")

    desk.follow("Accept: Liisa Laine")
    expect(desk.field("Personal identity code")).to_have_value("131052-308T")
    desk.tick("No, a new client")
    desk.type_in({"Case opened on": today - timedelta(days=150)})
    desk.press("Accept")
    expect(desk.page).to_have_url(re.compile(r"/cases/\d{4}-\d{4}/$"))


def an_application_is_filed(desk: Desk, today: date) -> None:
    for name, code in ((BACK, "M54.5"), (DEPRESSION, "F32.1")):
        desk.follow("Add an illness")
        desk.type_in({"Illness or injury": name, "ICD-10 code": code})
        desk.press("Save the illness")
    desk.follow("New application")
    desk.choose("Benefit or service", "Disability pension (earnings-related)")
    desk.choose("Decider", "Keva")
    desk.press("Begin the application")
    desk.follow("Attach evidence")
    desk.choose("Kind", "Medical statement B")
    desk.type_in({"What it is": "Dr. Salo", "Date on the paper": today - timedelta(days=110)})
    desk.tick(f"{BACK} (M54.5)")
    desk.press("Add to the list")
    desk.follow("Record as filed")
    desk.type_in({"Filed on": today - timedelta(days=100)})
    desk.press("Record as filed")
    expect(desk.main.get_by_role("link", name="Record the decision", exact=True)).to_be_visible()


def a_reminder_stands_on_the_timeline(desk: Desk, case: str, today: date) -> None:
    application = desk.page.url
    call_command("queue_reminders", "--on", today.isoformat(), verbosity=0)

    desk.page.goto(case)
    desk.main.get_by_role("navigation", name="Pages of the case").get_by_role("link", name="Timeline").click()
    expect(desk.panel("Timeline")).to_contain_text("a decision takes longer than usual")
    desk.page.goto(application)


def a_rejection_is_recorded(desk: Desk, today: date) -> None:
    desk.follow("Record the decision")
    desk.type_in({"Date of the decision": today - timedelta(days=5)})
    desk.type_in({"Posted, sent or handed over on": today - timedelta(days=4)})
    desk.tick("Rejected", "By post")
    desk.press("Record the decision")
    expect(desk.page).to_have_url(re.compile(r"/decisions/[0-9a-f-]{36}/$"))


def the_check_shows_the_gap_and_ends_in_an_appeal(desk: Desk) -> None:
    expect(desk.main.get_by_role("row", name=BACK)).to_contain_text("Medical statement B")
    expect(desk.main.get_by_role("row", name=DEPRESSION)).to_contain_text("Nothing recorded as sent")
    desk.choose(f"{BACK}: how does the decision treat it?", "Considered")
    desk.choose(f"{DEPRESSION}: how does the decision treat it?", "Not mentioned")
    desk.tick("The decision is accepted")
    desk.press("Save the check")

    desk.main.get_by_role("alert").get_by_role("link", name="Reason:").click()
    expect(desk.field("Reason")).to_be_focused()
    expect(desk.field(f"{BACK}: how does the decision treat it?")).to_have_value("considered")
    desk.tick("Appeal")
    desk.press("Save the check")
    expect(desk.panel("Was every illness considered?")).to_contain_text("Conclusion")


def an_appeal_is_filed(desk: Desk, today: date) -> None:
    steps = desk.main.get_by_role("group").get_by_role("listitem")
    expect(steps.first).to_be_hidden()
    desk.main.get_by_text("How the day was calculated").click()
    expect(steps.filter(has_text="150/1930").first).to_be_visible()

    desk.press("Begin the appeal")
    expect(desk.panel("What is asked for, and why")).to_contain_text(DEPRESSION)
    expect(desk.main.get_by_text("150/1930").first).to_be_visible()
    desk.follow("Record the appeal as filed")
    desk.type_in({"Arrived on": today})
    desk.press("Record the appeal as filed")
    expect(desk.main.get_by_role("link", name="Record the ruling", exact=True)).to_be_visible()


def work_is_logged(desk: Desk, case: str, month: date) -> None:
    desk.page.goto(case)
    desk.press("More actions")
    desk.follow("Log a service")
    desk.choose("Service", "Coordination")
    desk.type_in({"Day": month.replace(day=17), "Time in minutes": 135})
    desk.tick("It is billed")
    desk.press("Save")
    expect(desk.main.get_by_role("status").first).to_be_visible()


def labelled(model: type[Model], values: Mapping[str, Any]) -> dict[str, str]:
    """Key values by the labels of their fields."""
    with translation.override("en"):
        return {str(field.verbose_name): values[field.name] for field in model._meta.fields if values.get(field.name)}


def what_is_billed_is_written_down(desk: Desk, month: date) -> None:
    desk.go_to("Contracts")
    desk.follow("Fill them in")
    desk.type_in(labelled(Seller, SELLER))
    desk.press("Save")
    desk.follow("Add a contract")
    desk.choose("Municipality", "Kaavi")
    desk.type_in(labelled(Contract, BUYER | {"valid_from": month, "language": ""}))
    desk.press("Add a contract")
    desk.follow("Add a price")
    desk.choose("Unit", "hour")
    desk.type_in({"Name on the invoice": "Coordination", "Price without VAT": "60", "First day": month})
    desk.tick("Outside the scope of VAT")
    desk.choose("Code of the reason", "VATEX-EU-O: outside the scope of VAT")
    desk.type_in({"Reason for no VAT": "KHO 2009:42"})
    desk.press("Add a price")
    expect(desk.panel("Prices")).to_contain_text("60,00")


def the_month_is_closed_and_issued(desk: Desk, month: date) -> None:
    desk.go_to("Months")
    desk.follow(f"Close {month:%B %Y}")
    desk.press("Close the month")
    desk.follow("Issue the invoices")
    desk.press("Issue the invoices")
    expect(desk.main.get_by_role("status")).to_contain_text("1 invoice was issued")


def the_invoice_is_downloaded(desk: Desk) -> None:
    desk.go_to("Invoices")
    desk.panel("Invoices").get_by_role("row").nth(1).get_by_role("link").click()
    expect(desk.main.get_by_text("135,00").first).to_be_visible()  # 2 h 15 min at 60 euros
    with desk.page.expect_download() as download:
        desk.follow("PDF")
    assert download.value.path().read_bytes().startswith(b"%PDF")
