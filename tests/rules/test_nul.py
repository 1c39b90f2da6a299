"""A NUL, which no text of the database can hold, is refused kindly wherever it comes in: path, query, field, cookie."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.urls import reverse

import billing
import casework
import tenants
from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES, Role
from tests.casework.cases.making import a_case
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes
from tests.rules.test_routes import in_place

NUL = "\0"
ROUTES = all_routes()
OF_FIELDS_WITHOUT_FORM = (
    "q",
    "place",
    "content",
    "next",
    "language",
    "decision",
    "way",
    "kind",
    "page",
    "state",
    "who",
)


def all_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of the product and of allauth's views that it uses, from the classes themselves."""
    for floor in (tenants, casework, billing):
        for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if "migrations" not in found.name and "management" not in found.name:
                importlib.import_module(found.name)
    yield from _below(forms.BaseForm)


def _below(parent: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for child in parent.__subclasses__():
        if child.__module__.split(".")[0] in {"tenants", "casework", "billing", "allauth"}:
            yield child
        yield from _below(child)


def everybody(side: str) -> PortalClient:
    """A browser of somebody with every role of a side."""
    roles = PORTAL_ROLES if side == "portal" else CONSOLE_ROLES
    return browser_of(person("Everybody", *map(Role, roles)))


@pytest.fixture(params=["portal", "console"])
def house(request, db):
    """One side of the house with a case in it: its routes, a browser that may see all, and what stands in for names."""
    with in_place(request.param):
        browser = everybody(request.param)
        known = {}
        if request.param == "portal":
            known["case_number"] = a_case(by=person("Aino", Role.COORDINATOR)).number
        yield [route for route in ROUTES if route.side == request.param], browser, known


def address(route: Route, known: dict[str, str]) -> str:
    if route.name == "account_reset_password_from_key":  # a regular expression: it has no converters to ask
        return "/account/password/reset/key/1a-b2/"
    arguments = {**route.sample_arguments(), **{name: known[name] for name, _ in route.arguments if name in known}}
    return reverse(route.name, kwargs=arguments, urlconf=route.urlconf)


def test_a_nul_in_any_part_of_any_path_leads_nowhere(house):
    routes, browser, known = house
    wrong = []
    for route in routes:
        parts = address(route, known).strip("/").split("/")
        for place in range(len(parts)):
            path = "/" + "/".join([*parts[:place], f"{parts[place]}%00", *parts[place + 1 :]]) + "/"
            for answer in (browser.get(path), browser.post(path, {})):
                if answer.status_code != 404:
                    wrong.append((str(route), path, answer.status_code))

    assert wrong == []


def test_a_nul_in_the_query_of_any_address_leads_nowhere(house):
    routes, browser, known = house
    for route in routes:
        for query in ("q=Ma%00ki", "page=%00", "%00=1"):
            assert browser.get(f"{address(route, known)}?{query}").status_code == 404, route


def test_a_nul_in_a_field_that_is_sent_to_any_address_breaks_nothing(house):
    routes, browser, known = house
    names = {name for form in all_forms() for name in getattr(form, "base_fields", {})} | {*OF_FIELDS_WITHOUT_FORM}
    fields = dict.fromkeys(names, f"1{NUL}a")
    wrong = [
        (str(route), answer.status_code)
        for route in routes
        if route.name != "account_logout"
        for answer in [browser.post(address(route, known), fields)]
        if answer.status_code >= 500
    ]

    assert wrong == []


def test_every_text_field_of_every_form_refuses_a_nul():
    known = [(form, name, field) for form in all_forms() for name, field in getattr(form, "base_fields", {}).items()]
    takes = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form, name, field in known
        if isinstance(field, forms.CharField) and _takes_nul(field)
    ]

    assert len(known) > 100
    assert takes == []


def _takes_nul(field: forms.Field) -> bool:
    class Alone(forms.Form):
        only = field

    return Alone({"only": f"Ma{NUL}ki"}).is_valid()


def test_a_cookie_with_a_nul_is_nobodys(kaavi, aino):
    browser = browser_of(aino)
    browser.cookies["suunta_session"] = "\0abcdefgh"

    assert browser.get("/clients/").status_code == 302


def test_a_draft_of_an_address_with_a_nul_is_not_kept(aino_browser, aino):
    place = f"/cases/{a_case(by=aino).number}{NUL}/notes/add/"

    assert aino_browser.post("/drafts/save/", {"place": place, "content": "note=1"}).status_code == 404


def test_a_search_for_a_nul_finds_nothing(aino_browser, aino):
    a_case(by=aino, first_name="Maija", last_name="Mäki")

    answer = aino_browser.post("/clients/search/", {"q": "Ma\0ki"})

    assert answer.status_code == 200
    assert "Mäki" not in answer.content.decode()
