"""A form is sent once: every creating form, sent twice one after the other and at the same time, writes one thing."""

import copy
import inspect
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from inspect import isclass
from threading import Barrier
from typing import Any

import pytest
from django.db import connection as thread_connection
from django.forms import BaseForm
from django.test import RequestFactory
from django.urls import reverse
from lxml import html
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.browser.furnishing import House, furnish
from tests.clock import at_noon
from tests.people import PortalClient
from tests.rules.creating import CREATING, NOT_CREATING, Creating
from tests.rules.ground import Ground
from tests.rules.routes import Route, all_routes
from tests.rules.test_routes import in_place

ROUTES = {str(route): route for route in all_routes() if not route.is_of_allauth and not route.is_public}
OWN_BOOKS = {"django_session", "audit_accessentry", "once_sentform", "casework_draft"}  # who came and what was sent
SCHEMAS = {"portal": "kaavi", "console": "public"}
PATIENCE = 30.0  # seconds

type Answer = tuple[int, str]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Kaavi and the console with something on every page; commits are real."""
    with django_db_blocker.unblock(), at_noon(), databases.copied_database("suunta_test_once"):
        yield furnish()


@dataclass(frozen=True)
class Filled:
    """A form as a person has filled it in: where it is sent, what is sent, and by whom."""

    house: House
    side: str
    path: str
    fields: dict[str, Any]

    def browser(self) -> PortalClient:
        return self.house.browser(self.side)

    def send(self) -> Answer:
        return sent(self.browser(), self.path, self.fields)


def filled(house: House, form: Creating) -> Filled:
    """What a browser sends: what the page shows, the key among it, changed by what is typed."""
    route = ROUTES[str(form)]
    ground = Ground(dict(house.arguments[route.side]))
    with in_place(route.side):
        typed = form.fill(ground)
    path = address(route, ground)
    page = address(ROUTES[f"{route.side}:{form.shown_on}"], ground) if form.shown_on else path
    shown: Any = html.fromstring(house.browser(route.side).get(page).content)
    (found,) = [one for one in shown.forms if one.method == "POST" and (one.action or path) == path]
    fields = dict(found.form_values()) | typed
    return Filled(house, route.side, path, fields)


def address(route: Route, ground: Ground) -> str:
    arguments = {name: ground.arguments[name] for name, _ in route.arguments}
    return reverse(route.name, kwargs=arguments, urlconf=route.urlconf)


def sent(opened: PortalClient, path: str, fields: dict[str, Any]) -> Answer:
    for value in fields.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = opened.post(path, fields)
    assert answer.status_code == 302, f"{path} {answer.status_code}: {_reason(answer)}"
    return answer.status_code, answer.headers["Location"]


def _reason(answer: Any) -> str:
    """Why a form came back."""
    context = answer.context or {}
    return str(context["form"].errors.as_text()) if "form" in context else str(context.get("reason", ""))


def counted(side: str) -> Counter[str]:
    """How many rows each table of a side has."""
    with databases.as_superuser(str(thread_connection.settings_dict["NAME"])) as superuser:
        tables = superuser.execute("select tablename from pg_tables where schemaname = %s", [SCHEMAS[side]]).fetchall()
        names = [name for (name,) in tables if name not in OWN_BOOKS]
        sums = ", ".join(f'(select count(*) from "{SCHEMAS[side]}"."{name}")' for name in names)
        row = superuser.execute(f"select {sums}").fetchone()
    return Counter(dict(zip(names, row or (), strict=True)))


@pytest.mark.parametrize("form", CREATING, ids=str)
def test_one_after_the_other(house, form):
    ready = filled(house, form)
    before = counted(ready.side)

    first = ready.send()
    after_first = counted(ready.side)
    second = ready.send()

    assert (after_first - before)[form.table] == 1
    assert second == first
    assert counted(ready.side) == after_first


@pytest.mark.parametrize("form", CREATING, ids=str)
def test_at_the_same_time(house, form):
    ready = filled(house, form)
    before, start = counted(ready.side), Barrier(2, timeout=PATIENCE)

    def send() -> Answer:
        own = {name: copy.copy(value) for name, value in ready.fields.items()}
        start.wait()
        return _sent_beside(replace(ready, fields=own))

    with ThreadPoolExecutor(2) as both:
        answers = [one.result(PATIENCE) for one in [both.submit(send), both.submit(send)]]

    assert answers[0] == answers[1]
    assert (counted(ready.side) - before)[form.table] == 1


def test_a_sending_that_the_first_makes_invalid_while_it_is_checked_is_answered_as_the_first(house, monkeypatch):
    """As the agenda does, which no longer offers the meeting at which the client stands by now."""
    [form] = [one for one in CREATING if one.route == "portal:agenda_add"]
    ready = filled(house, form)
    before, firsts, check = counted(ready.side), [], BaseForm.is_valid

    def checked_after_the_first(own: BaseForm) -> bool:
        monkeypatch.setattr(BaseForm, "is_valid", check)
        with ThreadPoolExecutor(1) as beside:
            firsts.append(beside.submit(_sent_beside, ready).result(PATIENCE))
        return own.is_valid()

    monkeypatch.setattr(BaseForm, "is_valid", checked_after_the_first)

    assert [ready.send()] == firsts
    assert (counted(ready.side) - before)[form.table] == 1


def _sent_beside(ready: Filled) -> Answer:
    try:
        return ready.send()
    finally:
        thread_connection.close()


def test_every_form_and_button_is_known():
    """What can be sent writes something new and is sent twice above, has a version, or is known to write nothing."""
    acting = {name for name, route in ROUTES.items() if _acts(route)}
    creating = {str(form) for form in CREATING}

    assert creating <= acting
    assert {name for name in acting - creating if not _takes_a_version(ROUTES[name])} == NOT_CREATING


def _takes_a_version(route: Route) -> bool:
    """Tell whether a form of a view carries the version of what it changes, by which a second sending is refused."""
    view: Any = inspect.unwrap(route.view)
    named = [view.__globals__.get(name) for name in view.__code__.co_names]
    return any(
        isclass(one) and issubclass(one, BaseForm) and "version" in getattr(one, "base_fields", {}) for one in named
    )


def _acts(route: Route) -> bool:
    """Tell whether a view takes what is sent: its decorator says so to a method that no view has."""
    answer = route.view(RequestFactory().options("/"), **route.sample_arguments())
    return "POST" in answer.headers.get("Allow", "")
