"""The pages of an appeal's letter: printed, enclosed, filed with its proof, and by whom not."""

from datetime import date

import pytest
from django.urls import reverse

from casework.models import Appeal, AppealLetter, Document
from tenants.scope import in_municipality
from tests.casework.applications.making import a_refused_case
from tests.casework.consents.making import a_newer_version, a_paper
from tests.conftest import NOON
from tests.papers import read_docx, read_pdf
from tests.people import browser_of

NAMES = ("appeal_pdf", "appeal_docx", "appeal_enclose", "appeal_file", "appeal_proof")
BUDGET = 15


@pytest.fixture(autouse=True)
def monday_noon(time_is, settings, tmp_path):
    settings.FILES = tmp_path
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    return a_refused_case(by=aino)


def page(name: str, query: str = "") -> str:
    appeal = Appeal.objects.get()
    return reverse(name, args=[appeal.decision.application.case.number, appeal.pk]) + query


def filed(browser, **typed):
    version = Appeal.objects.get().version
    return browser.post(page("appeal_file"), {"filed_on": "2026-11-23", "version": version, **typed}, follow=True)


def test_the_letter_is_printed_as_pdf_and_as_docx(matti, aino_browser):
    pdf, word = (aino_browser.get(page(name)) for name in ("appeal_pdf", "appeal_docx"))

    assert read_pdf(pdf.content).language == "fi"
    assert read_docx(word.content).languages == {"fi-FI"}
    assert "Keva" in read_docx(word.content).text
    for answer, ending in ((pdf, "pdf"), (word, "docx")):
        assert (
            answer.headers["Content-Disposition"]
            == f'attachment; filename="{matti.number}-valitus-2026-11-23.{ending}"'
        )


@pytest.mark.parametrize(("asked", "language"), [("en", "en"), ("sv", "sv"), ("fi", "fi"), ("xx", "fi")])
def test_a_copy_is_in_the_language_that_is_asked_for(matti, aino_browser, asked, language):
    assert read_pdf(aino_browser.get(page("appeal_pdf", f"?language={asked}")).content).language == language


def test_attachments_and_who_signs_are_chosen_on_one_page(matti, aino, aino_browser):
    statement = a_paper(matti, title="B-lausunto", by=aino)
    power = a_paper(matti, Document.Kind.POWER_OF_ATTORNEY, title="Valtakirja Kelaan", by=aino)
    typed = {"attachments": [statement.pk], "power_of_attorney": power.pk, "signed_by": "Aino Auttaja", "version": 1}

    shown = aino_browser.post(page("appeal_enclose"), typed, follow=True).text

    for words in ("B-lausunto", "Valtakirja Kelaan", "Aino Auttaja"):
        assert words in shown


def test_the_letter_that_was_filed_is_kept_and_printed_from_then_on(matti, aino_browser):
    shown = filed(aino_browser, sent_by="post", sent_time="14:05", receipt="RR 123", is_as_written="on").text

    document = Document.objects.get(kind="appeal")
    assert "RR 123" in shown
    assert document.sha256[:16] in shown
    assert aino_browser.get(page("appeal_pdf")).headers["Location"] == reverse(
        "document", args=[matti.number, document.pk]
    )
    assert read_pdf(aino_browser.get(page("appeal_pdf", "?language=en")).content).language == "en"


def test_letters_that_cannot_be_printed_are_named_before_filing(matti, aino_browser):
    version = Appeal.objects.get().version
    typed = {"demand": "Myönnettävä", "grounds": "Kipu on kova 😖 مر", "version": version}
    aino_browser.post(page("appeal_edit"), typed)

    shown = aino_browser.get(page("appeal_file"))

    assert shown.context["not_printed"] == ["ر", "م", "😖"]
    assert "ر م 😖" in shown.text


def test_who_signs_without_a_power_of_attorney_is_warned_of_and_not_stopped(matti, aino_browser):
    aino_browser.post(page("appeal_enclose"), {"signed_by": "Aino Auttaja", "version": 1})

    assert "Aino Auttaja" in aino_browser.get(page("appeal_file")).text
    filed(aino_browser)

    assert Appeal.objects.get().is_filed


def test_the_proof_is_corrected_afterwards(matti, aino_browser):
    assert aino_browser.get(page("appeal_proof")).headers["Location"] == Appeal.objects.get().get_absolute_url()
    filed(aino_browser, receipt="4711")
    typed = {"receipt": "4712", "reason": "Näppäilyvirhe", "version": AppealLetter.objects.get().version}

    assert "4712" in aino_browser.post(page("appeal_proof"), typed, follow=True).text


def test_correcting_a_receipt_does_not_let_go_of_a_paper_that_was_replaced_since(matti, aino, aino_browser):
    filed(aino_browser, receipt="4711", is_as_written="on")
    paper = Document.objects.get(kind="appeal")
    a_newer_version(paper, by=aino)

    assert aino_browser.get(page("appeal_proof")).context["form"]["document"].value() == paper.pk
    typed = {"document": paper.pk, "receipt": "4712", "reason": "x", "version": AppealLetter.objects.get().version}
    aino_browser.post(page("appeal_proof"), typed)

    letter = AppealLetter.objects.get()
    assert (letter.document, letter.receipt) == (paper, "4712")


def test_an_attachment_that_was_replaced_stays_chosen_and_says_so(matti, aino, aino_browser):
    statement, power = (a_paper(matti, kind, by=aino) for kind in ("statement_b", "power_of_attorney"))
    typed = {"attachments": [statement.pk], "power_of_attorney": power.pk, "signed_by": "Aino"}
    aino_browser.post(page("appeal_enclose"), typed | {"version": 1})
    for old in (statement, power):
        a_newer_version(old, by=aino)

    shown = aino_browser.get(page("appeal_enclose")).text
    aino_browser.post(page("appeal_enclose"), typed | {"signed_by": "Bertta", "version": 2})

    letter = AppealLetter.objects.get()
    assert shown.count("korvattu uudemmalla") == 2
    assert list(letter.attachments.all()) == [statement]
    assert (letter.signed_by, letter.power_of_attorney) == ("Bertta", power)


@pytest.mark.parametrize("name", NAMES)
def test_the_outsider_finds_nothing(matti, cecilia, tuusniemi, name):
    address = page(name)
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_who_has_another_role_is_refused(matti, paula, name):
    assert browser_of(paula).get(page(name)).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_the_colleague_without_a_reason_is_asked_for_one(matti, bertta, name):
    answer = browser_of(bertta).get(page(name))

    assert answer.headers["Location"].startswith(reverse("case_reason", args=[matti.number]))


@pytest.mark.parametrize("name", ["appeal", *NAMES])
def test_a_page_asks_few_questions_however_many_papers_there_are(
    matti, aino, aino_browser, django_assert_max_num_queries, name
):
    sent = [a_paper(matti, title=str(number), dated_on=date(2026, 11, 2), by=aino) for number in range(8)]
    aino_browser.post(page("appeal_enclose"), {"attachments": [one.pk for one in sent], "version": 1})
    if name not in {"appeal_enclose", "appeal_file"}:  # they lead away from what was filed
        filed(aino_browser, receipt="4711")

    address = page(name)
    aino_browser.get(address)  # renews the session
    with django_assert_max_num_queries(BUDGET):
        assert aino_browser.get(address).status_code in {200, 302}
