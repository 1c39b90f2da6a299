"""Documents: checked by content, kept sealed, handed out only as a download and with a log entry."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Document
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import PDF, a_pdf


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.FILES = tmp_path
    return Path(tmp_path)


@pytest.fixture
def case(kaavi, aino, folder):
    return a_case(by=aino)


def add(browser, case, **others):
    form = {"file": a_pdf(), "kind": "statement_b", "title": "Doctor's view", "dated_on": "2026-11-03"} | others
    return browser.post(reverse("document_add", args=[case.number]), form)


def test_a_document_is_added_and_handed_out_as_it_was(case, aino_browser):
    add(aino_browser, case)
    document = Document.objects.get()
    assert (document.title, document.content_type, document.dated_on) == (
        "Doctor's view",
        "application/pdf",
        date(2026, 11, 3),
    )

    answer = aino_browser.get(reverse("document", args=[case.number, document.pk]))

    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_file_is_never_shown_as_a_page_of_this_site(case, aino_browser):
    add(aino_browser, case)
    document = Document.objects.get()

    headers = aino_browser.get(reverse("document", args=[case.number, document.pk])).headers

    assert headers["Content-Disposition"] == f'attachment; filename="{case.number}-1-b-lausunto-2026-11-03.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_fetching_a_document_is_logged(case, aino, aino_browser):
    add(aino_browser, case)

    aino_browser.get(reverse("document", args=[case.number, Document.objects.get().pk]))

    assert AccessEntry.objects.get(action="document.fetched").subject == case.number


def test_the_file_lies_sealed_on_the_disk(case, aino_browser, folder):
    add(aino_browser, case)

    (stored,) = [path for path in folder.rglob("*") if path.is_file()]

    assert b"%PDF" not in stored.read_bytes()
    assert re.fullmatch(r"[0-9a-f-]{36}", stored.name)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (a_pdf(content=b""), "empty"),
        (a_pdf(content=b"MZ\x90\x00" + b"x" * 200), "not a PDF"),
        (a_pdf(name="statement.docx"), "ending"),
        (a_pdf(content=PDF.replace(b"%%EOF", b"")), "damaged"),
    ],
    ids=["empty", "program", "wrong ending", "cut off"],
)
def test_a_wrong_file_is_refused_at_its_field_and_nothing_is_kept(case, aino_browser, folder, file, words):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"

    page = add(aino_browser, case, file=file)

    assert list(page.context["form"].errors) == ["file"]
    assert words.lower() in str(page.context["form"].errors["file"]).lower()
    assert not Document.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("others", "field"), [({"dated_on": "1950-01-01"}, "dated_on"), ({"kind": ""}, "kind")])
def test_a_refused_document_leaves_no_file_behind(case, aino_browser, folder, others, field):
    page = add(aino_browser, case, **others)

    assert list(page.context["form"].errors) == [field]
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_without_a_title_it_is_called_by_what_it_is(case, aino_browser):
    add(aino_browser, case, title="")

    page = aino_browser.get(reverse("case_documents", args=[case.number]))

    assert str(Document.Kind.STATEMENT_B.label) in page.content.decode()


def test_a_document_of_another_case_is_not_found_under_this_one(case, aino, aino_browser):
    add(aino_browser, case)
    other = a_case(by=aino)

    answer = aino_browser.get(reverse("document", args=[other.number, Document.objects.get().pk]))

    assert answer.status_code == 404


def test_two_statements_of_one_kind_and_day_have_two_names_in_the_users_language(case, aino, aino_browser):
    add(aino_browser, case)
    add(aino_browser, case)
    names = set()
    for document in Document.objects.all():
        answer = aino_browser.get(reverse("document", args=[case.number, document.pk]))
        names.add(answer.headers["Content-Disposition"].partition("filename=")[2])

    assert names == {f'"{case.number}-{number}-b-lausunto-2026-11-03.pdf"' for number in (1, 2)}


def test_a_photograph_of_a_phone_is_refused_with_what_to_do(case, aino_browser):
    photograph = SimpleUploadedFile("IMG_0001.jpg", b"\0\0\0\x18ftypheic" + bytes(200))

    page = add(aino_browser, case, file=photograph)

    assert "HEIC" in page.context["form"].errors["file"][0]
    assert not Document.objects.exists()
