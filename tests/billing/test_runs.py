"""A run over many customers: one that cannot be done is left with a sentence why, and keeps nobody else waiting."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django.urls import reverse

from billing.actions import contracts, drafts, invoices, usage
from billing.actions.runs import NothingDone
from billing.models import Contract, ContractMonth, Invoice, InvoiceCounter, InvoiceFile, UsageEvidence
from billing.pricing import PricesOverlap, Unit
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.database.current import connection
from tenants.scope import in_console
from tests.billing.making import BUYER, IN_DECEMBER, NOVEMBER, OCTOBER, a_contract, a_price, a_seller, close
from tests.faults.line import cut, fault_at
from tests.people import browser_of, person

OTHERS = ("rautavaara", "tuusniemi")


@pytest.fixture
def three(db, fiona):
    """Three contracts of 500 a month, and a seller."""
    a_seller(by=fiona)
    made = {schema: a_contract(by=fiona, schema=schema) for schema in ("kaavi", *OTHERS)}
    for contract in made.values():
        a_price(contract, Unit.MONTH, "500", by=fiona)
    return made


def closed_in(month: date = NOVEMBER) -> set[str]:
    with in_console():
        rows = ContractMonth.objects.filter(month=month)
        return set(rows.values_list("contract__municipality__schema_name", flat=True))


def fail_for(monkeypatch, where: str, error: Exception, *, schema: str = "kaavi") -> None:
    """Let a step of the run fail for one municipality, after it was taken."""
    place, name = where.split(".")
    module: Any = {"usage": usage, "invoices": invoices, "drafts": drafts}[place]
    real = getattr(module, name)

    def failing(*given: Any, **named: Any) -> Any:
        result = real(*given, **named)
        if _contract_of([*given, *named.values()][0]).municipality.schema_name == schema:
            raise error
        return result

    monkeypatch.setattr(module, name, failing)


def _contract_of(one: Any) -> Contract:
    """Of a contract, of its closed month, or of an invoice."""
    if isinstance(one, Contract):
        return one
    contract: Contract = (one.closed if isinstance(one, Invoice) else one).contract
    return contract


def test_a_municipality_that_cannot_be_counted_is_left_and_the_others_are_closed(three, monkeypatch):
    fail_for(monkeypatch, "usage._count", RuntimeError("broken"))

    with in_console():
        run = usage.close_month(NOVEMBER, at=IN_DECEMBER)

    assert closed_in() == {*OTHERS}
    assert len(run.left) == 1
    assert run.left[0].startswith("Kaavi: ")
    with in_console():
        assert Invoice.objects.count() == 2
        assert not UsageEvidence.objects.filter(municipality__schema_name="kaavi").exists()


def test_it_is_closed_by_another_call_when_it_can_be_counted(three, monkeypatch):
    with monkeypatch.context() as broken:
        fail_for(broken, "usage._count", RuntimeError("broken"))
        close(NOVEMBER)

    [again] = close(NOVEMBER)

    assert again.contract == three["kaavi"]
    assert closed_in() == {"kaavi", *OTHERS}
    with pytest.raises(usage.MonthClosed):
        close(NOVEMBER)


def test_a_price_list_that_cannot_be_applied_holds_up_its_own_contract_only(three, monkeypatch):
    fail_for(monkeypatch, "drafts.make", PricesOverlap())

    with in_console():
        run = usage.close_month(NOVEMBER, at=IN_DECEMBER)

    assert closed_in() == {*OTHERS}
    assert [type(refusal) for refusal in run.refusals] == [usage.NotClosed]
    assert run.left[0].startswith("Kaavi: ")


def test_an_absurd_total_is_asked_about_and_the_others_are_closed(three, fiona):
    row = three["kaavi"].prices.get()
    close(OCTOBER)
    with in_console():
        who: dict[str, Any] = {"version": 1, "by": fiona, "at": IN_DECEMBER}
        contracts.end_price(row=row, valid_to=date(2026, 10, 31), **who)
    a_price(three["kaavi"], Unit.MONTH, "50000", valid_from=NOVEMBER, by=fiona)

    with in_console():
        run = usage.close_month(NOVEMBER, at=IN_DECEMBER)

    assert closed_in() == {*OTHERS}
    assert [type(refusal) for refusal in run.refusals] == [usage.TotalsAbsurd]
    assert "Kaavi" in run.left[0]
    assert [one.contract for one in close(NOVEMBER, is_confirmed=True)] == [three["kaavi"]]


def test_when_nobody_can_be_done_all_reasons_are_said_one_below_the_other(three, fiona, monkeypatch):
    for schema in ("kaavi", *OTHERS):
        fail_for(monkeypatch, "usage._count", RuntimeError("broken"), schema=schema)

    with pytest.raises(NothingDone) as refusal:
        close(NOVEMBER)

    nothing, *reasons = refusal.value.sentences
    assert nothing == "Mitään ei voitu tehdä."
    assert [reason.partition(":")[0] for reason in reasons] == ["Kaavi", "Rautavaara", "Tuusniemi"]
    assert closed_in() == set()


def test_a_buyer_whose_details_are_missing_keeps_nobodys_invoice_back(three, fiona):
    close(NOVEMBER)
    with in_console():
        who: dict[str, Any] = {"version": 1, "by": fiona, "at": IN_DECEMBER}
        contracts.change(contract=three["kaavi"], details=BUYER | {"endpoint": ""}, **who)
        run = invoices.issue_month(NOVEMBER, at=IN_DECEMBER, by=fiona)

        assert [one.number for one in run.done] == ["2026-00001", "2026-00002"]
        assert [type(refusal) for refusal in run.refusals] == [invoices.NotReady]
        assert AccessEntry.objects.filter(action="invoice.issued").count() == 2

        contracts.change(
            contract=three["kaavi"], details={"endpoint": "003701723374"}, version=2, by=fiona, at=IN_DECEMBER
        )
        assert [one.number for one in invoices.issue_month(NOVEMBER, at=IN_DECEMBER).done] == ["2026-00003"]


def test_a_number_that_was_taken_before_something_broke_is_the_next_ones(three, monkeypatch):
    close(NOVEMBER)
    with monkeypatch.context() as broken, in_console():
        fail_for(broken, "invoices._give_number", RuntimeError("no room for the PDF"))
        run = invoices.issue_month(NOVEMBER, at=IN_DECEMBER)

        assert [one.number for one in run.done] == ["2026-00001", "2026-00002"]
        assert len(run.left) == 1
        assert InvoiceCounter.objects.get().last == 2
        assert InvoiceFile.objects.count() == 4
        assert Invoice.objects.get(number=None).closed.contract == three["kaavi"]


def test_a_connection_that_is_lost_in_the_middle_leaves_nothing_and_is_said_to_be_lost(own_database):
    with in_console():
        fiona = person("Fiona", Role.FINANCE)
    for schema in ("kaavi", *OTHERS):
        a_price(a_contract(by=fiona, schema=schema), Unit.MONTH, "500", by=fiona)
    with in_console(), fault_at(0, (cut,)) as usual, transaction.atomic():
        usage.close_month(NOVEMBER, at=IN_DECEMBER)
        transaction.set_rollback(True)

    with pytest.raises(OperationalError), in_console(), fault_at(len(usual.said) * 2 // 3, (cut,)):
        usage.close_month(NOVEMBER, at=IN_DECEMBER)

    connection.close()
    assert closed_in() == set()


def test_the_page_says_who_is_closed_and_who_is_left(three, fiona, monkeypatch, clock_at):
    clock_at(IN_DECEMBER)
    fail_for(monkeypatch, "usage._count", RuntimeError("broken"))
    with in_console():
        browser = browser_of(fiona)
    page = browser.post(reverse("month_close", urlconf="deploy.urls_console", args=[NOVEMBER]), follow=True)

    said = [(message.level_tag, str(message)) for message in page.context["messages"]]
    assert [level for level, _ in said] == ["warning", "success"]
    assert said[0][1].startswith("Kaavi: ")
    assert "2/3" in page.text


def test_the_commands_end_by_saying_who_is_left(three, fiona, monkeypatch, clock_at, capsys):
    clock_at(IN_DECEMBER)
    with monkeypatch.context() as broken:
        fail_for(broken, "usage._count", RuntimeError("broken"))
        with pytest.raises(CommandError, match=r"^Not closed: Kaavi: "):
            call_command("close_month", "2026-11")
    assert "contracts 2, drafts 2" in capsys.readouterr().out

    fail_for(monkeypatch, "invoices._give_number", RuntimeError("broken"), schema="tuusniemi")
    with pytest.raises(CommandError, match=r"^Not issued: Tuusniemi: "):
        call_command("issue_invoices", "2026-11")
    assert capsys.readouterr().out.split()[:2] == ["2026-00001", "Rautavaara"]
