"""What is not known to be clean is served to nobody, and a newer version takes the place of a document."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.documents import actions as documents
from casework.law.errors import CaseIsClosed
from casework.models import Document, Event
from deploy.local import embedded
from tenants import files
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.rounds import SomeFailed
from tenants.scanning import ScannerDown
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import PDF, a_pdf
from tests.conftest import NOON
from tests.people import browser_of
from tests.tenants.scanner import listening_scanner
from tests.tenants.uploads import EICAR, archive, docx, pdf

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def scanner(settings):
    with listening_scanner() as scanner:
        settings.CLAMD_ADDRESS = scanner.address
        yield scanner


@pytest.fixture
def case(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    return a_case(by=aino)


def a_document(case, by, content=PDF, **what):
    file = files.check_upload(a_pdf(content=content), "statement.pdf")
    values: dict[str, Any] = {"kind": "statement_b", "title": "B statement", "dated_on": date(2026, 11, 3)} | what
    return documents.add(case=case, file=file, **values, by=by, at=NOON)


def fetch(browser, document):
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser.get(reverse("document", args=[document.case.number, document.pk]))


def state(document):
    return Document.objects.get(pk=document.pk).scan_state


# --- the scan -------------------------------------------------------------------------------------------------


def test_without_a_scanner_documents_are_served_and_say_so(case, aino, aino_browser):
    document = a_document(case, aino)

    assert state(document) == "not_scanned"
    assert documents.scan_waiting(at=LATER) == 0
    assert fetch(aino_browser, document).content == PDF


def test_a_document_waits_until_it_is_scanned(case, aino, aino_browser, scanner):
    document = a_document(case, aino)

    answer = fetch(aino_browser, document)

    assert answer.status_code == 409
    assert "waits for the virus scan" in answer.text


def test_a_clean_document_is_served(case, aino, aino_browser, scanner):
    document = a_document(case, aino)

    assert documents.scan_waiting(at=LATER) == 1
    assert state(document) == "clean"
    assert fetch(aino_browser, document).content == PDF
    assert documents.scan_waiting(at=LATER) == 0


def test_an_infected_document_is_never_served_and_stands_on_the_timeline(case, aino, aino_browser, scanner):
    document = a_document(case, aino, content=pdf(more=[b"%" + EICAR + b"\nnull"]))

    documents.scan_waiting(at=LATER)
    answer = fetch(aino_browser, document)

    assert state(document) == "infected"
    assert answer.status_code == 409
    assert "found something" in answer.text
    assert Event.objects.filter(case=case, kind="document.infected").count() == 1


def test_while_the_scanner_is_down_documents_wait_and_nothing_is_lost(case, aino, aino_browser, settings):
    settings.CLAMD_ADDRESS = f"127.0.0.1:{embedded.free_port()}"
    document = a_document(case, aino)

    with pytest.raises(ScannerDown):
        documents.scan_waiting(at=LATER)
    assert fetch(aino_browser, document).status_code == 409

    with listening_scanner() as scanner:
        settings.CLAMD_ADDRESS = scanner.address
        documents.scan_waiting(at=LATER)
        assert fetch(aino_browser, document).content == PDF


def test_a_file_that_gets_no_verdict_stops_no_other_and_the_round_says_which(case, aino, scanner):
    bad, good = a_document(case, aino, content=PDF.replace(b"paper", b"papex")), a_document(case, aino)
    scanner.answer, scanner.hates = b"stream: Cannot allocate memory ERROR\n", b"papex"

    with pytest.raises(SomeFailed, match=rf"1 of 2 failed: document {bad.pk} \(NoVerdict\)") as failure:
        documents.scan_waiting(at=LATER)

    assert failure.value.count == 1
    assert (state(bad), state(good)) == ("waiting", "clean")


def test_a_file_that_is_lost_stops_no_other(case, aino, scanner):
    lost, good = a_document(case, aino), a_document(case, aino)
    files.discard(lost.file_id)

    with pytest.raises(SomeFailed, match="FileMissing"):
        documents.scan_waiting(at=LATER)

    assert (state(lost), state(good)) == ("waiting", "clean")


def test_a_file_that_is_longer_than_the_scanner_takes_stops_no_other(case, aino, scanner):
    long = a_document(case, aino, content=pdf(more=[b"(" + b"x" * 5_000_000 + b")"]))
    good = a_document(case, aino)
    scanner.takes = 10_000

    with pytest.raises(SomeFailed, match=rf"1 of 2 failed: document {long.pk} \(NoVerdict\)"):
        documents.scan_waiting(at=LATER)

    assert (state(long), state(good)) == ("waiting", "clean")


def test_files_that_cannot_be_read_stop_no_other(case, aino, scanner, tmp_path):
    swapped, folder, good = (a_document(case, aino) for _number in range(3))
    stored = {document.pk: tmp_path / "kaavi" / str(document.file_id) for document in (swapped, folder, good)}
    stored[swapped.pk].write_bytes(stored[good.pk].read_bytes())
    stored[folder.pk].unlink()
    stored[folder.pk].mkdir()

    with pytest.raises(SomeFailed, match="2 of 3 failed"):
        documents.scan_waiting(at=LATER)

    assert [state(document) for document in (swapped, folder, good)] == ["waiting", "waiting", "clean"]


def test_files_that_were_tried_in_vain_keep_no_new_one_waiting(case, aino, scanner):
    bad = [a_document(case, aino) for _number in range(3)]
    scanner.answer = b"stream: Cannot allocate memory ERROR\n"
    with pytest.raises(SomeFailed):
        documents.scan_waiting(at=LATER, most=2)
    scanner.answer = b""

    documents.scan_waiting(at=LATER, most=1)

    assert [state(document) for document in bad] == ["waiting", "waiting", "clean"]


def test_what_was_added_before_there_was_a_scanner_is_scanned_too(case, aino, aino_browser, settings):
    document = a_document(case, aino)

    with listening_scanner() as scanner:
        settings.CLAMD_ADDRESS = scanner.address
        assert fetch(aino_browser, document).status_code == 409
        documents.scan_waiting(at=LATER)
        assert fetch(aino_browser, document).status_code == 200


def test_the_list_tells_what_waits_and_links_it_not(case, aino, aino_browser, scanner):
    document = a_document(case, aino)
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"

    page = aino_browser.get(reverse("case_documents", args=[case.number])).text

    assert "Waits for the virus scan" in page
    assert reverse("document", args=[case.number, document.pk]) + '"' not in page


def test_a_zip_bomb_named_docx_is_refused_at_its_field(case, aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    bomb = docx(word__media__x_dot_bin=b"\0" * 60_000_000)
    form = {"file": a_pdf("statement.docx", bomb), "kind": "other", "title": "", "dated_on": ""}

    page = aino_browser.post(reverse("document_add", args=[case.number]), form)

    assert page.status_code == 200
    assert "file" in page.context["form"].errors
    assert not Document.objects.exists()


def test_an_archive_of_many_members_named_docx_is_refused(case, aino_browser):
    many = archive({f"word/{number}.xml": "" for number in range(2000)})

    aino_browser.post(reverse("document_add", args=[case.number]), {"file": a_pdf("a.docx", many), "kind": "other"})

    assert not Document.objects.exists()


# --- versions -------------------------------------------------------------------------------------------------


def replaced(document, by, at=LATER, **what):
    file = files.check_upload(a_pdf(content=PDF + b"\n"), "statement.pdf")
    values = {"dated_on": date(2026, 11, 10), "valid_until": None} | what
    return documents.replace(document=document, file=file, **values, by=by, at=at)


def test_a_newer_version_takes_the_place_and_the_older_stays_readable(case, aino, aino_browser):
    older = a_document(case, aino)
    address = reverse("document_replace", args=[case.number, older.pk])
    aino_browser.post(address, {"file": a_pdf(content=PDF + b"\n"), "dated_on": "2026-11-10"})

    newer = Document.objects.get(replaces=older)
    page = aino_browser.get(reverse("case_documents", args=[case.number]))

    assert (newer.kind, newer.title, newer.dated_on) == ("statement_b", "B statement", date(2026, 11, 10))
    assert [document.pk for document in page.context["page"]] == [newer.pk]
    assert fetch(aino_browser, older).content == PDF


def test_only_the_newest_is_replaced(case, aino):
    older = a_document(case, aino)
    replaced(older, aino)

    with pytest.raises(documents.AlreadyReplaced):
        replaced(older, aino)
    assert Document.objects.count() == 2


def test_a_document_of_a_closed_case_is_not_replaced(case, aino):
    older = a_document(case, aino)
    day = date(2026, 11, 20)
    cases.close(case=case, outcome="moved", closed_on=day, version=case.version, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        replaced(older, aino)


def test_a_power_of_attorney_has_its_last_day(case, aino):
    paper = a_document(case, aino, kind="power_of_attorney", valid_until=date(2027, 11, 3))

    assert Document.objects.get(pk=paper.pk).valid_until == date(2027, 11, 3)


def test_a_team_member_replaces_nothing(case, aino, daavid):
    older = a_document(case, aino)
    cases.add_participant(case=case, user=daavid, since=date(2026, 11, 1), by=aino, at=NOON)

    answer = browser_of(daavid).post(reverse("document_replace", args=[case.number, older.pk]), {"file": a_pdf()})

    assert answer.status_code == 403
    assert Document.objects.count() == 1
