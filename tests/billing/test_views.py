"""The console's pages of billing: who may open them, what they say, and what they refuse."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from billing.actions import invoices
from billing.models import Contract, ContractMonth, Invoice
from billing.pricing import Unit
from casework.services import actions as service_entries
from tenants.scope import in_console
from tests.billing.making import (
    BUYER,
    IN_DECEMBER,
    IN_JANUARY,
    NOVEMBER,
    OCTOBER,
    a_contract,
    a_contract_with_work,
    a_price,
    close,
    typed,
    work,
)
from tests.casework.cases.making import a_case
from tests.people import browser_of
from tests.tenants.markup import select, words

URLS = "deploy.urls_console"
CANARIES = ("Kanarialintu", "Salasukunimi", "Salainen työ", "Aarre")


@pytest.fixture
def fiona_browser(fiona):
    with in_console():
        return browser_of(fiona)


@pytest.fixture
def oiva_browser(oiva):
    with in_console():
        return browser_of(oiva)


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


def pages(contract: Contract, invoice: Invoice) -> list[str]:
    with in_console():
        price = contract.prices.all()[0]
    return [
        url("seller"),
        url("contract_list"),
        url("contract_add"),
        url("contract", contract.pk),
        url("contract_edit", contract.pk),
        url("price_add", contract.pk),
        url("price_end", price.pk),
        url("price_remove", price.pk),
        url("month_list"),
        url("month", OCTOBER),
        url("month_close", OCTOBER),
        url("month_issue", OCTOBER),
        url("month_csv", OCTOBER),
        url("invoice_list"),
        url("invoice_csv"),
        url("invoice", invoice.pk),
        url("invoice_issue", invoice.pk),
    ]


def test_finance_opens_every_page_and_no_client_is_on_any(fiona_browser, contract, draft):
    for address in pages(contract, draft):
        response = fiona_browser.get(address)
        assert response.status_code == 200, address
        assert not [word for word in CANARIES if word in response.content.decode()], address


def test_an_issued_invoice_and_its_files_name_no_client(fiona_browser, issued):
    page = fiona_browser.get(url("invoice", issued.pk)).content.decode()
    ubl = fiona_browser.get(url("invoice_file", issued.pk, "ubl"))
    pdf = fiona_browser.get(url("invoice_file", issued.pk, "pdf"))

    printed = "".join(part.extract_text() for part in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "2026-00001" in page
    assert "2026-00001" in printed
    for text in (page, ubl.content.decode(), printed):
        assert not [word for word in (*CANARIES, "2026-0001") if word in text]
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="2026-00001.pdf"'
    assert ubl.headers["Content-Type"] == "application/xml"


def test_an_operator_may_open_none_of_it(oiva_browser, contract, draft):
    for address in [*pages(contract, draft), url("invoice_file", draft.pk, "pdf")]:
        assert oiva_browser.get(address).status_code == 403, address
    for name, key in (("invoice_discard", draft.pk), ("month_draft", draft.closed_id)):
        assert oiva_browser.post(url(name, key)).status_code == 403


def test_somebody_from_a_portal_is_nobody_on_the_console(aino_browser, fiona_browser, contract, draft):
    fiona_browser.cookies.load({name: morsel.value for name, morsel in aino_browser.cookies.items()})

    response = fiona_browser.get(url("invoice", draft.pk))

    assert response.status_code == 302
    assert "/account/login/" in response.url


def test_a_portal_has_no_billing(aino_browser, contract, draft):
    for address in pages(contract, draft):
        assert aino_browser.get(address).status_code == 404, address


def test_the_pages_ask_the_database_little_however_many_invoices_there_are(
    fiona_browser, contract, draft, django_assert_max_num_queries
):
    for month in range(1, 10):
        close(date(2026, month, 1))
    with in_console():
        invoices.issue_month(date(2026, 3, 1), at=IN_DECEMBER)
    for address in pages(contract, draft):
        with django_assert_max_num_queries(15):
            fiona_browser.get(address)


def test_a_month_is_closed_and_issued_on_its_pages(fiona_browser, contract, clock_at):
    clock_at(IN_DECEMBER)
    assert fiona_browser.post(url("month_close", OCTOBER)).url == url("month", OCTOBER)
    assert fiona_browser.post(url("month_issue", OCTOBER)).url == url("month", OCTOBER)

    page = fiona_browser.get(url("month", OCTOBER)).content.decode()
    assert "2026-00001" in page
    again = fiona_browser.post(url("month_close", OCTOBER))
    assert len(errors(again)) == 1
    with in_console():
        assert ContractMonth.objects.count() == 1


def test_a_month_that_is_not_over_is_refused_on_its_page(fiona_browser, contract, clock_at):
    clock_at(IN_DECEMBER.replace(month=11, day=23))

    response = fiona_browser.post(url("month_close", NOVEMBER))

    assert len(errors(response)) == 1
    assert "1.12.2026" in errors(response)[0]


def test_absurd_totals_ask_for_a_tick(fiona_browser, aino, kaavi, contract, draft, clock_at):
    clock_at(IN_DECEMBER)
    case = a_case(by=aino)
    for day in range(1, 29):
        work(case, date(2026, 11, day), minutes=600, by=aino)

    response = fiona_browser.post(url("month_close", NOVEMBER))
    assert "Kaavi" in errors(response)[0]
    assert select(html.fromstring(response.content), "input[name=is_confirmed][type=checkbox]")

    assert fiona_browser.post(url("month_close", NOVEMBER), {"is_confirmed": "on"}).status_code == 302


def test_a_draft_that_cannot_be_issued_says_why(fiona_browser, draft, contract, fiona):
    fiona_browser.post(url("contract_edit", contract.pk), typed(BUYER) | {"version": 1, "endpoint": ""})

    page = html.fromstring(fiona_browser.get(url("invoice", draft.pk)).content)

    assert "Kaavi" in words(select(page, ".ds-alert[data-color=warning]")[0])
    assert len(errors(fiona_browser.post(url("invoice_issue", draft.pk)))) == 1
    assert len(errors(fiona_browser.post(url("month_issue", OCTOBER)))) == 1


def test_a_draft_is_thrown_away_and_made_again(fiona_browser, draft):
    fiona_browser.post(url("invoice_discard", draft.pk))
    assert fiona_browser.get(url("invoice", draft.pk)).status_code == 404

    page = html.fromstring(fiona_browser.get(url("month", OCTOBER)).content)
    assert not select(page, "main .ds-alert[data-color=warning]")  # nothing of it is without a price
    [form] = [form for form in select(page, "form") if form.get("action") == url("month_draft", draft.closed_id)]
    fiona_browser.post(form.get("action"))

    with in_console():
        assert Invoice.objects.get().net == draft.net


def test_the_month_says_which_services_have_no_price(fiona_browser, aino, kaavi, fiona):
    contract = a_contract(by=fiona)
    a_price(contract, Unit.MONTH, "500", by=fiona)
    work(a_case(by=aino), date(2026, 10, 6), by=aino)
    close(OCTOBER)

    page = html.fromstring(fiona_browser.get(url("month", OCTOBER)).content)

    assert words(select(page, ".panel .ds-alert[data-color=warning]")[0]).startswith("1 ")
    assert not [form for form in select(page, "form") if "/months/drafts/" in (form.get("action") or "")]


def test_throwing_away_what_was_issued_is_a_conflict(fiona_browser, issued):
    assert fiona_browser.post(url("invoice_discard", issued.pk)).status_code == 409


def test_what_does_not_exist_is_not_found(fiona_browser, contract, draft):
    nobody = "00000000-0000-4000-8000-000000000000"
    for address in (
        url("contract", nobody),
        url("invoice", nobody),
        url("price_end", nobody),
        url("invoice_file", draft.pk, "pdf"),
        url("month", date(2025, 1, 1)),
        "/months/2026-13/",
    ):
        assert fiona_browser.get(address).status_code == 404, address


def test_the_tables_open_in_a_spreadsheet(fiona_browser, issued):
    def rows(address: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(fiona_browser.get(address).content.decode("utf-8-sig")), delimiter=";"))

    assert rows(url("invoice_csv"))[1][:3] == ["2026-00001", "Kaavi", "2026-10"]
    assert rows(url("invoice_csv"))[1][-3:] == ["560,00", "142,80", "702,80"]
    assert ["Kaavi", "Koordinointi", "2026-10", "1", "60"] in rows(url("month_csv", OCTOBER))
    assert rows(url("invoice_csv") + "?municipality=tuusniemi")[1:] == []


def test_the_list_is_narrowed_and_added_up(fiona_browser, issued):
    close(NOVEMBER)

    page = html.fromstring(fiona_browser.get(url("invoice_list") + "?year=2026&municipality=kaavi").content)
    assert len(select(page, "tbody tr")) == 2
    assert "702,80" in words(select(page, ".sums")[0])
    other = html.fromstring(fiona_browser.get(url("invoice_list") + "?year=1999").content)
    assert not select(other, "tbody tr")


def test_empty_pages_say_so_kindly(fiona_browser):
    for name in ("contract_list", "month_list", "invoice_list"):
        assert select(html.fromstring(fiona_browser.get(url(name)).content), ".nothing p"), name


def test_the_month_says_how_many_services_were_changed_since_it_was_closed(fiona_browser, aino, kaavi, fiona):
    contract = a_contract(by=fiona)
    a_price(contract, Unit.HOUR, "90", by=fiona)
    case = a_case(by=aino)
    work(case, date(2026, 10, 6), by=aino)
    wrong, mistaken = (work(case, date(2026, 10, day), by=aino) for day in (7, 8))
    close(OCTOBER)
    page = html.fromstring(fiona_browser.get(url("month", OCTOBER)).content)
    assert not select(page, ".panel .ds-alert[data-color=warning]")

    right: dict[str, Any] = {"on": wrong.on, "product": "coordination", "minutes": 6, "what": "", "is_billable": True}
    service_entries.correct(entry=wrong, **right, reason="Nolla liikaa", version=1, by=aino, at=IN_JANUARY)
    service_entries.take_back(entry=mistaken, reason="Väärä asiakas", version=1, by=aino, at=IN_JANUARY)

    page = html.fromstring(fiona_browser.get(f"{url('month', OCTOBER)}?contract={contract.pk}").content)
    assert " 2 " in words(select(page, ".panel .ds-alert[data-color=warning]")[0])
