"""Contracts and price lists: what may stand beside what, and that two people at once cannot break it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from billing.actions import contracts
from billing.models import Contract, PriceRow
from billing.pricing import NegativePrice, PeriodReversed, PricesOverlap, Unit
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_console
from tenants.versions import EditedMeanwhile
from tests.billing.making import IN_DECEMBER, a_contract, a_price
from tests.people import person


@pytest.fixture
def contract(console, fiona):
    return a_contract(by=fiona)


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        (("2026-01-01", None), ("2027-01-01", None), True),
        (("2026-01-01", "2026-06-30"), ("2026-06-30", "2026-12-31"), True),
        (("2026-01-01", "2026-06-30"), ("2026-07-01", None), False),
        (("2026-07-01", None), ("2026-01-01", "2026-06-30"), False),
        (("2026-07-01", None), ("2026-01-01", "2026-07-01"), True),
        (("2026-03-01", "2026-03-31"), ("2026-01-01", None), True),
    ],
)
def test_two_prices_of_the_same_never_share_a_day(contract, fiona, first, second, overlaps):
    def days(period):
        return dict(zip(("valid_from", "valid_to"), (day and date.fromisoformat(day) for day in period), strict=True))

    a_price(contract, Unit.HOUR, "60", by=fiona, **days(first))

    if overlaps:
        with pytest.raises(PricesOverlap):
            a_price(contract, Unit.HOUR, "66", by=fiona, **days(second))
    else:
        a_price(contract, Unit.HOUR, "66", by=fiona, **days(second))

    assert PriceRow.objects.count() == (1 if overlaps else 2)


def test_prices_of_different_things_stand_side_by_side(contract, fiona):
    a_price(contract, Unit.MONTH, "500", by=fiona)
    a_price(contract, Unit.CLIENT_MONTH, "40", by=fiona)
    a_price(contract, Unit.HOUR, "60", by=fiona)
    a_price(contract, Unit.HOUR, "70", product="client_meeting", by=fiona)
    a_price(contract, Unit.PRODUCT, "90", product="team_meeting", by=fiona)

    assert contract.prices.count() == 5


def test_a_price_below_zero_or_with_days_reversed_is_refused(contract, fiona):
    with pytest.raises(NegativePrice):
        a_price(contract, Unit.HOUR, "-60", by=fiona)
    with pytest.raises(PeriodReversed):
        a_price(contract, Unit.HOUR, "60", valid_to=date(2025, 12, 31), by=fiona)


def test_a_municipality_has_one_contract_on_a_day(contract, fiona):
    with pytest.raises(contracts.ContractsOverlap) as refusal:
        a_contract(by=fiona, valid_from=date(2027, 1, 1))
    assert "Kaavi" in str(refusal.value.user_message)

    ended = {"valid_to": date(2026, 12, 31)}
    contracts.change(contract=contract, details=ended, version=1, by=fiona, at=IN_DECEMBER)

    assert a_contract(by=fiona, valid_from=date(2027, 1, 1))


def test_a_contract_cannot_be_stretched_over_the_next_one(contract, fiona):
    contracts.change(contract=contract, details={"valid_to": date(2026, 12, 31)}, version=1, by=fiona, at=IN_DECEMBER)
    a_contract(by=fiona, valid_from=date(2027, 1, 1))

    with pytest.raises(contracts.ContractsOverlap):
        contracts.change(contract=contract, details={"valid_to": None}, version=2, by=fiona, at=IN_DECEMBER)


def test_the_second_of_two_editors_is_told(contract, fiona):
    contracts.change(contract=contract, details={"city": "Juankoski"}, version=1, by=fiona, at=IN_DECEMBER)

    with pytest.raises(EditedMeanwhile):
        contracts.change(contract=contract, details={"city": "Outokumpu"}, version=1, by=fiona, at=IN_DECEMBER)

    contract.refresh_from_db()
    assert contract.city == "Juankoski"


def test_acts_on_contracts_are_in_the_log(contract, fiona):
    a_price(contract, Unit.MONTH, "500", by=fiona)

    acts = AccessEntry.objects.filter(subject=str(contract.pk)).values_list("action", flat=True)
    assert sorted(acts) == ["contract.added", "price.added"]


def test_of_two_who_add_the_same_price_at_once_one_is_told(own_database):
    """Real threads, real commits: the row of the contract is the lock."""
    with in_console():
        fiona = person("Fiona", Role.FINANCE)
        contract = a_contract(by=fiona)

    def attempt(_: int) -> str:
        try:
            a_price(contract, Unit.HOUR, "60", by=fiona)
        except PricesOverlap:
            return "overlap"
        finally:
            connection.close()
        return "added"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))

    with in_console():
        assert PriceRow.objects.filter(contract=contract).count() == 1
        assert Contract.objects.count() == 1
    assert outcomes == ["added", "overlap", "overlap", "overlap"]


# --- what an invoice could not print ---------------------------------------------------------------------------------


def test_a_tab_in_a_text_of_the_contract_becomes_a_space(console, fiona):
    made = a_contract(by=fiona, penalty="Viivästyskorko\tkorkolain\u00a0mukaan")

    assert made.penalty == "Viivästyskorko korkolain mukaan"


def test_a_letter_that_cannot_be_printed_is_named_when_the_contract_is_saved(console, fiona):
    with pytest.raises(contracts.LetterNotPrinted, match="WHITE HEAVY CHECK MARK") as refused:
        a_contract(by=fiona, penalty="Korko ✅")

    assert refused.value.field == "penalty"
    assert not Contract.objects.exists()


def test_a_letter_that_cannot_be_printed_is_named_when_a_price_is_added(contract, fiona):
    with pytest.raises(contracts.LetterNotPrinted) as refused:
        a_price(contract, Unit.HOUR, "60", by=fiona, name="Koordinointi 🙂")

    assert refused.value.field == "name"
