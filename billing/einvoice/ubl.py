"""Writes an issued document as a UBL 2.1 invoice or credit note: Peppol BIS Billing 3.0, EN 16931.

Elements stand in the order of the schema. The BT and BG numbers are those of EN 16931-1.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from lxml import etree

from billing.document import InvoiceDocument, Party
from billing.pricing import Line
from billing.vat import Vat
from tenants.errors import Refusal

type Element = etree._Element

OASIS = "urn:oasis:names:specification:ubl:schema:xsd"
CBC = f"{OASIS}:CommonBasicComponents-2"
CAC = f"{OASIS}:CommonAggregateComponents-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE_CODE = "380"
CREDIT_NOTE_CODE = "381"
OVT_ENDPOINT_SCHEME = "0216"  # Peppol's EAS list since May 2026; 0037 and 0212 to 0215 were removed from it
BUSINESS_ID_SCHEME = "0212"  # ISO 6523 ICD: Finnish organisation identifier
SEPA_CREDIT_TRANSFER = "58"  # UNTDID 4461
OUTSIDE_SCOPE_CODE = "VATEX-EU-O"


class EndpointMissing(Refusal):
    user_message = _("Seller and buyer need an e-invoice address before an e-invoice can be made.")
    field = "endpoint"


def ubl(document: InvoiceDocument) -> bytes:
    """Write the document as UBL, UTF-8.

    Raises:
        EndpointMissing: the seller or the buyer has no e-invoice address (PEPPOL-EN16931-R010, R020).
    """
    if not (document.seller.endpoint and document.buyer.endpoint):
        raise EndpointMissing
    kind = "CreditNote" if document.is_credit_note else "Invoice"
    root = etree.XML(f'<{kind} xmlns="{OASIS}:{kind}-2" xmlns:cac="{CAC}" xmlns:cbc="{CBC}"/>')
    _head(root, document)
    _references(root, document)
    _party(_add(root, "AccountingSupplierParty"), document.seller, with_vat_id=not document.is_outside_scope)
    _party(_add(root, "AccountingCustomerParty"), document.buyer, with_vat_id=not document.is_outside_scope)
    if not document.is_credit_note:
        _payment(root, document)
    _tax_total(root, document)
    _monetary_total(root, document)
    for place, line in enumerate(document.lines, start=1):
        _line(root, document, place, line)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _head(root: Element, document: InvoiceDocument) -> None:
    _text(root, "CustomizationID", CUSTOMIZATION)
    _text(root, "ProfileID", PROFILE)
    _text(root, "ID", document.number)  # BT-1
    _day(root, "IssueDate", document.issued_on)  # BT-2
    if document.is_credit_note:
        _text(root, "CreditNoteTypeCode", CREDIT_NOTE_CODE)
    else:
        _day(root, "DueDate", document.due_on)  # BT-9
        _text(root, "InvoiceTypeCode", INVOICE_CODE)
    _text(root, "Note", document.note)  # BT-22
    _text(root, "DocumentCurrencyCode", document.currency)  # BT-5
    _text(root, "BuyerReference", document.buyer_reference)  # BT-10


def _references(root: Element, document: InvoiceDocument) -> None:
    _period(root, document.period_from, document.period_to)  # BG-14
    if document.order_reference:
        _text(_add(root, "OrderReference"), "ID", document.order_reference)  # BT-13
    if document.credits:
        preceding = _add(_add(root, "BillingReference"), "InvoiceDocumentReference")  # BG-3
        _text(preceding, "ID", document.credits.number)
        _day(preceding, "IssueDate", document.credits.issued_on)
    if document.contract_reference:
        _text(_add(root, "ContractDocumentReference"), "ID", document.contract_reference)  # BT-12


def _party(parent: Element, party: Party, *, with_vat_id: bool) -> None:
    """Write a party; with rows outside the scope of VAT there must be no VAT number (BR-O-02)."""
    element = _add(parent, "Party")
    _text(element, "EndpointID", party.endpoint, schemeID=OVT_ENDPOINT_SCHEME)  # BT-34, BT-49
    _text(_add(element, "PartyName"), "Name", party.name)
    _address(element, party)
    if with_vat_id and party.vat_id:
        registration = _add(element, "PartyTaxScheme")
        _text(registration, "CompanyID", party.vat_id)  # BT-31, BT-48
        _tax_scheme(registration)
    legal = _add(element, "PartyLegalEntity")
    _text(legal, "RegistrationName", party.name)  # BT-27, BT-44
    _text(legal, "CompanyID", party.business_id, schemeID=BUSINESS_ID_SCHEME)  # BT-30, BT-47
    if party.phone or party.email:
        contact = _add(element, "Contact")
        _text(contact, "Telephone", party.phone)
        _text(contact, "ElectronicMail", party.email)


def _address(element: Element, party: Party) -> None:
    address = _add(element, "PostalAddress")
    _text(address, "StreetName", party.street)
    _text(address, "CityName", party.city)
    _text(address, "PostalZone", party.postal_code)
    _text(_add(address, "Country"), "IdentificationCode", party.country)


def _payment(root: Element, document: InvoiceDocument) -> None:
    means = _add(root, "PaymentMeans")
    _text(means, "PaymentMeansCode", SEPA_CREDIT_TRANSFER)  # BT-81
    _text(means, "PaymentID", document.reference_number)  # BT-83
    account = _add(means, "PayeeFinancialAccount")
    _text(account, "ID", document.seller.iban)  # BT-84
    _text(account, "Name", document.seller.name)
    if document.seller.bic:
        _text(_add(account, "FinancialInstitutionBranch"), "ID", document.seller.bic)  # BT-86
    if document.penalty:
        _text(_add(root, "PaymentTerms"), "Note", document.penalty)  # BT-20


def _tax_total(root: Element, document: InvoiceDocument) -> None:
    total = _add(root, "TaxTotal")
    _amount(total, "TaxAmount", document.totals.vat, document)  # BT-110
    for group in document.totals.groups:
        subtotal = _add(total, "TaxSubtotal")  # BG-23
        _amount(subtotal, "TaxableAmount", group.base, document)
        _amount(subtotal, "TaxAmount", group.amount, document)
        _tax_category(subtotal, "TaxCategory", group.vat, with_reason=True)


def _monetary_total(root: Element, document: InvoiceDocument) -> None:
    sums = document.totals
    total = _add(root, "LegalMonetaryTotal")
    _amount(total, "LineExtensionAmount", sums.net, document)  # BT-106
    _amount(total, "TaxExclusiveAmount", sums.net, document)  # BT-109
    _amount(total, "TaxInclusiveAmount", sums.gross, document)  # BT-112
    _amount(total, "PayableAmount", sums.gross, document)  # BT-115


def _line(root: Element, document: InvoiceDocument, place: int, line: Line) -> None:
    kind, quantity = (
        ("CreditNoteLine", "CreditedQuantity") if document.is_credit_note else ("InvoiceLine", "InvoicedQuantity")
    )
    element = _add(root, kind)
    _text(element, "ID", str(place))  # BT-126
    _text(element, quantity, _decimal(line.quantity), unitCode=line.unit.code)  # BT-129, BT-130
    _amount(element, "LineExtensionAmount", line.net, document)  # BT-131
    _period(element, line.first_on, line.last_on)  # BG-26
    item = _add(element, "Item")
    _text(item, "Description", line.note)  # BT-154
    _text(item, "Name", line.name)  # BT-153
    if line.product:
        _text(_add(item, "SellersItemIdentification"), "ID", line.product)  # BT-155
    _tax_category(item, "ClassifiedTaxCategory", line.vat, with_reason=False)  # BG-30
    price = _add(element, "Price")
    _text(price, "PriceAmount", _decimal(line.unit_price), currencyID=document.currency)  # BT-146


def _tax_category(parent: Element, name: str, vat: Vat, *, with_reason: bool) -> None:
    """Write category and rate; outside the scope there is no rate, not even zero (BR-O-05)."""
    category = _add(parent, name)
    _text(category, "ID", vat.category.value)
    if not vat.is_outside_scope:
        _text(category, "Percent", _decimal(vat.rate))
    if with_reason:
        code = vat.reason_code or (OUTSIDE_SCOPE_CODE if vat.is_outside_scope else "")
        _text(category, "TaxExemptionReasonCode", code)  # BT-121
        _text(category, "TaxExemptionReason", vat.reason)  # BT-120
    _tax_scheme(category)


def _tax_scheme(parent: Element) -> None:
    _text(_add(parent, "TaxScheme"), "ID", "VAT")


def _period(parent: Element, first_on: date, last_on: date) -> None:
    period = _add(parent, "InvoicePeriod")
    _day(period, "StartDate", first_on)
    _day(period, "EndDate", last_on)


def _amount(parent: Element, name: str, amount: Decimal, document: InvoiceDocument) -> None:
    _text(parent, name, f"{amount:.2f}", currencyID=document.currency)


def _day(parent: Element, name: str, day: date | None) -> None:
    _text(parent, name, day.isoformat() if day else "")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    """Add a value, unless it is blank: Peppol allows no empty element (PEPPOL-EN16931-R008)."""
    if text.strip():
        etree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = text.strip()


def _add(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def _decimal(number: Decimal) -> str:
    """Write a decimal without an exponent and without needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
