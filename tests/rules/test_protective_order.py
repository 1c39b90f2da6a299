"""A protective order holds everywhere: no page, print, document, calendar or mail tells where the client is."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from docx import Document as Word
from pypdf import PdfReader

from tenants.accounts.permissions import PORTAL_ROLES, Role
from tenants.mail.models import OutgoingEmail
from tests.browser.furnishing import portal
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

CLIENT = {
    "phone": "040 765 0001",
    "email": "salattu@suoja.example",
    "street": "Turvakuja 7",
    "postal_code": "99123",
    "city": "Suojakylä",
    "protective_order_source": "DVV",
}
OF_THE_CLIENT = [CLIENT[name] for name in ("phone", "email", "street", "postal_code", "city")]
# Where the team itself sits is no secret to the team: a meeting's page tells it, its minutes and mails do not.
OF_PLACES_AND_PEOPLE = ["Tri Salo", "Terveysasema", "040 765 4321", "liisa@terveys.example"]
CANARIES = re.compile("|".join(map(re.escape, [*OF_THE_CLIENT, *OF_PLACES_AND_PEOPLE])))
PORTAL = [
    route for route in all_routes() if route.side == "portal" and not route.is_of_allauth and route.name != "document"
]


@pytest.fixture
def aino(kaavi, settings, tmp_path):
    settings.FILES = tmp_path
    return person("Aino", *(Role(role) for role in PORTAL_ROLES))


@pytest.fixture
def house(aino) -> dict[str, Any]:
    return portal(aino, **CLIENT)


def answer_of(browser: PortalClient, house: dict[str, Any], route: Route) -> Any:
    address = reverse(route.name, kwargs={name: house[name] for name, _kind in route.arguments})
    return browser.get(address, follow=True)


def text_of(answer: Any) -> str:
    """What a person reads: of a page all bytes, of a paper its text."""
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    if "wordprocessingml" in kind:
        paper = Word(io.BytesIO(answer.content))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        return " ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    return str(answer.content.decode())


def test_no_page_print_document_or_calendar_tells_it(aino, house):
    browser = browser_of(aino)
    answers = {route.name: answer_of(browser, house, route) for route in PORTAL}
    seen = {name: answer for name, answer in answers.items() if answer.status_code == 200}
    told = {name: found for name, answer in seen.items() if (found := sorted(set(CANARIES.findall(text_of(answer)))))}

    assert told == {}
    assert "Health centre, room 2" not in text_of(seen["minutes_pdf"])
    shown = {
        "case_basics",
        "appointment",
        "appointment_sheet",
        "case_map_pdf",
        "minutes_pdf",
        "description_docx",
        "calendar_file",
    }
    assert shown <= set(seen)  # the crawl reached what it is about


def test_no_mail_tells_it(aino, house):
    mails = OutgoingEmail.objects.all()

    assert mails
    assert [mail.subject for mail in mails if CANARIES.search(f"{mail.subject}{mail.text}{mail.html}")] == []


def test_the_client_s_own_data_are_shown_for_a_reason(aino, house):
    browser = browser_of(aino)

    page = browser.post(reverse("client_reveal", args=[house["case_number"]]), {"reason": "A letter has to be sent."})

    assert CLIENT["street"] in page.text
