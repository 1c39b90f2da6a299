"""The page on which a service is logged."""

import pytest
from django.urls import reverse

from casework.models import Case, ServiceEntry
from tests.casework.cases.making import a_case


def address(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.number, *more])


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, first_name="Matti", last_name="Meikäläinen")


def test_a_service_is_logged_and_listed_with_its_sum(case, aino_browser):
    form = {"product": "doctor_visit", "on": "2026-11-16", "minutes": "95", "what": "Went along", "is_billable": "on"}
    aino_browser.post(address("service_entry_add", case), form)

    page = aino_browser.get(address("case_services", case)).content.decode()

    assert ServiceEntry.objects.get().is_billable
    assert "Went along" in page
    assert "1\N{NO-BREAK SPACE}h 35\N{NO-BREAK SPACE}min" in page


@pytest.mark.parametrize("minutes", ["0", "1441", "-5", "many"])
def test_a_service_of_impossible_length_is_refused_at_its_field(case, aino_browser, minutes):
    form = {"product": "doctor_visit", "on": "2026-11-16", "minutes": minutes}

    page = aino_browser.post(address("service_entry_add", case), form)

    assert list(page.context["form"].errors) == ["minutes"]
    assert not ServiceEntry.objects.exists()
