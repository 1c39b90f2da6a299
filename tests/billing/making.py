"""Makes sellers, contracts, prices and work done for tests, through the real actions only."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from billing.actions import contracts, usage
from billing.models import Contract, ContractMonth, PriceRow, Seller
from billing.pricing import Unit
from casework.models import Case, ServiceEntry
from casework.services import actions as service_entries
from tenants.accounts.models import User
from tenants.scope import in_console
from tests import databases
from tests.casework.cases.making import a_case
from tests.conftest import NOON

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
IN_NOVEMBER = NOON
IN_DECEMBER = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
IN_JANUARY = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
SELLER = {
    "name": "Varkauden kaupunki",
    "business_id": "0207506-5",
    "vat_id": "FI02075065",
    "street": "Ahlströminkatu 6",
    "postal_code": "78250",
    "city": "Varkaus",
    "iban": "FI21 1234 5600 0007 85",
    "bic": "NDEAFIHH",
    "endpoint": "003702075065",
    "operator": "003723609900",
    "email": "laskutus@varkaus.example",
    "phone": "",
}
BUYER = {
    "valid_from": date(2026, 1, 1),
    "valid_to": None,
    "buyer_name": "Kaavin kunta",
    "business_id": "0172337-4",
    "vat_id": "FI01723374",
    "street": "Kaavintie 24",
    "postal_code": "73600",
    "city": "Kaavi",
    "endpoint": "003701723374",
    "operator": "003723609900",
    "buyer_reference": "4711",
    "order_reference": "",
    "contract_reference": "K-2026-1",
    "language": "fi",
    "terms_days": 30,
    "penalty": "korkolain mukaan",
    "usual_month": None,
}


def a_seller(*, by: User, **details: Any) -> Seller:
    """Write down Varkaus as the seller."""
    with in_console():
        return contracts.save_seller(details=SELLER | details, version=0, by=by, at=NOON)


def a_contract(*, by: User, schema: str = "kaavi", **details: Any) -> Contract:
    """Make a contract with Kaavi from the beginning of 2026, without prices."""
    with in_console():
        place = databases.municipality(schema)
        return contracts.add(municipality=place, details=BUYER | details, by=by, at=NOON)


def a_price(contract: Contract, unit: Unit, amount: str, *, by: User, **details: Any) -> PriceRow:
    """Add a price of the whole of 2026, taxed by the general rate."""
    values = {
        "unit": unit,
        "product": "",
        "name": f"Price per {unit}",
        "amount": Decimal(amount),
        "vat_category": "S",
        "vat_class": "general",
        "reason_code": "",
        "vat_reason": "",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    } | details
    with in_console():
        return contracts.add_price(contract=contract, details=values, by=by, at=NOON)


def work(
    case: Case, on: date, product: str = "coordination", minutes: int = 60, *, by: User, **details: Any
) -> ServiceEntry:
    """Log work on a case; one must be inside the municipality."""
    values: dict[str, Any] = {"what": "", "is_billable": True, "at": IN_JANUARY} | details
    return service_entries.log(case=case, on=on, product=product, minutes=minutes, by=by, **values)


def close(month: date, at: datetime = IN_DECEMBER, **options: Any) -> list[ContractMonth]:
    """Close a month from the console."""
    with in_console():
        return usage.close_month(month, at=at, **options).done


def a_contract_with_work(*, by: User, worker: User) -> Contract:
    """Kaavi, a seller, two prices, and one hour in October of a client whose words must never come up."""
    a_seller(by=by)
    contract = a_contract(by=by)
    a_price(contract, Unit.MONTH, "500", by=by)
    a_price(contract, Unit.HOUR, "60", by=by)
    case = a_case(by=worker, first_name="Kanarialintu", last_name="Salasukunimi")
    work(case, date(2026, 10, 6), what="Salainen työ Aarre", by=worker)
    return contract


def typed(details: Mapping[str, object]) -> dict[str, object]:
    return {name: "" if value is None else value for name, value in details.items()}
