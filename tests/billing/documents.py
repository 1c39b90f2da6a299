"""Invoice documents for tests: Varkaus sells coordination to Kaavi in October 2026."""

from datetime import date
from decimal import Decimal
from typing import Any

from billing import references
from billing.document import Credited, InvoiceDocument, Party
from billing.pricing import Line, Unit, totals
from billing.vat import Vat, VatCategory

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
GENERAL = Vat(category=VatCategory.STANDARD, rate=Decimal("25.5"))
OLD_GENERAL = Vat(category=VatCategory.STANDARD, rate=Decimal(24))
EXEMPT = Vat(category=VatCategory.EXEMPT, reason="AVL 37 §", reason_code="VATEX-EU-132-1G")
OUTSIDE = Vat(category=VatCategory.OUTSIDE_SCOPE, reason="KHO:2009:42", reason_code="VATEX-EU-O")
VARKAUS = Party(
    name="Varkauden kaupunki",
    business_id="0207506-5",
    vat_id="FI02075065",
    street="Ahlströminkatu 6",
    postal_code="78200",
    city="Varkaus",
    endpoint="003702075065",
    operator="003723609900",
    iban="FI2112345600000785",
    bic="NDEAFIHH",
    email="laskutus@varkaus.example",
    phone="017 000 0000",
)
KAAVI = Party(
    name="Kaavin kunta",
    business_id="0172337-4",
    vat_id="FI01723374",
    street="Kaavintie 24",
    postal_code="73600",
    city="Kaavi",
    endpoint="003701723374",
)


def line(quantity: str = "1", price: str = "100", *, unit: Unit = Unit.HOUR, vat: Vat = GENERAL, **values: Any) -> Line:
    first_on, last_on = OCTOBER
    named = {"product": "coordination", "name": "Työkykykoordinointi", "first_on": first_on, "last_on": last_on}
    return Line(**{**named, **values}, unit=unit, quantity=Decimal(quantity), unit_price=Decimal(price), vat=vat)


def invoice(*lines: Line, **values: Any) -> InvoiceDocument:
    lines = lines or (line("41.75", "68.40"), line("34", "62.50", unit=Unit.CLIENT_MONTH), line("12", "54", vat=EXEMPT))
    first_on, last_on = OCTOBER
    known = {
        "number": "2026-00012",
        "issued_on": date(2026, 11, 2),
        "due_on": date(2026, 12, 2),
        "period_from": first_on,
        "period_to": last_on,
        "seller": VARKAUS,
        "buyer": KAAVI,
        "lines": lines,
        "totals": totals(lines),
        "reference_number": references.reference_number("202600012"),
        "buyer_reference": "KAAVI-4471",
        "order_reference": "PO-118",
        "contract_reference": "SOP-3",
        "penalty": "Viivästyskorko korkolain mukaan",
        "note": "Työkykykoordinoinnin palvelut lokakuussa 2026.",
    }
    return InvoiceDocument(**{**known, **values})


def credit_note(*lines: Line, **values: Any) -> InvoiceDocument:
    changed = Credited(number="2026-00010", issued_on=date(2026, 10, 2))
    return invoice(
        *lines, **{"number": "H2026-00001", "due_on": None, "reference_number": "", "credits": changed} | values
    )
