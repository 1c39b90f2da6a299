"""Nothing is printed for a client who has died: a paper names the estate, or is refused with a sentence."""

from typing import Any

import pytest
from django.urls import reverse

from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.models import Case
from tenants.accounts.models import User
from tenants.accounts.permissions import PORTAL_ROLES, Role
from tests.browser.furnishing import portal
from tests.conftest import NOON
from tests.papers import read_docx, read_pdf
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

ESTATE = "Tytär Tuula"
REFUSED = "Asiakas on kuollut"
# What is shown on the screen as it is printed.
SCREENS = {"case_map", "appointment_sheet"}
# What is not written to the client, nor for them to sign, and tells of a day when they lived.
NOT_TO_THE_CLIENT = {
    "description_docx": "goes with applications and appeals, and says what was so on the day it was signed",
    "description_pdf": "goes with applications and appeals, and says what was so on the day it was signed",
    "minutes_pdf": "is the record of a meeting of colleagues",
}
ROUTES = [
    route
    for route in all_routes()
    if route.side == "portal" and (route.name.endswith(("_pdf", "_docx", "_paper")) or route.name in SCREENS)
]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi) -> User:
    """Somebody who may do everything on this side, so that every paper can be asked for."""
    return person("Aino", *(Role(role) for role in PORTAL_ROLES))


@pytest.fixture
def house(aino) -> dict[str, Any]:
    """A client of whom there is a paper of every kind, who died; their daughter answers for the estate."""
    house = portal(aino)
    case = Case.objects.get(number=house["case_number"])
    Case.objects.filter(pk=case.pk).update(outcome="died", closed_on=NOON.date())
    daughter = NetworkDetails(name=ESTATE, role="estate", address="Kuja 2, Kaavi", safety="safe")
    network.add(case=case, details=daughter, by=aino, at=NOON)
    return house


def said(browser: PortalClient, house: dict[str, Any], route: Route) -> str:
    """What a paper says, or why there is none."""
    address = reverse(route.name, kwargs={name: house[name] for name, _kind in route.arguments})
    answer: Any = browser.get(address, follow=True)
    if answer.headers["Content-Type"].startswith("text/html"):
        return answer.text if answer.status_code == 409 else f"{answer.status_code}"
    return read_docx(answer.content).text if route.name.endswith("_docx") else read_pdf(answer.content).text


def test_the_exceptions_are_papers():
    assert NOT_TO_THE_CLIENT.keys() | SCREENS <= {route.name for route in ROUTES}


def test_every_paper_of_a_client_who_has_died_names_the_estate_or_is_refused_with_a_sentence(aino, house):
    browser, wrong = browser_of(aino), []
    for route in ROUTES:
        text = " ".join(said(browser, house, route).split())
        if route.name not in NOT_TO_THE_CLIENT and ESTATE not in text and REFUSED not in text:
            wrong.append((route.name, text[:80]))

    assert wrong == []
