"""The issued document: what it refuses, and that its JSON is the whole of it."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import document, pricing, references
from billing.document import Credited, InvoiceDocument, Party
from billing.pricing import Line, totals
from tests.billing.documents import EXEMPT, KAAVI, OUTSIDE, VARKAUS, credit_note, invoice, line

OTHER_DAY = date(2026, 10, 2)


@pytest.mark.parametrize("made", [invoice(), invoice(line(vat=OUTSIDE)), credit_note()], ids=["S and E", "O", "credit"])
def test_the_json_gives_back_an_equal_document(made):
    again = InvoiceDocument.from_json(made.to_json())

    assert again == made
    assert again.to_json() == made.to_json()


@given(
    st.decimals(-1000, 1000, places=3).filter(bool),
    st.decimals(0, 1000, places=6),
    st.text(st.characters(exclude_categories=["C", "Zs", "Zl", "Zp"]), min_size=1),
)
def test_the_json_keeps_every_digit_and_letter(quantity, price, name):
    made = credit_note(line(str(quantity), str(price), name=name), line("1000", "1000"))

    assert InvoiceDocument.from_json(made.to_json()) == made


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"number": " "}, document.NumberMissing),
        ({"currency": "SEK"}, document.CurrencyUnknown),
        ({"buyer_reference": "", "order_reference": ""}, document.BuyerReferenceMissing),
        ({"buyer_reference": "\u200b", "order_reference": ""}, document.BuyerReferenceMissing),
        ({"buyer_reference": "   ", "order_reference": "\u00a0"}, document.BuyerReferenceMissing),
        ({"due_on": None}, document.DueDateMissing),
        ({"due_on": date(2026, 11, 1)}, document.DueBeforeIssued),
        ({"period_to": date(2026, 9, 30)}, pricing.PeriodReversed),
        ({"period_from": OTHER_DAY}, document.OutsidePeriod),
        ({"period_to": date(2026, 10, 30)}, document.OutsidePeriod),
        ({"reference_number": ""}, references.ReferenceInvalid),
        ({"reference_number": "2026000120"}, references.ReferenceInvalid),
        ({"seller": dataclasses.replace(VARKAUS, iban="")}, references.IbanInvalid),
        ({"seller": dataclasses.replace(VARKAUS, vat_id="")}, document.SellerVatIdMissing),
        ({"totals": totals([line()])}, document.TotalsWrong),
        ({"note": "line\x00break"}, document.TextNotPrintable),
        ({"buyer": dataclasses.replace(KAAVI, street="\x1b[31m")}, document.TextNotPrintable),
    ],
)
def test_an_invoice_refuses(values, refusal):
    with pytest.raises(refusal):
        invoice(**values)


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([line(), line(vat=OUTSIDE)], document.ScopesMixed),
        ([line(vat=EXEMPT), line(vat=OUTSIDE)], document.ScopesMixed),
        ([line("-1", "100")], document.TotalNegative),
        ([line(name=" ")], document.NameMissing),
    ],
)
def test_an_invoice_refuses_rows(lines, refusal):
    with pytest.raises(refusal):
        invoice(*lines)


def test_an_invoice_without_rows_is_refused():
    with pytest.raises(document.NoLines):
        dataclasses.replace(invoice(), lines=(), totals=totals([]))


@pytest.mark.parametrize(
    "changed",
    [Credited(number="", issued_on=OTHER_DAY), Credited(number="2026-00010", issued_on=date(2026, 11, 3))],
)
def test_a_credit_note_names_an_older_invoice(changed):
    with pytest.raises(document.CreditedInvoiceUnclear):
        credit_note(credits=changed)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": ""}, document.NameMissing),
        ({"business_id": "0207506-6"}, references.BusinessIdInvalid),
        ({"business_id": "", "vat_id": ""}, references.BusinessIdInvalid),
        ({"vat_id": "FI01723374"}, document.VatIdInvalid),
        ({"endpoint": "0037"}, references.OvtInvalid),
        ({"iban": "FI2112345600000786"}, references.IbanInvalid),
        ({"iban": "FI21 1234 5600 0007 85"}, references.IbanInvalid),
    ],
)
def test_a_party_refuses(values, refusal):
    with pytest.raises(refusal):
        dataclasses.replace(VARKAUS, **values)


def test_outside_the_scope_of_vat_the_seller_needs_no_vat_number():
    made = invoice(line(vat=OUTSIDE), seller=dataclasses.replace(VARKAUS, vat_id=""))

    assert made.is_outside_scope
    assert made.totals.vat == Decimal(0)


def test_a_negative_quantity_may_reduce_an_invoice():
    assert invoice(line("2", "100"), line("-1", "100")).totals.net == Decimal("100.00")


def test_there_is_no_place_for_a_client():
    """Design 3: no client's name on an invoice. Whoever adds a field here has to say why it names nobody."""
    assert {field.name for field in dataclasses.fields(Line)} == {
        "product", "name", "unit", "quantity", "unit_price", "vat", "first_on", "last_on", "note",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(InvoiceDocument)} == {
        "number", "issued_on", "due_on", "period_from", "period_to", "seller", "buyer", "lines", "totals",
        "reference_number", "buyer_reference", "order_reference", "contract_reference", "penalty", "note", "currency",
        "credits",
    }  # fmt: skip
    assert {field.name for field in dataclasses.fields(Party)} == {
        "name", "business_id", "vat_id", "street", "postal_code", "city", "country", "endpoint", "operator", "iban",
        "bic", "email", "phone",
    }  # fmt: skip
