"""The printed invoice: what stands on it, for eyes and for screen readers."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from billing.document import InvoiceDocument
from billing.pdf import invoice_pdf
from billing.pricing import Unit
from tenants.printing import LetterMissing
from tests.billing.documents import OUTSIDE, VARKAUS, credit_note, invoice, line


def printed(document: InvoiceDocument, language: str = "en") -> str:
    """The text of all pages, with single ordinary spaces."""
    pages = PdfReader(BytesIO(invoice_pdf(document, language))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def structure(node: Any) -> Iterator[str]:
    """The tags of a PDF's structure tree, in order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from structure(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from structure(node["/K"])


def test_it_holds_what_the_law_and_the_payer_need():
    text = printed(invoice())

    for expected in (
        "Invoice 2026-00012", "2.11.2026", "2.12.2026", "1.10.2026–31.10.2026", "KAAVI-4471", "PO-118", "SOP-3",
        "Varkauden kaupunki", "0207506-5", "FI02075065", "Kaavin kunta", "0172337-4", "003701723374",
        "41,75", "68,40 €", "2 855,70 €", "25,5 %", "4 980,70 €", "1 270,08 €", "AVL 37 §", "6 898,78 €",
        "FI21 1234 5600 0007 85", "NDEAFIHH", "20260 00121", "Viivästyskorko korkolain mukaan",
        "421123456000007850068987800000000000002026000121261202", "Page 1 of 1",
    ):  # fmt: skip
        assert expected in text


def test_it_is_tagged_for_screen_readers():
    reader = PdfReader(BytesIO(invoice_pdf(invoice(), "fi")))
    root: Any = reader.root_object
    tags = list(structure(root["/StructTreeRoot"]))

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata
    assert "2026-00012" in str(reader.metadata.title)
    assert tags.count("/H1") == 1
    assert tags.count("/Table") == 2
    assert {"/H2", "/TH", "/TD", "/TR"} <= set(tags)


def test_the_same_document_gives_the_same_bytes():
    assert invoice_pdf(invoice(), "fi") == invoice_pdf(InvoiceDocument.from_json(invoice().to_json()), "fi")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_prints_the_same_facts(language):
    text = printed(invoice(), language)

    assert "2026-00012" in text
    assert "6 898,78 €" in text
    assert PdfReader(BytesIO(invoice_pdf(invoice(), language))).root_object["/Lang"] == language


def test_text_of_a_person_is_never_markup():
    name = '#panic("x") *bold* $x$ [a] <b> \\ // "q"'

    assert name in printed(invoice(line(name=name)))


def test_a_letter_that_the_typeface_lacks_is_named():
    with pytest.raises(LetterMissing, match="中"):
        invoice_pdf(invoice(line(name="中文")), "en")


def test_a_row_with_days_of_its_own_and_a_note_shows_them():
    text = printed(invoice(line(first_on=date(2026, 10, 5), note="34 clients"), line(last_on=date(2026, 10, 1))))

    assert "34 clients 5.10.2026–31.10.2026" in text
    assert "1.10.2026 1 hour" in text


def test_prices_keep_their_decimals():
    assert "0,0875 €" in printed(invoice(line("1000", "0.0875", unit=Unit.PRODUCT)))


def test_outside_the_scope_the_ground_is_printed_and_no_rate():
    text = printed(invoice(line(vat=OUTSIDE)))

    assert "Outside the scope of VAT: KHO:2009:42" in text
    assert "%" not in text


def test_a_credit_note_names_the_invoice_and_asks_for_no_payment():
    text = printed(credit_note())

    assert "Credit note H2026-00001" in text
    assert "2026-00010, 2.10.2026" in text
    assert "Credited" in text
    assert "FI21" not in text
    assert "Virtual bar code" not in text


def test_an_account_abroad_has_no_bar_code():
    text = printed(invoice(seller=dataclasses.replace(VARKAUS, iban="SE4550000000058398257466", bic="ESSESESS")))

    assert "SE45 5000 0000 0583 9825 7466" in text
    assert "Virtual bar code" not in text


def test_a_long_invoice_repeats_the_head_of_the_table_and_pays_once():
    reader = PdfReader(BytesIO(invoice_pdf(invoice(*[line()] * 80), "en")))
    pages = [page.extract_text() for page in reader.pages]

    assert len(pages) > 2
    assert all("Amount without VAT" in page for page in pages[:-1])
    assert all(f"Page {place} of {len(pages)}" in re.sub(r"\s", " ", page) for place, page in enumerate(pages, start=1))
    assert ["BIC" in page for page in pages] == [False] * (len(pages) - 1) + [True]
