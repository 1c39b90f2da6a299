"""Prices as they are typed on the console's pages, in each language."""

import pytest
from django.urls import reverse

from billing.models import PriceRow
from tenants.accounts.permissions import Role
from tenants.scope import in_console
from tests.billing.making import a_contract
from tests.people import PortalClient, browser_of, person

PRICE = {
    "unit": "hour",
    "product": "coordination",
    "name": "Koordinointi",
    "valid_from": "2026-03-01",
    "valid_to": "",
    "vat_category": "S",
    "vat_class": "general",
    "reason_code": "",
    "vat_reason": "",
}


def browser_in(language: str) -> PortalClient:
    with in_console():
        return browser_of(person("Fredrika", Role.FINANCE, language=language))


@pytest.fixture
def address(console, fiona) -> str:
    return reverse("price_add", urlconf="deploy.urls_console", args=[a_contract(by=fiona).pk])


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@pytest.mark.parametrize(("language", "amount"), [("fi", "1 234,50"), ("sv", "1 234,50"), ("en", "1,234.50")])
def test_a_price_is_typed_as_the_language_writes_it(address, language, amount, space):
    answer = browser_in(language).post(address, PRICE | {"amount": amount.replace(" ", space)})

    assert answer.status_code == 302
    with in_console():
        assert str(PriceRow.objects.get().amount) == "1234.50"


def test_a_decimal_comma_in_english_is_refused_and_never_a_hundred_times_as_much(address):
    page = browser_in("en").post(address, PRICE | {"amount": "12,50"})

    assert "1,234.50" in page.context["form"].errors["amount"][0]
    with in_console():
        assert not PriceRow.objects.exists()
