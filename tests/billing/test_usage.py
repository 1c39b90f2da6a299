"""Closing a month: what is counted, what comes late, what is refused, and that every cent can be counted again."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.actions import usage
from billing.models import ContractMonth, Invoice, Usage, UsageEvidence
from billing.pricing import Unit
from casework.cases import actions as cases
from casework.models import ServiceEntry
from casework.services import actions as service_entries
from tenants.scope import in_console, in_municipality
from tests.billing.making import (
    IN_DECEMBER,
    IN_JANUARY,
    IN_NOVEMBER,
    NOVEMBER,
    OCTOBER,
    a_contract,
    a_price,
    close,
    work,
)
from tests.casework.cases.making import a_case


@pytest.fixture
def contract(kaavi, fiona):
    """Kaavi pays 500 a month, 40 for each client, 60 an hour, and 90 for a team meeting."""
    contract = a_contract(by=fiona)
    a_price(contract, Unit.MONTH, "500", by=fiona)
    a_price(contract, Unit.CLIENT_MONTH, "40", by=fiona)
    a_price(contract, Unit.HOUR, "60", by=fiona)
    a_price(contract, Unit.PRODUCT, "90", product="team_meeting", by=fiona)
    return contract


def lines() -> list[tuple[str, object, object]]:
    with in_console():
        rows = [line for invoice in Invoice.objects.order_by("created_at") for line in invoice.lines.all()]
        return [(row.product, row.quantity, row.line().net) for row in rows]


def test_closing_a_month_counts_fee_clients_hours_and_pieces(kaavi, aino, contract):
    first, second = a_case(by=aino), a_case(by=aino)
    work(first, date(2026, 11, 3), minutes=20, by=aino)
    work(first, date(2026, 11, 9), "client_meeting", minutes=70, by=aino)
    work(second, date(2026, 11, 30), "team_meeting", minutes=30, by=aino)

    close(NOVEMBER)

    assert lines() == [
        ("month", 1, 500),
        ("client_month", 2, 80),
        ("hour", Decimal("1.5"), 90),
        ("team_meeting", 1, 90),
    ]


def test_what_is_not_billable_or_of_another_month_is_not_counted(kaavi, aino, contract):
    case = a_case(by=aino)
    work(case, date(2026, 11, 3), is_billable=False, by=aino)
    work(case, date(2026, 10, 31), by=aino)
    work(case, date(2026, 12, 1), by=aino)

    close(NOVEMBER)

    with in_console():
        assert not Usage.objects.filter(kind="service").exists()


def test_a_case_counts_in_every_month_it_was_open_in(kaavi, aino, contract):
    ended = a_case(by=aino, opened_on=date(2026, 6, 1))
    cases.close(
        case=ended, outcome="moved", closed_on=date(2026, 10, 31), version=ended.version, by=aino, at=IN_NOVEMBER
    )
    stayed = a_case(by=aino, opened_on=date(2026, 6, 1))
    a_case(by=aino, opened_on=date(2026, 12, 1), at=IN_JANUARY)

    close(NOVEMBER)

    with in_console():
        counted = UsageEvidence.objects.filter(usage__kind="client_month").values_list("case_number", flat=True)
        assert list(counted) == [stayed.number]


def test_a_month_that_is_not_over_is_refused_in_one_sentence(kaavi, contract):
    with pytest.raises(usage.MonthNotOver) as refusal:
        close(NOVEMBER, at=IN_NOVEMBER)

    assert "1.12.2026" in str(refusal.value.user_message)
    with in_console():
        assert not ContractMonth.objects.exists()


def test_the_month_ends_at_midnight_in_finland(kaavi, contract):
    last_minute = IN_DECEMBER.replace(day=1, hour=0) - timedelta(hours=2, minutes=1)
    with pytest.raises(usage.MonthNotOver):
        close(NOVEMBER, at=last_minute)

    assert close(NOVEMBER, at=last_minute + timedelta(minutes=1))


def test_a_second_close_is_refused_and_changes_nothing(kaavi, aino, contract):
    case = a_case(by=aino)
    work(case, date(2026, 11, 3), by=aino)
    close(NOVEMBER)
    before = lines()
    work(case, date(2026, 11, 4), by=aino)

    with pytest.raises(usage.MonthClosed):
        close(NOVEMBER)

    assert lines() == before


def test_a_month_without_contracts_is_refused(kaavi, contract):
    with pytest.raises(usage.NoContracts):
        close(date(2025, 12, 1))


def test_what_was_logged_late_is_on_its_own_line_of_the_next_close(kaavi, aino, contract):
    case = a_case(by=aino)
    work(case, date(2026, 10, 5), by=aino)
    close(OCTOBER)
    work(case, date(2026, 10, 6), minutes=90, by=aino)
    work(case, date(2026, 11, 6), minutes=30, by=aino)

    close(NOVEMBER)

    with in_console():
        invoice = Invoice.objects.get(closed__month=NOVEMBER)
        hours = [(line.quantity, line.note) for line in invoice.lines.all() if line.unit == Unit.HOUR]
        assert [quantity for quantity, _ in hours] == [Decimal("0.50"), Decimal("1.50")]
        assert not hours[0][1]
        assert "lokakuu 2026" in hours[1][1]
        assert (invoice.period_from, invoice.period_to) == (date(2026, 10, 6), date(2026, 11, 30))


def test_a_late_entry_of_an_open_month_waits_for_that_months_own_close(kaavi, aino, contract):
    case = a_case(by=aino)
    work(case, date(2026, 10, 6), by=aino)

    close(NOVEMBER)
    assert "hour" not in {product for product, *_ in lines()}
    close(OCTOBER)

    assert ("hour", 1, 60) in lines()


def test_a_case_that_was_written_down_late_pays_its_months_later(kaavi, aino, contract):
    close(OCTOBER)
    a_case(by=aino, opened_on=date(2026, 10, 20))

    close(NOVEMBER)

    with in_console():
        rows = Usage.objects.filter(kind="client_month").values_list("performed_in", "quantity")
        assert set(rows) == {(OCTOBER, 1), (NOVEMBER, 1)}


def test_a_case_that_was_opened_again_does_not_pay_for_the_time_it_was_closed(kaavi, aino, contract):
    case = a_case(by=aino, opened_on=date(2026, 8, 3))
    close(date(2026, 8, 1))
    cases.close(case=case, outcome="moved", closed_on=date(2026, 8, 20), version=1, by=aino, at=IN_NOVEMBER)
    close(date(2026, 9, 1))
    cases.reopen(case=case, by=aino, at=IN_NOVEMBER)

    close(OCTOBER)

    with in_console():
        months = Usage.objects.filter(kind="client_month").values_list("performed_in", flat=True)
        assert sorted(months) == [date(2026, 8, 1), OCTOBER]


def test_a_price_change_within_the_month_follows_the_day_of_the_service(kaavi, aino, fiona):
    contract = a_contract(by=fiona)
    a_price(contract, Unit.HOUR, "60", valid_to=date(2026, 11, 15), by=fiona)
    a_price(contract, Unit.HOUR, "66", valid_from=date(2026, 11, 16), by=fiona)
    case = a_case(by=aino)
    work(case, date(2026, 11, 15), by=aino)
    work(case, date(2026, 11, 16), by=aino)

    close(NOVEMBER)

    assert lines() == [("hour", 1, 60), ("hour", 1, 66)]


def test_rows_outside_the_scope_of_vat_get_an_invoice_of_their_own(kaavi, aino, fiona):
    contract = a_contract(by=fiona)
    a_price(contract, Unit.HOUR, "60", by=fiona)
    a_price(contract, Unit.MONTH, "500", vat_category="O", reason_code="VATEX-EU-O", by=fiona)
    work(a_case(by=aino), date(2026, 11, 15), by=aino)

    close(NOVEMBER)

    with in_console():
        sums = {tuple(map(str, row)) for row in Invoice.objects.values_list("net", "vat", "gross")}
        assert sums == {("60.00", "15.30", "75.30"), ("500.00", "0.00", "500.00")}


def test_a_service_without_a_price_is_counted_and_on_no_invoice(kaavi, aino, fiona):
    contract = a_contract(by=fiona)
    a_price(contract, Unit.MONTH, "500", by=fiona)
    work(a_case(by=aino), date(2026, 11, 15), by=aino)

    close(NOVEMBER)

    assert lines() == [("month", 1, 500)]
    with in_console():
        assert UsageEvidence.objects.filter(usage__kind="service", line=None).count() == 1


def test_each_municipality_pays_for_its_own_work_only(kaavi, aino, cecilia, contract, fiona):
    with in_municipality("tuusniemi"):
        work(a_case(by=cecilia), date(2026, 11, 15), minutes=600, by=cecilia)
    work(a_case(by=aino), date(2026, 11, 15), by=aino)

    close(NOVEMBER)

    assert ("hour", 1, 60) in lines()


def test_of_two_contracts_within_a_month_the_later_has_the_fee(kaavi, aino, fiona):
    old = a_contract(by=fiona, valid_to=date(2026, 11, 15))
    new = a_contract(by=fiona, valid_from=date(2026, 11, 16))
    for contract, fee in ((old, "500"), (new, "600")):
        a_price(contract, Unit.MONTH, fee, by=fiona)
        a_price(contract, Unit.HOUR, "60", by=fiona)
    case = a_case(by=aino)
    work(case, date(2026, 11, 15), by=aino)
    work(case, date(2026, 11, 16), minutes=120, by=aino)

    close(NOVEMBER)

    assert sorted(lines()) == [("hour", 1, 60), ("hour", 2, 120), ("month", 1, 600)]


def test_late_work_under_a_contract_that_has_ended_is_still_billed(kaavi, aino, fiona):
    old = a_contract(by=fiona, valid_to=date(2026, 10, 31))
    a_contract(by=fiona, valid_from=date(2026, 11, 1))
    a_price(old, Unit.HOUR, "60", by=fiona)
    case = a_case(by=aino)
    close(OCTOBER)
    work(case, date(2026, 10, 30), by=aino)

    close(NOVEMBER)

    assert lines() == [("hour", 1, 60)]


def test_a_contract_made_after_the_close_is_closed_by_another_call(kaavi, aino, contract, fiona):
    close(NOVEMBER)
    late = a_contract(by=fiona, schema="rautavaara", business_id="0172642-8", vat_id="", endpoint="003701726428")

    [closed] = close(NOVEMBER)

    assert closed.contract == late


def test_an_absurd_total_is_refused_until_somebody_confirms_it(kaavi, aino, contract):
    close(OCTOBER)
    case = a_case(by=aino)
    for day in range(1, 29):
        work(case, date(2026, 11, day), minutes=600, by=aino)

    with pytest.raises(usage.TotalsAbsurd) as refusal:
        close(NOVEMBER)

    assert "Kaavi" in str(refusal.value.user_message)
    with in_console():
        assert not ContractMonth.objects.filter(month=NOVEMBER).exists()
    assert close(NOVEMBER, is_confirmed=True)


def test_the_expected_sum_of_the_contract_is_the_measure_before_there_is_a_history(kaavi, fiona):
    contract = a_contract(by=fiona, usual_month=Decimal(100))
    a_price(contract, Unit.MONTH, "5000", by=fiona)

    with pytest.raises(usage.TotalsAbsurd):
        close(OCTOBER)


MINUTES = st.integers(1, 600)
DAYS = st.dates(date(2026, 10, 1), date(2026, 11, 30))
PRODUCTS = st.sampled_from(["coordination", "client_meeting", "team_meeting"])
ENTRIES = st.lists(st.tuples(DAYS, PRODUCTS, MINUTES, st.booleans()), max_size=12)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(in_time=ENTRIES, late=ENTRIES)
def test_counting_again_from_the_source_gives_the_invoices_to_the_cent(kaavi, aino, fiona, in_time, late):
    """Two months are closed with work logged before and between; then the whole is counted another way."""
    start = transaction.savepoint_create()
    contract = a_contract(by=fiona)
    a_price(contract, Unit.HOUR, "61.35", by=fiona)
    a_price(contract, Unit.PRODUCT, "90.10", product="team_meeting", by=fiona)
    case = a_case(by=aino)
    work_all(case, in_time, by=aino)
    close(OCTOBER, is_confirmed=True)
    work_all(case, late, by=aino)
    close(NOVEMBER, is_confirmed=True)

    expected = set(ServiceEntry.objects.filter(is_billable=True).values_list("pk", flat=True))
    with in_console():
        billed = list(UsageEvidence.objects.filter(entry_id__isnull=False).values_list("entry_id", flat=True))
        assert sorted(billed, key=str) == sorted(expected, key=str)
        assert sum(invoice.net for invoice in Invoice.objects.all()) == recount(in_time, late)
    transaction.savepoint_rollback(start)


def work_all(case, entries, *, by):
    for on, product, minutes, is_billable in entries:
        work(case, on, product, minutes, is_billable=is_billable, by=by)


def recount(in_time, late) -> Decimal:
    """A line is the hours of one month and one close, rounded to hundredths, times the price, rounded to cents."""
    october_late = [entry for entry in late if entry[0].month == 10]
    november = [
        *(entry for entry in in_time if entry[0].month == 11),
        *(entry for entry in late if entry[0].month == 11),
    ]
    october = [entry for entry in in_time if entry[0].month == 10]
    total = Decimal(0)
    for batch in (october, november, october_late):
        billable = [(product, minutes) for _, product, minutes, is_billable in batch if is_billable]
        minutes = sum(minutes for product, minutes in billable if product != "team_meeting")
        hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
        total += (hours * Decimal("61.35")).quantize(Decimal("0.01"), ROUND_HALF_UP)
        total += Decimal("90.10") * sum(product == "team_meeting" for product, _ in billable)
    return total


def test_an_entry_whose_day_is_corrected_after_closing_is_not_billed_again(kaavi, aino, fiona):
    """Not even under the next contract, whose months know nothing of the days before it."""
    a_contract(by=fiona, valid_to=date(2026, 10, 31))
    a_contract(by=fiona, valid_from=date(2026, 11, 1))
    entry = work(a_case(by=aino), date(2026, 10, 31), by=aino)
    close(OCTOBER)
    right: dict[str, Any] = {
        "on": date(2026, 11, 2),
        "product": "coordination",
        "minutes": 60,
        "what": "",
        "is_billable": True,
    }
    service_entries.correct(entry=entry, **right, reason="Tehtiin maanantaina", version=1, by=aino, at=IN_JANUARY)

    close(date(2026, 11, 1), at=IN_JANUARY)

    with in_console():
        evidence = UsageEvidence.objects.select_related("usage__closed").get(entry_id=entry.pk)
    assert evidence.usage.closed.month == OCTOBER
