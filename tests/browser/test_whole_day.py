"""A coordinator's whole day in Chromium without JavaScript; the preparation sheet and the debrief on a phone."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import ViewportSize, expect
from pypdf import PdfReader
from pytest_playwright.pytest_playwright import CreateContextCallback

from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.desk import Desk
from tests.browser.furnishing import PORTAL
from tests.browser.serving import served
from tests.casework.documents.paper import PDF
from tests.people import browser_of, person

PHONE = ViewportSize(width=390, height=844)
TEAM = {
    "Daavid": "Doctor",
    "Fanni": "Physiotherapist",
    "Niina": "Nurse",
    "Sami": "Social worker",
    "Tarmo": "Employment services",
}
CLIENT = "Liisa Laine"


@dataclass
class Day:
    """Aino at her desk and with her phone, Fanni the physiotherapist at hers."""

    aino: Desk
    phone: Desk
    fanni: Desk
    today: date

    @property
    def complaints(self) -> list[str]:
        return [*self.aino.complaints, *self.phone.complaints, *self.fanni.complaints]


@pytest.fixture
def whole(
    new_context: CreateContextCallback, own_database: dict[str, str], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Day]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
    with in_municipality("kaavi"):
        team = {name: person(name, Role.TEAM_MEMBER, language="en") for name in TEAM}
        aino = browser_of(person("Aino", Role.COORDINATOR, language="en")).cookies
        fanni = browser_of(team["Fanni"]).cookies
    with served({**own_database, "SUUNTA_FILES": str(tmp_path)}) as port:
        home = f"http://{PORTAL}:{port}/"
        phone = new_context(java_script_enabled=False, viewport=PHONE, has_touch=True, is_mobile=True)
        desks = [new_context(java_script_enabled=False) for _ in range(2)]
        yield Day(
            Desk(desks[0], home, aino), Desk(phone, home, aino), Desk(desks[1], home, fanni), timezone.localdate()
        )
    connection.close()


def test_a_whole_day_needs_no_javascript(whole):
    case = a_client_is_met(whole.aino, whole.today)
    the_team_may_discuss(whole.aino)
    visit = a_visit_is_agreed(whole.aino, whole.today)
    the_sheet_is_written_on_the_phone(whole.phone, visit)
    the_debrief_is_written_on_the_phone(whole.phone, visit, whole.today)
    a_statement_is_asked_for_on_the_phone(whole.phone, whole.today)
    the_statement_is_reminded_of_and_comes(whole.aino, whole.today)

    the_team_is_invited(whole.aino, whole.today)
    the_physiotherapist_writes_a_check(whole.fanni)
    the_minutes_are_written_and_final(whole.aino, whole.today)
    the_description_is_written_and_signed(whole.aino, case)
    an_allowance_is_applied_for(whole.aino, whole.today)
    it_all_stands_on_the_timeline(whole.aino, case)

    assert whole.complaints == []


def tab(desk: Desk, name: str) -> None:
    """Choose a page of the case."""
    desk.main.get_by_role("navigation", name="Pages of the case").get_by_role("link", name=name).click()


def a_client_is_met(desk: Desk, today: date) -> str:
    desk.follow("New client")
    desk.type_in({"First name": "Liisa", "Last name": "Laine", "Personal identity code": "131052-308T"})
    desk.type_in({"Case opened on": today - timedelta(days=60)})
    desk.press("Open the case")
    case = desk.page.url

    tab(desk, "Situation")
    desk.follow("Write down a first meeting")
    desk.type_in({"Work history": "A builder for twenty years.", "Own hopes": "Light work near home."})
    desk.press("Save what was told")
    expect(desk.panel("Mapping of the situation")).to_contain_text("A builder for twenty years.")
    return case


def the_team_may_discuss(desk: Desk) -> None:
    tab(desk, "Basic details")
    desk.follow("Add an illness")
    desk.type_in({"Illness or injury": "Selkäsairaus", "Effect on the ability to work": "Cannot sit for an hour."})
    desk.press("Save the illness")
    tab(desk, "Basic details")
    desk.follow("Add a consent")
    desk.choose("With whom", "Work-ability team")
    desk.tick("Discuss my matters", "In writing")
    desk.press("Save the consent")
    expect(desk.main.get_by_text("1 valid")).to_be_visible()


def a_visit_is_agreed(desk: Desk, today: date) -> str:
    tab(desk, "Visits")
    desk.follow("New appointment")
    desk.tick("Doctor's visit", "The worker comes along to somebody else's appointment")
    desk.type_in({"Day": today, "Begins": "00:00", "Ends": "00:45", "With whom": "Dr. Salo"})
    desk.press("Save the appointment")
    return desk.page.url


def fits(phone: Desk) -> None:
    """Nothing is wider than the phone."""
    phone.page.wait_for_load_state("load")
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def the_sheet_is_written_on_the_phone(phone: Desk, visit: str) -> None:
    phone.page.goto(visit)
    fits(phone)
    phone.follow("Prepare")
    fits(phone)
    expect(phone.field("What is hard in daily life")).to_have_value("Selkäsairaus: Cannot sit for an hour.")
    phone.type_in({"What I want to say": "I am afraid of needles.", "What we ask for": "A statement B."})
    phone.press("Save the sheet")
    phone.panel("Preparation sheet").get_by_role("link", name="Print").click()
    fits(phone)
    expect(phone.main.get_by_role("article")).to_contain_text("I am afraid of needles.")


def the_debrief_is_written_on_the_phone(phone: Desk, visit: str, today: date) -> None:
    phone.page.goto(visit)
    phone.follow("Write up the visit")
    fits(phone)
    phone.type_in({"What was said": "An MRI is needed.", "Next step": "Book the MRI", "Time in minutes": 95})
    phone.press("Save the debrief")
    expect(phone.main.get_by_role("alert")).to_be_visible()  # by which day?
    fits(phone)
    phone.type_in({"Next step by": today + timedelta(days=2)})
    phone.press("Save the debrief")
    fits(phone)
    expect(phone.panel("What came of the visit")).to_contain_text("An MRI is needed.")
    expect(phone.panel("What follows")).to_contain_text("Book the MRI")


def a_statement_is_asked_for_on_the_phone(phone: Desk, today: date) -> None:
    phone.follow("Ask for a statement")
    fits(phone)
    phone.choose("Which statement", "Medical statement B")
    phone.type_in({"Asked of": "Dr. Salo", "Requested on": today - timedelta(days=40)})
    phone.type_in({"Expected by": today - timedelta(days=9)})
    phone.press("Save the request")
    expect(phone.panel("Statements")).to_contain_text("late")
    fits(phone)


def the_statement_is_reminded_of_and_comes(desk: Desk, today: date) -> None:
    call_command("queue_reminders", "--on", today.isoformat(), verbosity=0)
    desk.go_to("Today")
    desk.panel("Tasks and promises").get_by_role("link", name=re.compile("^Ask after: Medical statement B")).click()
    desk.follow("Remind")
    desk.press("Save the reminder")
    desk.follow("Record the statement as received")
    desk.type_in({"Date of the statement": today - timedelta(days=2)})
    desk.field("File").set_input_files({"name": "statement.pdf", "mimeType": "application/pdf", "buffer": PDF})
    desk.press("Save the statement")
    expect(desk.panel("Paper and application").get_by_role("link", name="B statement")).to_be_visible()


def the_team_is_invited(desk: Desk, today: date) -> None:
    desk.go_to("Team meetings")
    desk.follow("New meeting")
    desk.type_in({"Day": today, "Begins": "00:00", "Ends": "23:59", "Place or video link": "Room 2"})
    for name, profession in TEAM.items():
        desk.main.get_by_role("checkbox", name=re.compile(f"^{name}")).check()
        desk.type_in({f"Profession: {name}": profession})
    desk.press("Save and invite")
    desk.follow("Put a case on the agenda")
    desk.choose("Client", next(iter(desk.field("Client").locator("option").all_inner_texts()[1:])))
    desk.type_in({"What is asked of the team": "Is rehabilitation the right way?"})
    desk.press("Put on the agenda")
    expect(desk.panel("Agenda")).to_contain_text(CLIENT)
    expect(desk.panel("Participants").get_by_role("listitem")).to_have_count(len(TEAM) + 1)


def the_physiotherapist_writes_a_check(desk: Desk) -> None:
    desk.go_to("Team meetings")
    desk.panel("To come").get_by_role("link").first.click()
    desk.follow(CLIENT)
    desk.press("More actions")
    desk.follow("Open the case")
    tab(desk, "Work ability")
    desk.follow("New assessment")
    desk.choose("Kind", "Physiotherapist's check")
    moving = desk.main.get_by_role("group", name="Moving and physical load")
    moving.get_by_label(re.compile("^1 ")).check()
    desk.field("How it shows in daily life: Moving and physical load").fill("Lifts five kilos.")
    desk.type_in({"Recommendation": "Sitting work with pauses."})
    desk.press("Save the assessment")
    expect(desk.main.get_by_text("Lifts five kilos.")).to_be_visible()


def the_minutes_are_written_and_final(desk: Desk, today: date) -> None:
    desk.follow(CLIENT)
    desk.follow("Write the minutes")
    desk.type_in({"Discussion": "The back was discussed.", "Recommendation": "Rehabilitation before work."})
    desk.press("Save the minutes")
    for name in ("Daavid", "Fanni"):
        desk.follow("Agree on a task")
        desk.choose("Who does it", name)
        desk.type_in({"What is to be done": f"{name} calls back", "Last day": today})
        desk.press("Save the task")
    desk.follow("Finalise")
    desk.press("Finalise")
    with desk.page.expect_download() as download:
        desk.follow("PDF")
    text = pdf_text(download.value.path().read_bytes())
    assert [word for word in (CLIENT, "The back was discussed.", *TEAM) if word not in text] == []


def the_description_is_written_and_signed(desk: Desk, case: str) -> None:
    desk.page.goto(case)
    tab(desk, "Work ability")
    desk.follow("Begin the description")
    desk.tick("English")
    desk.press("Begin")
    expect(desk.field("Work history and skills")).to_have_value(re.compile("A builder for twenty years"))
    desk.type_in({"What the client is able to do": "Sits half an hour; learns by doing."})
    desk.press("Save the text")
    expect(desk.main.get_by_text("Section “Sleep, memory and mood” is empty.")).to_be_visible()
    desk.follow("Sign")
    desk.main.get_by_role("checkbox", name=re.compile("^I have read it through")).check()
    desk.press("Sign")
    for link, beginning in ((re.compile("^PDF"), b"%PDF"), (re.compile("^Word"), b"PK")):
        with desk.page.expect_download() as download:
            desk.main.get_by_role("link", name=link).click()
        assert download.value.path().read_bytes().startswith(beginning)


def an_allowance_is_applied_for(desk: Desk, today: date) -> None:
    description = desk.page.url
    desk.follow("Attach to an application")
    desk.follow("New application")
    desk.choose("Benefit or service", "Sickness allowance")
    desk.choose("Decider", "Kela")
    desk.press("Begin the application")
    application = desk.page.url
    desk.page.goto(description)
    desk.follow("Attach to an application")
    desk.field("Application").select_option(index=1)
    desk.press("Attach")
    expect(desk.page).to_have_url(application)
    desk.follow("Attach evidence")
    desk.choose("Kind", "Medical statement B")
    desk.choose("Document of the case", "B statement")
    desk.press("Add to the list")
    desk.follow("Record as filed")
    desk.type_in({"Filed on": today})
    desk.press("Record as filed")
    expect(desk.main.get_by_role("link", name="Record the decision", exact=True)).to_be_visible()


def it_all_stands_on_the_timeline(desk: Desk, case: str) -> None:
    desk.page.goto(case)
    tab(desk, "Timeline")
    shown = desk.panel("Timeline")
    for event in ("First meeting written down", "Appointment held", "Statement received", "Application filed"):
        expect(shown.get_by_text(event).first).to_be_visible()
    desk.go_to("Today")
    expect(desk.panel("Tasks and promises")).to_contain_text("Book the MRI")


def pdf_text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
