"""The commands of billing: what they write, and one line with exit code 1 for every bad input."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import facturx
import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from billing.actions import invoices
from billing.models import Invoice, InvoiceFile
from billing.pricing import Unit
from tenants.scope import in_console
from tests.billing.making import IN_DECEMBER, OCTOBER, a_contract, a_price, a_seller, close, work
from tests.billing.test_ubl import broken_rules  # noqa: F401 (a fixture)
from tests.casework.cases.making import a_case

ROOT = Path(__file__).parents[2]


@pytest.fixture
def contract(kaavi, aino, fiona):
    """Kaavi pays for hours with tax, a month that is exempt, and meetings outside the scope of VAT."""
    a_seller(by=fiona)
    contract = a_contract(by=fiona)
    a_price(contract, Unit.HOUR, "61.35", by=fiona)
    a_price(
        contract, Unit.MONTH, "450", vat_category="E", reason_code="VATEX-EU-132-1G", vat_reason="AVL 37 §", by=fiona
    )
    outside = {"vat_category": "O", "reason_code": "VATEX-EU-O", "vat_reason": "KHO:2009:42"}
    a_price(contract, Unit.PRODUCT, "90", product="team_meeting", by=fiona, **outside)
    case = a_case(by=aino)
    work(case, date(2026, 10, 6), minutes=50, by=aino)
    work(case, date(2026, 10, 7), "team_meeting", by=aino)
    return contract


@pytest.fixture
def issued(contract):
    close(OCTOBER)
    with in_console():
        return invoices.issue_month(OCTOBER, at=IN_DECEMBER).done


def said(capsys, name: str, *arguments: object) -> str:
    call_command(name, *map(str, arguments))
    return str(capsys.readouterr().out)


def refused(name: str, *arguments: object) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command(name, *map(str, arguments))
    assert refusal.value.returncode == 1
    assert "\n" not in str(refusal.value).strip()
    return str(refusal.value)


def test_a_month_is_closed_and_issued_by_hand(contract, capsys, clock_at):
    clock_at(IN_DECEMBER)

    assert "2026-10" in said(capsys, "close_month", "2026-10")
    assert [line.split()[0] for line in said(capsys, "issue_invoices", "2026-10").splitlines()] == [
        "2026-00001",
        "2026-00002",
    ]


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "", "2026-10-01", "1999-01", "٢٠٢٦-10"])
@pytest.mark.parametrize("command", ["close_month", "issue_invoices"])
def test_what_is_not_a_month_is_refused(contract, command, month):
    assert refused(command, month)


def test_a_month_that_is_not_over_a_second_close_and_a_second_issue_are_refused(contract, clock_at):
    clock_at(IN_DECEMBER)
    assert refused("close_month", "2026-12")
    assert refused("issue_invoices", "2026-10")
    call_command("close_month", "2026-10")
    assert refused("close_month", "2026-10")
    call_command("issue_invoices", "2026-10")
    assert refused("issue_invoices", "2026-10")
    with in_console():
        assert Invoice.objects.count() == 2


def test_absurd_totals_are_closed_only_when_confirmed(contract, issued, aino, kaavi, clock_at):
    clock_at(IN_DECEMBER)
    case = a_case(by=aino)
    for day in range(1, 29):
        work(case, date(2026, 11, day), minutes=600, by=aino)

    assert "Kaavi" in refused("close_month", "2026-11")
    call_command("close_month", "2026-11", "--confirm")


@pytest.mark.parametrize("format", ["pdf", "ubl"])
def test_the_file_is_written_exactly_as_it_was_issued(issued, tmp_path, format):
    output = tmp_path / "invoice"

    call_command("invoice_document", "2026-00001", "--format", format, "--output", str(output))

    with in_console():
        kept = InvoiceFile.objects.get(invoice__number="2026-00001", format=format)
    assert hashlib.sha256(output.read_bytes()).hexdigest() == kept.sha256
    assert [path.name for path in tmp_path.iterdir()] == ["invoice"]


def test_a_file_that_is_there_is_overwritten_only_by_force(issued, tmp_path):
    output = tmp_path / "invoice.pdf"
    output.write_text("precious")
    arguments = ("2026-00001", "--format", "pdf", "--output", output)

    assert str(output) in refused("invoice_document", *arguments)
    assert output.read_text() == "precious"
    call_command("invoice_document", *map(str, arguments), "--force")

    assert output.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [output]


def test_an_unknown_number_a_wrong_format_and_a_missing_folder_are_refused(issued, tmp_path):
    output = tmp_path / "invoice"
    for arguments in (
        ("2026-00099", "--format", "pdf", "--output", output),
        ("2026-00001", "--format", "docx", "--output", output),
        ("2026-00001", "--format", "pdf", "--output", tmp_path / "nowhere" / "invoice"),
        ("2026-00001", "--format", "pdf", "--output", tmp_path),
        ("2026-00001", "--format", "pdf", "--output", tmp_path, "--force"),
    ):
        assert refused("invoice_document", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_e_invoices_as_issued_pass_the_schema_and_the_european_rules(issued, broken_rules):  # noqa: F811
    """Two of them: taxable with exempt, and outside the scope; the sums are those of the database."""
    with in_console():
        files = list(InvoiceFile.objects.filter(format="ubl").select_related("invoice"))

    assert len(files) == 2
    for file in files:
        xml = bytes(file.content)
        assert facturx.xml_check_xsd(xml)
        assert broken_rules(xml) == []
        total = etree.fromstring(xml).findtext(".//{*}LegalMonetaryTotal/{*}PayableAmount")
        assert total == f"{file.invoice.gross:.2f}"


def test_from_the_shell_a_refusal_is_one_line_and_exit_code_1(own_database, tmp_path):
    for arguments in (
        ("close_month", "2999-01"),
        ("close_month", "soon"),
        ("issue_invoices", "2026-10"),
        ("invoice_document", "2026-00001", "--format", "pdf", "--output", str(tmp_path / "x")),
    ):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, check=False, cwd=ROOT, env=own_database, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
