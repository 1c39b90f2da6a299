"""Issuing: numbers without a gap, what is kept, what is refused, and that the database keeps what was issued."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from billing.actions import contracts, drafts, invoices
from billing.models import Contract, Invoice, InvoiceCounter, InvoiceFile, InvoiceLine, UsageEvidence
from billing.pricing import Unit
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_console
from tests.billing.making import (
    BUYER,
    IN_DECEMBER,
    IN_JANUARY,
    NOVEMBER,
    OCTOBER,
    a_contract,
    a_price,
    a_seller,
    close,
    work,
)
from tests.casework.cases.making import a_case
from tests.people import person


@pytest.fixture
def seller(fiona):
    return a_seller(by=fiona)


@pytest.fixture
def contract(kaavi, aino, fiona):
    """Kaavi pays 500 a month, and 60 an hour for one hour of coordination in November."""
    contract = a_contract(by=fiona)
    a_price(contract, Unit.MONTH, "500", by=fiona)
    a_price(contract, Unit.HOUR, "60", by=fiona)
    work(a_case(by=aino), date(2026, 11, 3), by=aino)
    return contract


@pytest.fixture
def draft(contract, seller, console):
    [closed] = close(NOVEMBER)
    return closed.invoices.get()


def test_issuing_gives_number_dates_reference_snapshot_and_files(draft, fiona):
    invoice = invoices.issue(invoice=draft, at=IN_DECEMBER, by=fiona)

    invoice.refresh_from_db()
    assert invoice.number == "2026-00001"
    assert (invoice.issued_on, invoice.due_on) == (date(2026, 12, 2), date(2027, 1, 1))
    assert invoice.reference_number == "2026000011"
    document = invoice.issued_document()
    assert (document.number, document.totals.gross) == (invoice.number, invoice.gross)
    files = {file.format: file for file in invoice.files.all()}
    assert set(files) == {"pdf", "ubl"}
    assert all(hashlib.sha256(file.content).hexdigest() == file.sha256 for file in files.values())
    assert bytes(files["pdf"].content).startswith(b"%PDF")
    assert b"<cbc:ID>2026-00001</cbc:ID>" in bytes(files["ubl"].content)
    assert AccessEntry.objects.filter(action="invoice.issued", subject=invoice.number).count() == 1


def test_a_tab_that_a_contract_has_from_before_does_not_hinder_issuing(draft):
    Contract.objects.update(penalty="korko\tlain mukaan")

    invoice = invoices.issue(invoice=Invoice.objects.get(), at=IN_DECEMBER)

    assert invoice.issued_document().penalty == "korko lain mukaan"


def test_numbers_run_without_a_gap_and_begin_anew_each_year(draft, contract):
    first = invoices.issue(invoice=draft, at=IN_DECEMBER)
    [october] = close(OCTOBER)
    with pytest.raises(RuntimeError):
        issue_and_break(october.invoices.get())
    second = invoices.issue(invoice=october.invoices.get(), at=IN_DECEMBER)
    [december] = close(date(2026, 12, 1), at=IN_JANUARY)
    third = invoices.issue(invoice=december.invoices.get(), at=IN_JANUARY)

    assert [first.number, second.number, third.number] == ["2026-00001", "2026-00002", "2027-00001"]


def test_the_year_of_the_number_is_that_of_the_finnish_day(draft):
    new_year_in_finland = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)

    assert invoices.issue(invoice=draft, at=new_year_in_finland).number == "2027-00001"


def test_an_invoice_is_issued_once(draft):
    invoices.issue(invoice=draft, at=IN_DECEMBER)

    with pytest.raises(drafts.AlreadyIssued):
        invoices.issue(invoice=draft, at=IN_DECEMBER)
    with pytest.raises(drafts.AlreadyIssued):
        drafts.discard(invoice=draft)


def test_without_a_seller_nothing_is_issued_and_no_number_is_taken(contract, console):
    close(NOVEMBER)

    with pytest.raises(invoices.SellerMissing):
        invoices.issue_month(NOVEMBER, at=IN_DECEMBER)

    assert not InvoiceCounter.objects.exists()


@pytest.mark.parametrize("missing", [{"endpoint": ""}, {"buyer_reference": "", "order_reference": ""}])
def test_a_buyer_whose_details_are_missing_is_named_and_no_number_is_taken(draft, contract, fiona, missing):
    contracts.change(contract=contract, details=BUYER | missing, version=1, by=fiona, at=IN_DECEMBER)

    with pytest.raises(invoices.NotReady) as refusal:
        invoices.issue_month(NOVEMBER, at=IN_DECEMBER)

    assert str(refusal.value.user_message).startswith("Kaavi: ")
    assert not InvoiceCounter.objects.exists()


def test_a_month_without_drafts_is_refused(draft):
    invoices.issue_month(NOVEMBER, at=IN_DECEMBER)

    with pytest.raises(invoices.NothingToIssue):
        invoices.issue_month(NOVEMBER, at=IN_DECEMBER)


def test_a_draft_can_be_thrown_away_and_made_again_with_a_corrected_price(draft, contract, fiona):
    row = contract.prices.get(unit=Unit.HOUR)
    why: dict[str, Any] = {"reason": "Kirjoitusvirhe", "version": 1, "by": fiona, "at": IN_DECEMBER}
    with pytest.raises(contracts.PriceIsUsed):
        contracts.remove_price(row=row, **why)

    drafts.discard(invoice=draft)
    contracts.remove_price(row=row, **why)
    a_price(contract, Unit.HOUR, "66", by=fiona)
    [again] = drafts.make(closed=draft.closed)

    assert (draft.net, again.net) == (Decimal(560), Decimal(566))
    assert UsageEvidence.objects.filter(line__invoice=again).count() == 2


def test_what_was_issued_is_not_drafted_again(draft):
    invoices.issue(invoice=draft, at=IN_DECEMBER)

    assert drafts.make(closed=draft.closed) == []


def test_changing_the_contract_changes_no_issued_invoice(draft, contract, fiona):
    invoice = invoices.issue(invoice=draft, at=IN_DECEMBER)
    contracts.change(contract=contract, details={"buyer_name": "Kaavi uusi"}, version=1, by=fiona, at=IN_DECEMBER)

    invoice.refresh_from_db()
    assert invoice.issued_document().buyer.name == "Kaavin kunta"


def changes():
    invoice = Invoice.objects.filter(number__isnull=False)
    yield "invoice", lambda: invoice.update(gross=1)
    yield "number", lambda: invoice.update(number=None)
    yield "deleted", lambda: invoice._raw_delete("default")
    yield "line", lambda: InvoiceLine.objects.update(quantity=9)
    yield "line deleted", lambda: InvoiceLine.objects.all()._raw_delete("default")
    yield "line added", lambda: _copy_of_a_line().save(force_insert=True)
    yield "file", lambda: InvoiceFile.objects.update(content=b"x")
    yield "file deleted", lambda: InvoiceFile.objects.all()._raw_delete("default")
    yield "evidence", lambda: UsageEvidence.objects.update(minutes=1)
    yield "evidence deleted", lambda: UsageEvidence.objects.all()._raw_delete("default")


def _copy_of_a_line() -> InvoiceLine:
    line = InvoiceLine.objects.all()[0]
    line.pk, line.place = Invoice().pk, 99
    return line


@pytest.mark.parametrize("name", [name for name, _ in changes()])
def test_the_database_refuses_to_change_what_was_issued(draft, name):
    invoices.issue(invoice=draft, at=IN_DECEMBER)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        dict(changes())[name]()


def test_two_closes_and_two_issues_at_once_give_one_of_each(own_database):
    """Real threads, real commits: the second waits for the first and finds its work done."""
    with in_console():
        fiona = person("Fiona", Role.FINANCE)
        a_seller(by=fiona)
        for schema in ("kaavi", "tuusniemi", "rautavaara"):
            a_price(a_contract(by=fiona, schema=schema), Unit.MONTH, "500", by=fiona)

    closes = at_once(lambda: close(NOVEMBER))
    issues = at_once(issue_november)

    assert sorted(closes) == ["MonthClosed", "done"]
    assert sorted(issues) == ["NothingToIssue", "done"]
    with in_console():
        numbers = sorted(Invoice.objects.values_list("number", flat=True), key=str)
    assert numbers == ["2026-00001", "2026-00002", "2026-00003"]


def test_numbers_have_no_gap_when_many_issue_at_once_and_some_fail(own_database):
    with in_console():
        fiona = person("Fiona", Role.FINANCE)
        a_seller(by=fiona)
        a_price(a_contract(by=fiona), Unit.MONTH, "500", by=fiona)
        for month in range(1, 9):
            close(date(2026, month, 1))
        waiting = list(Invoice.objects.order_by("pk"))

    def issue_or_break(place: int) -> str:
        try:
            with in_console(), transaction.atomic():
                invoices.issue(invoice=waiting[place], at=IN_DECEMBER)
                if place % 3 == 0:
                    raise RuntimeError
        except RuntimeError:
            return "broken"
        finally:
            connection.close()
        return "issued"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(issue_or_break, range(8)))

    with in_console():
        numbers = sorted(Invoice.objects.exclude(number=None).values_list("number", flat=True), key=str)
    assert outcomes.count("issued") == 5
    assert numbers == [f"2026-{running:05}" for running in range(1, 6)]


@transaction.atomic
def issue_and_break(invoice: Invoice) -> None:
    invoices.issue(invoice=invoice, at=IN_DECEMBER)
    raise RuntimeError("whatever breaks after the number was taken")


def issue_november() -> list[Invoice]:
    with in_console():
        return invoices.issue_month(NOVEMBER, at=IN_DECEMBER).done


def at_once(act) -> list[str]:
    def attempt(_: int) -> str:
        try:
            act()
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(attempt, range(2)))
