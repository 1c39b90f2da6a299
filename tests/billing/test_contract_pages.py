"""The console's pages of seller, contracts and prices: what is typed, and what is refused at its field."""

import pytest
from django.urls import reverse
from lxml import html

from billing.actions import invoices
from billing.models import Contract, PriceRow, Seller
from billing.pricing import Unit
from tenants.scope import in_console
from tests.billing.making import (
    BUYER,
    IN_DECEMBER,
    OCTOBER,
    SELLER,
    a_contract_with_work,
    close,
    typed,
)
from tests.people import browser_of
from tests.tenants.markup import select, words

URLS = "deploy.urls_console"


@pytest.fixture
def fiona_browser(fiona):
    with in_console():
        return browser_of(fiona)


@pytest.fixture
def contract(kaavi, aino, fiona):
    return a_contract_with_work(by=fiona, worker=aino)


@pytest.fixture
def draft(contract):
    [closed] = close(OCTOBER)
    with in_console():
        return closed.invoices.get()


@pytest.fixture
def issued(draft):
    with in_console():
        return invoices.issue(invoice=draft, at=IN_DECEMBER)


def url(name: str, *args: object) -> str:
    return reverse(name, urlconf=URLS, args=args)


def errors(response) -> list[str]:
    return [words(item) for item in select(html.fromstring(response.content), "#error-summary li")]


def test_the_seller_is_written_down_and_changed(fiona_browser):
    fiona_browser.post(url("seller"), SELLER | {"version": 0})
    response = fiona_browser.post(url("seller"), SELLER | {"version": 1, "city": "VARKAUS"})

    assert response.status_code == 302
    with in_console():
        assert Seller.objects.get().city == "VARKAUS"


@pytest.mark.parametrize(
    ("field", "value"),
    [("business_id", "0207506-6"), ("vat_id", "FI01723374"), ("iban", "FI21 1234 5600 0007 86"), ("endpoint", "0037")],
)
def test_a_wrong_identifier_of_the_seller_is_told_at_its_field(fiona_browser, field, value):
    response = fiona_browser.post(url("seller"), SELLER | {"version": 0, field: value})

    page = html.fromstring(response.content)
    assert select(page, f"#id_{field}_error")
    assert value in response.content.decode()
    with in_console():
        assert not Seller.objects.exists()


def test_of_two_who_edit_the_seller_the_second_is_told_and_loses_nothing(fiona_browser, contract):
    fiona_browser.post(url("seller"), SELLER | {"version": 1, "phone": "017 111 111"})

    response = fiona_browser.post(url("seller"), SELLER | {"version": 1, "phone": "017 222 222"})

    assert errors(response)
    assert "017 2" in response.content.decode()
    assert fiona_browser.post(url("seller"), SELLER | {"version": 2, "phone": "017 222 222"}).status_code == 302


def test_a_contract_is_added_and_changed(fiona_browser, kaavi):
    response = fiona_browser.post(url("contract_add"), typed(BUYER) | {"municipality": kaavi.pk})
    with in_console():
        contract = Contract.objects.get()
    assert response.url == url("contract", contract.pk)

    fiona_browser.post(url("contract_edit", contract.pk), typed(BUYER) | {"version": 1, "usual_month": "1500,50"})

    with in_console():
        contract.refresh_from_db()
    assert str(contract.usual_month) == "1500.50"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("valid_from", {}),  # the same days as the contract that is there
        ("valid_to", {"valid_from": "2026-02-01", "valid_to": "2026-01-01"}),
        ("business_id", {"business_id": "1234567-8"}),
        ("endpoint", {"endpoint": "4711"}),
        ("terms_days", {"terms_days": "0"}),
    ],
)
def test_a_contract_that_cannot_be_is_refused_at_its_field(fiona_browser, contract, kaavi, field, values):
    response = fiona_browser.post(url("contract_add"), typed(BUYER) | {"municipality": kaavi.pk} | values)

    assert select(html.fromstring(response.content), f"#id_{field}_error")
    with in_console():
        assert Contract.objects.count() == 1


PRICE = {
    "unit": "hour",
    "product": "coordination",
    "name": "Koordinointi",
    "amount": "68,50",
    "valid_from": "2026-03-01",
    "valid_to": "2026-03-31",
    "vat_category": "S",
    "vat_class": "general",
    "reason_code": "",
    "vat_reason": "",
}


def test_a_price_is_added_with_a_decimal_comma(fiona_browser, contract):
    response = fiona_browser.post(url("price_add", contract.pk), PRICE)

    assert response.status_code == 302
    with in_console():
        assert str(PriceRow.objects.get(name="Koordinointi").amount) == "68.50"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("valid_from", {"product": ""}),  # any hour has a price from January on
        ("valid_to", {"valid_to": "2026-02-01"}),
        ("amount", {"amount": "-1"}),
        ("amount", {"amount": "paljon"}),
        ("product", {"unit": "product", "product": ""}),
        ("product", {"unit": "month"}),
        ("product", {"product": "massage"}),
        ("vat_reason", {"vat_category": "E"}),
        ("vat_reason", {"vat_reason": "AVL 37 §"}),
        ("reason_code", {"vat_category": "E", "reason_code": "VATEX-EU-O"}),
    ],
)
def test_a_price_that_cannot_be_is_refused_at_its_field(fiona_browser, contract, field, values):
    response = fiona_browser.post(url("price_add", contract.pk), PRICE | values)

    assert select(html.fromstring(response.content), f"#id_{field}_error"), errors(response)
    assert len(errors(response)) == 1
    with in_console():
        assert PriceRow.objects.count() == 2


def test_a_service_has_one_price_on_a_day_by_the_hour_or_by_the_piece(fiona_browser, contract):
    fiona_browser.post(url("price_add", contract.pk), PRICE)

    response = fiona_browser.post(url("price_add", contract.pk), PRICE | {"unit": "product"})

    assert select(html.fromstring(response.content), "#id_valid_from_error")


def test_a_price_gets_its_last_day_and_the_next_one_follows(fiona_browser, contract):
    with in_console():
        row = contract.prices.get(unit=Unit.HOUR)

    fiona_browser.post(url("price_end", row.pk), {"valid_to": "2026-12-31", "version": 1})
    response = fiona_browser.post(
        url("price_add", contract.pk), PRICE | {"product": "", "valid_from": "2027-01-01", "valid_to": ""}
    )

    assert response.status_code == 302
    assert errors(fiona_browser.post(url("price_end", row.pk), {"valid_to": "2027-01-01", "version": 2}))


def test_a_price_that_an_issued_invoice_charges_cannot_end_before_it_nor_be_removed(fiona_browser, issued, contract):
    with in_console():
        row = contract.prices.get(unit=Unit.MONTH)

    assert errors(fiona_browser.post(url("price_end", row.pk), {"valid_to": "2026-10-30", "version": 1}))
    assert errors(fiona_browser.post(url("price_remove", row.pk), {"reason": "Väärä hinta", "version": 1}))
