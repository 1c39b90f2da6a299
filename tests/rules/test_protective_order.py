"""A protective order holds everywhere: no page, print, document, calendar or mail tells where the client is.

What it hides is said by the fields (`casework.models.hidden`): a canary sits in each of them, in every row.
"""

import io
import re
import sys
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from pypdf import PdfReader

from casework.meetings.queries import hides_place
from casework.models import Appointment, Case, Client, Meeting, NetworkPerson, Referral
from casework.models.correction import KeepsHistory
from casework.models.hidden import hidden_fields, is_hidden_by_order
from casework.referrals import actions as referrals
from casework.timeline import corrections
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.accounts.permissions import PORTAL_ROLES, Role
from tenants.encryption import EncryptedTextField
from tenants.mail.models import OutgoingEmail
from tests.browser.furnishing import portal
from tests.casework.situation.making import a_fact
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

MODELS = list(apps.get_app_config("casework").get_models())
HIDDEN = [(model, name) for model in MODELS for name in hidden_fields(model)]
CANARY = re.compile(r"Kanaria\w+")
HOUSING = "KanariaOfHousing"  # a row that is hidden, not a field: the facts of one area
# Where the team itself sits is no secret to those who come: a meeting's page tells it, its minutes and mails do not.
TOLD_TO_WHO_COMES = {page: ["KanariaMeeting_place"] for page in ("meeting", "meeting_edit")}
SOUNDS_LIKE_CONTACT = re.compile(
    r"phone|mobile|fax|mail|street|address|plac|post|city|town|contact|organi[sz]ation|whom|where|locat|resid|home",
    re.I,
)
# Who may read a hidden field as it is: those who write it, and what hands it out.
READERS = re.compile(
    r"^(tests|django\.(db|forms)|tenants\.(derived|encryption)|casework\.(models|timeline\.corrections))\b"
    r"|\.(forms|actions)$"
)
PORTAL = [
    route for route in all_routes() if route.side == "portal" and not route.is_of_allauth and route.name != "document"
]


@pytest.fixture
def aino(kaavi, settings, tmp_path):
    settings.FILES = tmp_path
    return person("Aino", *(Role(role) for role in PORTAL_ROLES))


@pytest.fixture
def house(aino) -> dict[str, Any]:
    """One of everything of a protected client; the referral has been accepted into the case."""
    known = portal(aino, protective_order_source="DVV")
    case, now = Case.objects.get(number=known["case_number"]), timezone.now()
    referral = Referral.objects.get(pk=known["referral_id"])
    opened_on = timezone.localdate()
    typed: dict[str, Any] = {"coordinator": aino, "opened_on": opened_on, "version": referral.version}
    referrals.accept(referral=referral, client=case.client, **typed, by=aino, at=now)
    a_fact(case, by=aino, at=now, area="housing", text=HOUSING)
    for model, name in HIDDEN:
        plant(model, name)
    for model in corrections.tables().values():
        forget(model, case, by=aino)
    for model, name in HIDDEN:
        plant(model, name)
    return known


def forget(model: type[KeepsHistory], case: Case, *, by: User) -> None:
    """Change what an order hides in every row there is, so that its history has the canary."""
    for row in model._default_manager.all() if hidden_fields(model) else ():
        why = Why(reason="", by=by, at=timezone.now(), case=case, kind="client.changed")
        assert corrections.correct(row, dict.fromkeys(hidden_fields(model), ""), why)


def canary(model: type[models.Model], name: str) -> str:
    return f"Kanaria{model.__name__}_{name}"


def plant(model: type[models.Model], name: str) -> None:
    """Put a canary into a field of every row there is."""
    rows = [row for row in model._default_manager.all() if not isinstance(row, Meeting) or hides_place(row)]
    assert rows, f"The furnished case has no {model.__name__}: nothing would be proved of it."
    for row in rows:
        setattr(row, name, canary(model, name))
        row.save()


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
    told = {name: found for name, answer in seen.items() if (found := sorted(set(CANARY.findall(text_of(answer)))))}

    assert told == TOLD_TO_WHO_COMES
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
    assert [mail.subject for mail in mails if CANARY.search(f"{mail.subject}{mail.text}{mail.html}")] == []


@pytest.mark.parametrize(
    ("page", "model", "others"),
    [
        ("client_reveal", Client, set()),
        ("appointment_reveal", Appointment, set()),
        ("situation_reveal", NetworkPerson, {HOUSING}),
    ],
)
def test_for_a_reason_they_are_all_shown(aino, house, page, model, others):
    route = next(route for route in PORTAL if route.name == page)
    address = reverse(page, kwargs={name: house[name] for name, _kind in route.arguments})

    answer = browser_of(aino).post(address, {"reason": "A letter has to be sent."})

    assert set(CANARY.findall(answer.text)) == {canary(model, name) for name in hidden_fields(model)} | others


def test_a_text_field_that_sounds_like_contact_data_says_whether_an_order_hides_it():
    texts = [(model, field) for model in MODELS for field in model._meta.concrete_fields if _is_text(field)]
    unsaid = [
        f"{model.__name__}.{field.name}"
        for model, field in texts
        if SOUNDS_LIKE_CONTACT.search(f"{field.name} {field.verbose_name}") and is_hidden_by_order(field) is None
    ]

    assert unsaid == []
    assert len(HIDDEN) > 10


def _is_text(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.CharField | models.TextField | EncryptedTextField) and not field.choices


class Watched:
    """Stands where a field's own descriptor stood and writes down which module reads the field."""

    def __init__(self, own: Any, name: str, readers: set[tuple[str, str]]) -> None:
        self.own, self.name, self.readers = own, name, readers

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is not None:
            self.readers.add((str(sys._getframe(1).f_globals["__name__"]), self.name))
        return self.own.__get__(record, owner)

    def __set__(self, record: Any, value: Any) -> None:
        if hasattr(type(self.own), "__set__"):
            self.own.__set__(record, value)
        else:
            record.__dict__[self.name] = value


@pytest.fixture
def readers(house, monkeypatch) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for model, name in HIDDEN:
        monkeypatch.setattr(model, name, Watched(model.__dict__[name], name, found))
    return found


def test_pages_papers_and_mails_read_a_hidden_field_by_its_one_accessor_only(aino, house, readers):
    Client.objects.update(protective_order_source="")  # so that what asks for the order by itself reads them, too
    browser = browser_of(aino)
    for route in PORTAL:
        answer_of(browser, house, route)

    assert {reader for reader in readers if not READERS.search(reader[0])} == set()
    assert ("casework.models.hidden", "street") in readers  # it was watched
