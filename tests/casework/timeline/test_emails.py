"""The mails of casework: three files each, in the recipient's language, and nothing of the client in any of them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from casework.applications import claiming
from casework.models import LedgerEntry
from casework.reminders.sweep import sweep
from casework.timeline import emails
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import (
    FILED,
    LAST_DAY,
    a_decision,
    an_illness,
    appeal_at,
    application_at,
    evidence_of,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import person

FOLDER = Path(emails.__file__).parents[1] / "templates" / "casework" / "emails"
TEMPLATES = sorted({path.name.split(".")[0] for path in FOLDER.iterdir()})
CANARY = "KANARIALINTU"
DAYS = [date(2026, 10, 20), *(LAST_DAY - timedelta(days=days) for days in (14, 7, 3, 1, 0, -2))]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_has_a_subject_a_text_and_an_html_part(template):
    assert {path.name for path in FOLDER.glob(f"{template}.*")} == {
        f"{template}.subject.txt",
        f"{template}.txt",
        f"{template}.html",
    }


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("part", ["subject.txt", "txt", "html"])
def test_a_template_shows_nothing_but_case_number_day_and_link(template, part):
    known = {"case_number": "2026-0143", "path": "/here/", "site": "https://x", "day": LAST_DAY, "days_left": 7}
    known |= {"begins": NOON, "ends": NOON, "cases": 3}
    poisoned = dict.fromkeys(("case", "client", "name", "benefit", "decider", "municipality", "illness", "to"), CANARY)

    assert CANARY not in render_to_string(f"casework/emails/{template}.{part}", known | poisoned)


@pytest.fixture
def canaries(kaavi):
    """A case in which every field that can hold words holds the canary, in all that may be mailed about."""
    by = person("Aino", Role.COORDINATOR)
    words: dict[str, Any] = {
        "first_name": f"{CANARY}-etu",
        "last_name": f"{CANARY}-suku",
        "phone": CANARY,
        "email": f"{CANARY}@x.example",
    }
    case = a_case(by=by, **words, street=CANARY, city=CANARY, postal_code="73670")
    illness = an_illness(case, CANARY, effect=CANARY, by=by)
    waiting = application_at("filed", case=case, by=by)
    evidence_of(waiting, illness, title=CANARY, by=by)
    decided = application_at("filed", case=case, benefit="TAK", decider="kela", by=by)
    decided.reference = CANARY
    decided.save()
    appeal_at("draft", decision=a_decision(application=in_db(decided), reasons=CANARY, by=by), by=by)
    sick = application_at("draft", case=case, benefit="SPR", decider="kela", by=by)
    since: dict[str, Any] = {"counted_from": "incapacity_starts", "counted_on": date(2026, 10, 24)}
    claiming.count_from(application=sick, **since, version=sick.version, by=by, at=NOON)
    return case


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_mail_says_anything_of_the_client_the_benefit_or_the_municipality(canaries, language):
    coordinator = canaries.coordinator
    coordinator.language = language
    coordinator.save()
    code = canaries.client.identity_code

    for day in DAYS:
        sweep(on=day, at=NOON)

    mails = list(OutgoingEmail.objects.all())
    told = {"appeal_deadline", "claim_deadline", "decision_overdue"}
    assert {mail.template.rsplit("/", 1)[1] for mail in mails} == told
    for mail in mails:
        everything = f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.to_email}"
        for secret in (CANARY, code, "eläke", "pension", "Keva", "Kela", "FPA", "Kaavi"):
            assert secret not in everything
        assert canaries.number in mail.subject
        assert f"/cases/{canaries.number}/" in mail.text
        assert f"/cases/{canaries.number}/" in mail.html


@pytest.mark.parametrize(("on", "days"), [(LAST_DAY - timedelta(days=1), "1"), (LAST_DAY, "28.12.2026")])
def test_the_mail_says_the_last_day_and_how_far_it_is(kaavi, on, days):
    by = person("Aino", Role.COORDINATOR, language="en")
    a_decision(by=by)

    sweep(on=on, at=NOON)

    mail = OutgoingEmail.objects.get()
    assert "28.12.2026" in mail.subject
    assert days in mail.text


def test_the_subject_is_one_line_and_the_text_is_not_html(kaavi):
    application_at("filed", by=person("Aino", Role.COORDINATOR, language="en"))

    sweep(on=FILED + timedelta(days=60), at=NOON)

    mail = OutgoingEmail.objects.get()
    assert "\n" not in mail.subject
    assert "<" not in mail.text
    assert "&" not in mail.text
    assert LedgerEntry.objects.get().mail_key == mail.key
