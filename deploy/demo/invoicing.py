"""The console's side of the demo: Varkaus as the seller, three contracts of different kinds, last month invoiced."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing.actions import contracts, invoices, usage
from billing.models import Seller
from billing.pricing import Unit
from billing.references import vat_id
from deploy.demo.days import Days
from deploy.demo.municipalities import KAAVI, RAUTAVAARA, TUUSNIEMI, VARKAUS, Place
from tenants.accounts.models import User
from tenants.models import Municipality

SELLER = {
    "name": "Varkauden kaupunki",
    "business_id": VARKAUS.business_id,
    "vat_id": vat_id(VARKAUS.business_id),
    "street": "Esimerkkikatu 1",
    "postal_code": VARKAUS.postal_code,
    "city": VARKAUS.name,
    "iban": "FI21 1234 5600 0007 85",
    "bic": "NDEAFIHH",
    "endpoint": f"0037{VARKAUS.business_id.replace('-', '')}",
    "operator": "003723609900",
    "email": "laskutus@varkaus.example",
    "phone": "",
}
COST_SHARING = "Kuntien yhteistoiminnan kustannusten jako, ei liiketoimintaa"


@dataclass(frozen=True)
class Row:
    """A price to be put on the list of a contract."""

    unit: Unit
    name: str
    amount: str
    product: str = ""
    is_taxed: bool = True


@dataclass(frozen=True)
class Agreed:
    """What one municipality has agreed to pay."""

    place: Place
    buyer: str
    reference: str
    usual_month: str
    rows: tuple[Row, ...]


CONTRACTS = (
    Agreed(KAAVI, "Kaavin kunta", "4711", "1800", (Row(Unit.HOUR, "Työkykykoordinointi, tuntityö", "68.00"),)),
    Agreed(
        TUUSNIEMI,
        "Tuusniemen kunta",
        "TK-2026",
        "1500",
        (
            Row(Unit.CLIENT_MONTH, "Työkykykoordinointi, asiakaskuukausi", "96.00", is_taxed=False),
            Row(Unit.PRODUCT, "Työ- ja toimintakyvyn kuvaus", "185.00", "ability_description"),
            Row(Unit.PRODUCT, "Valituksessa auttaminen", "240.00", "appeal_help"),
            Row(Unit.HOUR, "Työnantajayhteistyö", "62.00", "employer_contact"),
        ),
    ),
    Agreed(
        RAUTAVAARA,
        "Rautavaaran kunta",
        "RV-88",
        "1700",
        (
            Row(Unit.MONTH, "Työkykykoordinoinnin kuukausimaksu", "1250.00"),
            Row(Unit.PRODUCT, "Lääkärikäynti saattaen", "145.00", "doctor_visit"),
            Row(Unit.PRODUCT, "Työ- ja toimintakyvyn kuvaus", "185.00", "ability_description"),
            Row(Unit.PRODUCT, "Hakemuksessa auttaminen", "120.00", "application_help"),
        ),
    ),
)


def is_there() -> bool:
    return Seller.objects.exists()


def invoice(*, by: User, days: Days) -> int:
    """Write down seller and contracts, close the last month that is over and issue it; answer how many invoices."""
    signed_at = days.moment(days.invoiced_month, 60)
    contracts.save_seller(details=SELLER, version=0, by=by, at=signed_at)
    for agreed in CONTRACTS:
        _sign(agreed, by=by, days=days)
    at = days.moment(max(days.today.replace(day=1), days.ago(max(1, days.today.day - 3))), 90)
    at = min(at, days.now)  # on the first of a month it is only just over
    usage.close_month(days.invoiced_month, at=at, by=by, is_confirmed=True)
    return len(invoices.issue_month(days.invoiced_month, at=at, by=by).done)


def _sign(agreed: Agreed, *, by: User, days: Days) -> None:
    signed_at = days.moment(days.invoiced_month, 60)
    municipality = Municipality.objects.get(schema_name=agreed.place.schema)
    contract = contracts.add(municipality=municipality, details=_buyer(agreed, days), by=by, at=signed_at)
    for row in agreed.rows:
        contracts.add_price(contract=contract, details=_price(row, days), by=by, at=signed_at)


def _buyer(agreed: Agreed, days: Days) -> dict[str, Any]:
    place = agreed.place
    return {
        "valid_from": days.invoiced_month,
        "valid_to": None,
        "buyer_name": agreed.buyer,
        "business_id": place.business_id,
        "vat_id": vat_id(place.business_id),
        "street": f"{place.streets[0]} 24",
        "postal_code": place.postal_code,
        "city": place.name,
        "endpoint": f"0037{place.business_id.replace('-', '')}",
        "operator": "003723609900",
        "buyer_reference": agreed.reference,
        "order_reference": "",
        "contract_reference": f"TKK-{days.invoiced_month.year}-{agreed.reference}",
        "language": "fi",
        "terms_days": 30,
        "penalty": "korkolain mukaan",
        "usual_month": Decimal(agreed.usual_month),
    }


def _price(row: Row, days: Days) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "product": row.product,
        "name": row.name,
        "amount": Decimal(row.amount),
        "vat_category": "S" if row.is_taxed else "O",
        "vat_class": "general",
        "reason_code": "" if row.is_taxed else "VATEX-EU-O",
        "vat_reason": "" if row.is_taxed else COST_SHARING,
        "valid_from": days.invoiced_month,
        "valid_to": None,
    }
