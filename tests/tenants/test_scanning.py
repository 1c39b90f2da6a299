"""The virus scan: a verdict, or nothing is known."""

import pytest

from deploy.local import embedded
from tenants import scanning
from tenants.scanning import NoVerdict, ScannerDown, Verdict
from tests.tenants.scanner import listening_scanner
from tests.tenants.uploads import EICAR, pdf


@pytest.fixture
def scanner(settings):
    with listening_scanner() as scanner:
        settings.CLAMD_ADDRESS = scanner.address
        yield scanner


def test_without_an_address_no_scanner_is_set_up(settings):
    assert not scanning.is_set_up()


def test_a_harmless_file_is_clean_and_was_read_whole(scanner):
    content = pdf() * 5000

    assert scanning.scan(content) == Verdict()
    assert scanner.scanned == [content]


def test_a_virus_is_named(scanner):
    assert scanning.scan(pdf(after=EICAR)) == Verdict("Eicar-Signature")


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\n", b"stream: Cannot allocate memory ERROR\n", b"\n", b"good day\n"],
    ids=["too large", "error", "empty", "something else"],
)
def test_what_is_no_verdict_leaves_everything_unknown(scanner, answer):
    scanner.answer = answer

    with pytest.raises(NoVerdict):
        scanning.scan(b"x")


def test_a_file_that_is_longer_than_the_scanner_takes_is_no_scanner_that_is_down(scanner):
    scanner.takes = 1_000

    with pytest.raises(NoVerdict):
        scanning.scan(bytes(20_000_000))


def test_a_scanner_that_is_down_leaves_everything_unknown(settings):
    settings.CLAMD_ADDRESS = f"127.0.0.1:{embedded.free_port()}"

    with pytest.raises(ScannerDown):
        scanning.scan(b"x")


def test_a_socket_that_is_not_there_leaves_everything_unknown(settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "clamd.ctl")

    with pytest.raises(ScannerDown):
        scanning.scan(b"x")
