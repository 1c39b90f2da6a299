"""The side navigation: who sees which entry, which one is current, and numbers beside entries."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import ResolverMatch, reverse

from tenants import navigation
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.models import Municipality
from tenants.navigation import Count, places, shell

KAAVI = Municipality(name="Kaavi", schema_name="kaavi")


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR_OFF = True


@pytest.fixture
def _addresses_are_names(monkeypatch):
    monkeypatch.setattr(navigation, "reverse", lambda name, urlconf: name)


def request_of(role, municipality, *, url_name="today"):
    request: Any = RequestFactory().get("/")
    request.user = User(name="Aino", roles=[role])
    request.municipality = municipality
    request.session = {}
    request.resolver_match = ResolverMatch(shell, (), {}, url_name=url_name)
    return request


def items_of(role, municipality, *, url_name="today"):
    return shell(request_of(role, municipality, url_name=url_name))["navigation"]


@pytest.mark.usefixtures("_addresses_are_names")
@pytest.mark.parametrize(
    ("role", "municipality", "places"),
    [
        (
            Role.COORDINATOR,
            KAAVI,
            ["today", "client_list", "referral_list", "appointment_list", "meeting_list", "phrase_list"],
        ),
        (Role.TEAM_MEMBER, KAAVI, ["today", "client_list", "appointment_list", "meeting_list"]),
        (Role.PORTAL_ADMIN, KAAVI, ["figure_list", "people"]),
        (Role.PRIVACY_OFFICER, KAAVI, ["access_log"]),
        (Role.OPERATOR, None, ["municipality_list", "mail_list", "job_list", "people"]),
        (Role.FINANCE, None, ["contract_list", "month_list", "invoice_list", "job_list"]),
    ],
)
def test_a_person_sees_the_places_of_their_role(role, municipality, places):
    assert [item.url for item in items_of(role, municipality)] == places


@pytest.mark.usefixtures("_addresses_are_names")
def test_nobody_is_shown_the_way_before_the_second_factor(settings):
    settings.SECOND_FACTOR_OFF = False

    context = shell(request_of(Role.COORDINATOR, KAAVI))

    assert context["navigation"] == []
    assert context["search_url"] == ""


@pytest.mark.usefixtures("_addresses_are_names")
@pytest.mark.parametrize(
    ("role", "municipality", "can_search"),
    [(Role.COORDINATOR, KAAVI, True), (Role.PORTAL_ADMIN, KAAVI, False), (Role.OPERATOR, None, False)],
)
def test_only_those_who_see_cases_can_search(role, municipality, can_search):
    assert bool(shell(request_of(role, municipality))["search_url"]) is can_search


@pytest.mark.usefixtures("_addresses_are_names")
@pytest.mark.parametrize(
    ("url_name", "current"),
    [
        ("today", {"today": "page"}),
        ("client_list", {"client_list": "page"}),
        ("application_file", {"client_list": "true"}),
        ("appointment_debrief", {"appointment_list": "true"}),
        ("minutes_edit", {"meeting_list": "true"}),
    ],
)
def test_the_place_of_this_page_is_current(url_name, current):
    items = items_of(Role.COORDINATOR, KAAVI, url_name=url_name)

    assert {item.url: item.current for item in items if item.current} == current


@pytest.mark.usefixtures("_addresses_are_names")
def test_an_upper_floor_can_put_a_number_beside_a_place(monkeypatch):
    monkeypatch.setattr(navigation, "_counters", {})
    navigation.count_with("today", lambda request: Count(1, "late", "danger"))

    counts = {item.url: item.count for item in items_of(Role.TEAM_MEMBER, KAAVI) if item.count}

    assert counts == {"today": Count(1, "late", "danger")}


@pytest.mark.parametrize("entry", places("portal"), ids=lambda entry: entry.url_name)
def test_every_place_of_the_portal_has_an_address(entry):
    assert reverse(entry.url_name, urlconf="deploy.urls_portal")


@pytest.mark.parametrize("entry", places("console"), ids=lambda entry: entry.url_name)
def test_every_place_of_the_console_has_an_address(entry):
    assert reverse(entry.url_name, urlconf="deploy.urls_console")
