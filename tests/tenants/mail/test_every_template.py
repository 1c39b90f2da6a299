"""No mail shows anything but what is known to tell of no client: a canary is whatever else its template asks for."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from deploy.local.embedded import ROOT
from tenants.mail import delivery, outbox
from tests.clock import NOON
from tests.mail_server import received
from tests.people import person

CANARY = "KANARIALINTU"
TEMPLATES = sorted(
    str(path.relative_to(path.parents[2])).removesuffix(".subject.txt")
    for floor in ("tenants", "casework", "billing")
    for path in (ROOT / floor / "templates").rglob("emails/*.subject.txt")
)
KNOWN: dict[str, Any] = {  # what a mail may say: links, days, numbers, and what it says of the staff it is for
    "site": "https://kaavi.example",
    "path": "/here/",
    "language": "fi",
    "case_number": "2026-0143",
    **dict.fromkeys(("day", "on"), NOON.date()),
    **dict.fromkeys(("days", "days_left", "cases", "entries", "number"), 3),
    **dict.fromkeys(("begins", "ends", "expires_at", "takes_effect_at"), NOON),
    "roles": ["koordinaattori"],
    "event": "salasana",
    "inviter": "Paula",
    "municipality": {"name": "Kaavi"},
    "head": "0" * 64,
    "is_whole": True,
    "is_moved": False,
    "time": "12.00",
}


class Poisoned(dict[str, Any]):
    """A context that answers a canary for whatever nobody has thought of; `asked` names it."""

    def __init__(self) -> None:
        super().__init__(KNOWN)
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        self.asked.add(name)
        return CANARY


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_shows_no_canary(template, language):
    context = Poisoned()
    with translation.override(language):
        parts = [render_to_string(f"{template}.{part}", context) for part in ("subject.txt", "txt", "html")]

    assert [part for part in parts if CANARY in part] == []


def test_every_floor_was_looked_through():
    assert {template.partition("/")[0] for template in TEMPLATES} == {"accounts", "audit", "casework"}
    assert len(TEMPLATES) >= 10


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_header_tells_whose_account_it_is_or_what_it_is_about(kaavi, mail_server, template):
    somebody = person("Kanarialintu")
    somebody.email, somebody.name = "aino@kaavi.example", CANARY
    somebody.save()
    outbox.write(template, to=somebody, context=KNOWN, key=CANARY, at=NOON, about=CANARY)

    delivery.deliver_due(at=NOON + timedelta(minutes=1))

    [letter] = received(mail_server)
    assert CANARY.lower() not in _whole(letter).lower()
    assert letter["To"] == "aino@kaavi.example"


def _whole(letter: EmailMessage) -> str:
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in letter.items()), *parts])
