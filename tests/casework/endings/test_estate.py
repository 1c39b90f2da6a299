"""The contact of the estate of a client who has died: a person of the network, also when the case is closed."""

import pytest
from django.urls import reverse

from casework.clients import network
from casework.clients.network import NetworkDetails
from casework.endings.actions import Fate
from casework.models import Case, NetworkPerson
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed, to
from tests.conftest import NOON
from tests.people import PortalClient, browser_of


@pytest.fixture
def web(aino, time_is) -> PortalClient:
    time_is(NOON)
    return browser_of(aino)


@pytest.fixture
def died(aino) -> Case:
    application_at("filed", by=aino)
    return closed(Case.objects.get(), Fate(holder="estate"), outcome="died", by=aino)


def address(name: str, case: Case) -> str:
    return reverse(name, args=[case.number])


def test_the_contact_of_the_estate_is_written_and_put_right_with_its_history(died, web, aino):
    page = web.get(died.get_absolute_url()).text
    url = f"{address('network_add', died)}?role=estate"
    assert url in page
    assert web.get(url).context["form"]["role"].value() == "estate"
    said = {"name": "Tytär Tuula", "role": "estate", "phone": "040 555 1234", "address": "Kuja 2, Kaavi"}
    said |= {"safety": "safe", "note": "Soita iltaisin"}

    assert web.post(url, said).status_code == 302

    contact = NetworkPerson.objects.get()
    assert (contact.name, contact.address, contact.note) == ("Tytär Tuula", "Kuja 2, Kaavi", "Soita iltaisin")
    assert "Kuja 2, Kaavi" in web.get(address("case_situation", died)).text
    changed = NetworkDetails(name="Tytär Tuula", role="estate", address="Kuja 4, Kaavi")
    network.change(case=died, person=contact, details=changed, version=contact.version, by=aino, at=NOON)
    assert "Kuja 2, Kaavi" in died.corrections.get().before


def test_the_form_for_the_contact_of_the_estate_sends_nobody_to_the_client_with_a_question(died, web, aino):
    page = web.get(f"{address('network_add', died)}?role=estate").text

    assert "kysy henkilöltä itseltään, saako häneen ottaa yhteyttä" in page
    assert "Kysy asiakkaalta" not in page
    assert "vasta, kun asiakas on sanonut" not in page


def test_a_closed_case_of_a_living_client_takes_nobody_into_the_network(web, aino):
    case = closed(a_case(by=aino), to(aino), by=aino)

    page = web.post(address("network_add", case), {"name": "x", "role": "doctor", "safety": "safe"})

    assert page.context["form"].non_field_errors()
