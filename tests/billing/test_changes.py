"""What contracts, prices and the seller said before: kept, shown, and never charged."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from lxml import html

from billing import changes, queries
from billing.actions import contracts, drafts, invoices
from billing.models import Change, PriceRow, Seller
from billing.pricing import PeriodReversed, PricesOverlap, Unit
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_console
from tenants.versions import EditedMeanwhile
from tests.billing.making import (
    BUYER,
    IN_DECEMBER,
    OCTOBER,
    SELLER,
    a_contract,
    a_contract_with_work,
    a_price,
    a_seller,
    close,
    typed,
)
from tests.conftest import NOON
from tests.people import browser_of, person
from tests.tenants.markup import select, words


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def contract(console, fiona):
    return a_contract(by=fiona)


@pytest.fixture
def price(contract, fiona):
    return a_price(contract, Unit.HOUR, "60", by=fiona)


def earlier(found: list[changes.Earlier]) -> list[dict[str, str]]:
    return [{str(old.label): str(old.said) for old in one.olds} for one in found]


def url(name: str, *args: object) -> str:
    return reverse(name, urlconf="deploy.urls_console", args=args)


def rows_of(response) -> list[str]:
    table = "table[aria-labelledby=earlier] tbody tr"
    return [words(row) for row in select(html.fromstring(response.content), table)]


# --- contract and seller ------------------------------------------------------------------------------------------


def test_a_contract_keeps_what_each_change_wrote_over(contract, fiona):
    change: dict[str, Any] = {"contract": contract, "by": fiona}
    contracts.change(details={"city": "Outokumpu", "usual_month": Decimal("1500.50")}, version=1, at=NOON, **change)
    contracts.change(details={"usual_month": None}, version=2, at=IN_DECEMBER, **change)

    assert earlier(changes.of_contract(contract)) == [
        {"Usual month without VAT": "1\u00a0500,50\u00a0€"},
        {"Post office": "Kaavi", "Usual month without VAT": "–"},
    ]
    assert [(one.by, one.at) for one in contract.changes.all()] == [(fiona, IN_DECEMBER), (fiona, NOON)]


def test_a_contract_that_is_saved_as_it_was_is_not_changed(contract, fiona):
    contracts.change(contract=contract, details=BUYER, version=1, by=fiona, at=NOON)

    contract.refresh_from_db()
    assert contract.version == 1
    assert not Change.objects.exists()
    assert not AccessEntry.objects.filter(action="contract.changed").exists()


def test_a_change_that_is_refused_leaves_nothing(contract, fiona):
    with pytest.raises(PeriodReversed):
        contracts.change(contract=contract, details={"valid_to": date(2025, 1, 1)}, version=1, by=fiona, at=NOON)

    assert not Change.objects.exists()


def test_the_seller_keeps_what_it_said(console, fiona):
    a_seller(by=fiona)
    assert changes.of_seller() == []

    contracts.save_seller(details=SELLER | {"phone": "017 111 111"}, version=1, by=fiona, at=NOON)
    contracts.save_seller(details=SELLER | {"bic": "OKOYFIHH"}, version=2, by=fiona, at=NOON)

    assert earlier(changes.of_seller()) == [{"BIC": "NDEAFIHH", "Telephone": "017 111 111"}, {"Telephone": "–"}]
    assert Seller.objects.get().version == 3


def test_the_database_keeps_that_a_change_is_of_one_row(contract, price, fiona):
    with pytest.raises(IntegrityError, match="change_of_one_row"), transaction.atomic():
        Change.objects.create(contract=contract, price=price, replaced_version=1, before={}, at=NOON, by=fiona)


# --- prices -------------------------------------------------------------------------------------------------------


def test_a_removed_price_stays_readable_and_makes_place_for_another(contract, fiona):
    price = a_price(contract, Unit.HOUR, "60", product="coordination", by=fiona)

    contracts.remove_price(row=price, reason="Väärä hinta", version=1, by=fiona, at=NOON)

    assert not contract.prices.exists()
    assert PriceRow.everything.get().removed_at == NOON
    [kept] = changes.of_contract(contract)
    assert (kept.price, kept.change.reason, kept.change.by, kept.change.at) == (
        "Price per hour",
        "Väärä hinta",
        fiona,
        NOON,
    )
    said = {str(old.label): old.said for old in kept.olds}
    assert (said["Price without VAT"], said["Service"], said["First day"], said["Last day"]) == (
        "60,00\u00a0€",
        "Coordination",
        "1.1.2026",
        "–",
    )
    assert a_price(contract, Unit.HOUR, "66", product="coordination", by=fiona)
    [listed] = queries.contracts()
    assert vars(listed)["price_count"] == 1


def test_a_removed_price_charges_nothing(kaavi, aino, fiona):
    contract = a_contract_with_work(by=fiona, worker=aino)
    with in_console():
        hour = contract.prices.get(unit=Unit.HOUR)
        contracts.remove_price(row=hour, reason="Väärä hinta", version=1, by=fiona, at=NOON)

    [closed] = close(OCTOBER)

    with in_console():
        [invoice] = closed.invoices.all()
        assert [line.unit for line in invoice.lines.all()] == [Unit.MONTH]
        [use] = queries.uses(OCTOBER)
        assert (use.unpriced, use.is_without_draft) == (1, False)


def test_the_second_of_two_who_remove_or_end_a_price_is_told(price, fiona):
    contracts.remove_price(row=price, reason="Väärä hinta", version=1, by=fiona, at=NOON)

    with pytest.raises(EditedMeanwhile):
        contracts.remove_price(row=price, reason="Väärä hinta", version=1, by=fiona, at=NOON)
    with pytest.raises(EditedMeanwhile):
        contracts.end_price(row=price, valid_to=date(2026, 12, 31), version=1, by=fiona, at=NOON)


def test_a_wrong_last_day_is_corrected_and_taken_away(price, contract, fiona):
    end: dict[str, Any] = {"row": price, "by": fiona, "at": NOON}
    contracts.end_price(valid_to=date(2027, 12, 31), version=1, **end)
    contracts.end_price(valid_to=date(2026, 12, 31), version=2, **end)
    contracts.end_price(valid_to=None, version=3, **end)

    price.refresh_from_db()
    assert price.valid_to is None
    assert earlier(changes.of_contract(contract)) == [
        {"Last day": "31.12.2026"},
        {"Last day": "31.12.2027"},
        {"Last day": "–"},
    ]


def test_a_last_day_is_not_moved_over_the_next_price(price, contract, fiona):
    end: dict[str, Any] = {"row": price, "by": fiona, "at": NOON}
    contracts.end_price(valid_to=date(2026, 11, 30), version=1, **end)
    a_price(contract, Unit.HOUR, "66", by=fiona, valid_from=date(2026, 12, 1))

    with pytest.raises(PricesOverlap):
        contracts.end_price(valid_to=date(2026, 12, 1), version=2, **end)
    with pytest.raises(PricesOverlap):
        contracts.end_price(valid_to=None, version=2, **end)


def test_an_issued_invoice_says_what_it_said_whatever_is_changed(kaavi, aino, fiona):
    contract = a_contract_with_work(by=fiona, worker=aino)
    [closed] = close(OCTOBER)
    with in_console():
        invoice = invoices.issue(invoice=closed.invoices.get(), at=IN_DECEMBER)
        before = invoice.issued_document()
        hour = contract.prices.get(unit=Unit.HOUR)
        contracts.end_price(row=hour, valid_to=date(2026, 10, 31), version=1, by=fiona, at=IN_DECEMBER)
        contracts.change(contract=contract, details={"city": "Outokumpu"}, version=1, by=fiona, at=IN_DECEMBER)

        invoice.refresh_from_db()
        assert invoice.issued_document() == before
        assert drafts.make(closed=closed) == []
        with pytest.raises(contracts.PriceIsUsed):
            contracts.remove_price(row=hour, reason="Väärä hinta", version=2, by=fiona, at=IN_DECEMBER)


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "reads"), [("fi", "Aiemmin"), ("sv", "Tidigare"), ("en", "Earlier")])
def test_the_page_of_a_contract_shows_what_it_and_its_prices_said(contract, price, language, reads):
    browser = browser_of(person("Fredrika", Role.FINANCE, language=language))
    assert rows_of(browser.get(url("contract", contract.pk))) == []

    browser.post(url("contract_edit", contract.pk), typed(BUYER) | {"version": 1, "city": "Outokumpu"})
    browser.post(url("price_remove", price.pk), {"version": 1, "reason": "Väärä hinta"})
    page = browser.get(url("contract", contract.pk))

    assert words(select(html.fromstring(page.content), "#earlier")[0]).startswith(reads)
    removed, changed = rows_of(page)
    assert "Price per hour" in removed
    assert "60,00" in removed
    assert "Väärä hinta" in removed
    assert "Fredrika" in removed
    assert "Kaavi" in changed


def test_a_price_is_not_removed_without_a_reason(contract, price, fiona):
    browser = browser_of(fiona)

    answer = browser.post(url("price_remove", price.pk), {"version": 1, "reason": ""})

    assert select(html.fromstring(answer.content), "#id_reason_error")
    assert contract.prices.exists()


def test_the_page_of_the_seller_shows_what_it_said(console, fiona):
    browser = browser_of(fiona)
    browser.post(url("seller"), SELLER | {"version": 0})
    assert rows_of(browser.get(url("seller"))) == []

    browser.post(url("seller"), SELLER | {"version": 1, "city": "Joroinen"})

    [row] = rows_of(browser.get(url("seller")))
    assert "Varkaus" in row
    assert "Fiona" in row
