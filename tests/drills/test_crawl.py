"""No request shows another municipality's data: every address x every role x keys of one's own and of the neighbour.

What a person or an action ever wrote into a text of Kaavi or Tuusniemi ends with a word of that municipality.
"""

import copy
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.urls.converters import StringConverter, UUIDConverter

from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES, Role
from tenants.encryption import EncryptedTextField
from tenants.scope import in_console, in_municipality
from tests.browser.furnishing import furnish, portal
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes
from tests.rules.test_door import Answer, crawl, give_reason

EVERY = int(os.environ.get("SUUNTA_DRILL_EVERY", "1"))  # address; 9 is a quick look
WORDS = {"kaavi": "kanarialintu", "tuusniemi": "tuhatkauno"}
HOUSES_SEEN_FROM = {"kaavi": ("kaavi", "tuusniemi"), "tuusniemi": ("kaavi",)}  # lists have no keys: all are seen twice
OF_A_PATTERN = {"account_reset_password_from_key": (("uidb36", StringConverter), ("key", StringConverter))}
ROUTES = [replace(route, arguments=OF_A_PATTERN.get(route.name, route.arguments)) for route in all_routes()]
SIDES = {side: [route for route in ROUTES if route.side == side][::EVERY] for side in ("portal", "console")}
OF_NOBODY = {"secret": "s" * 43, "key": "x-y", "uidb36": "x", "place": "kaavi", "schema_name": "kaavi"}
NO_WORDS = {"email", "language", "password"}  # of a person: what is neither an address nor a code any more, is broken

type House = dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """What somebody at one place got at an address with the keys of a house."""

    role: str
    place: str
    keys: str
    answer: Answer

    @property
    def leaks(self) -> bool:
        return any(word in self.answer.text for place, word in WORDS.items() if place != self.place)

    @property
    def shows_its_own(self) -> bool:
        return self.place in WORDS and WORDS[self.place] in self.answer.text

    @property
    def opens_anothers(self) -> bool:
        """Tell whether a key of a row of the neighbour's led anywhere but to the question why."""
        has_key = any(converter is UUIDConverter for _, converter in self.answer.route.arguments)
        is_led_away = self.answer.asks_why or self.answer.leads_to.startswith("/account/")
        return has_key and self.keys != self.place and not (self.answer.is_shut or is_led_away)

    def __str__(self) -> str:
        return f"{self.role} in {self.place} with keys of {self.keys}: {self.answer}"


@pytest.fixture
def houses(own_database, settings, tmp_path) -> dict[str, House]:
    """Kaavi, Tuusniemi and the console, furnished, and every text of the first two with a word of its own."""
    settings.FILES = tmp_path
    furnished = furnish()
    found = {"kaavi": furnished.arguments["portal"], "console": furnished.arguments["console"]}
    with in_municipality("tuusniemi"):
        found["tuusniemi"] = portal(person("Aino", *(Role(role) for role in PORTAL_ROLES)))
    for schema, word in WORDS.items():
        with in_municipality(schema):
            assert mark(word) > 100
    return found


def mark(word: str) -> int:
    """Put the word behind every text of the municipality one is in that the database lets be longer; count them."""
    marked = 0
    for model in (model for name in ("casework", "accounts") for model in apps.get_app_config(name).get_models()):
        for row in model._base_manager.all():
            marked += sum(_marked(row, field, word) for field in texts_of(model))
    return marked


def texts_of(model: type[models.Model]) -> list[Any]:
    """The fields of a model that hold what people write, sealed or open: no choices, no keys, no codes."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField | EncryptedTextField)
        and not (field.primary_key or field.choices or field.unique or field.name in NO_WORDS)
    ]


def is_words(text: str) -> bool:
    """Tell what a person wrote from a code of ours, which another one would not be known by."""
    return (" " in text and text[0] not in "{[") or (text.isalpha() and text.istitle() and len(text) > 3)


def _marked(row: models.Model, field: Any, word: str) -> bool:
    before = getattr(row, field.attname)
    if not isinstance(before, str) or not is_words(before) or (field.max_length or 999) <= len(before) + len(word):
        return False
    setattr(row, field.attname, f"{before} {word}")
    try:
        with transaction.atomic():
            row.save(update_fields=[field.attname])
    except (DatabaseError, ValueError):
        setattr(row, field.attname, before)
        return False
    return True


def visits(houses: dict[str, House]) -> Iterator[Visit]:
    """Everybody asks for everything: in Kaavi with the keys of the house and of the neighbour's, there with Kaavi's."""
    for schema in WORDS:
        for role in PORTAL_ROLES:
            with in_municipality(schema):
                somebody = person(f"Somebody{role}", Role(role))
                give_reason(somebody, houses[schema]["case_number"])
                for keys in HOUSES_SEEN_FROM[schema]:
                    for answer in _asked(browser_of(somebody), houses[keys], SIDES["portal"]):
                        yield Visit(role, schema, keys, answer)
    for role in CONSOLE_ROLES:
        with in_console():
            for answer in _asked(
                browser_of(person(f"Somebody{role}", Role(role))), houses["console"], SIDES["console"]
            ):
                yield Visit(role, "console", "console", answer)


def _asked(browser: PortalClient, keys: House, routes: list[Route]) -> Iterator[Answer]:
    """Ask each address by GET and POST, signed in anew after those that sign out."""
    jar = copy.deepcopy(browser.cookies)
    for route in routes:
        yield from crawl(browser, route.sample_arguments() | OF_NOBODY | keys, [route])
        browser.cookies = copy.deepcopy(jar)


def test_crawl(houses, tell):
    answers = list(visits(houses))
    leaks = [str(visit) for visit in answers if visit.leaks]
    opened = [str(visit) for visit in answers if visit.opens_anothers]

    tell(addresses=len({str(visit.answer.route) for visit in answers}), roles=len(PORTAL_ROLES + CONSOLE_ROLES),
         requests=len(answers), opened=len(opened), leaks=len(leaks))  # fmt: skip
    assert (leaks, opened) == ([], [])
    assert {str(visit.answer.route) for visit in answers} == {str(route) for side in SIDES.values() for route in side}
    assert {visit.place for visit in answers if visit.shows_its_own} == {*WORDS}  # else nothing could leak
