"""The letter beside the form of a decision that a client brings: proposed with its place, written by a person only."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Application, Decision, Document
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.cases.making import a_case
from tests.casework.letters import samples
from tests.casework.letters.making import a_letter, read_all
from tests.conftest import NOON
from tests.tenants.uploads import pdf


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    return a_case(by=aino, identity_code="010180-999A")


@pytest.fixture
def english(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


def form_of(case):
    return reverse("brought_decision", args=[case.number])


def filled(page):
    return {bound.html_name: bound.value() or "" for bound in page.context["form"]}


def test_a_letter_is_added_from_the_form_and_leads_back_to_it(case, english):
    page = form_of(case)
    add = f"{reverse('document_add', args=[case.number])}?kind=decision&next={page}"
    assert add.replace("&", "&amp;") in english.get(page).text
    assert english.get(add).context["form"]["kind"].value() == "decision"

    answer = english.post(add, {"file": SimpleUploadedFile("paatos.pdf", pdf(), "application/pdf"), "kind": "decision"})

    assert answer.headers["Location"] == f"{page}?document={Document.objects.get().pk}"
    assert "You need not wait for it" in english.get(answer.headers["Location"]).text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/%5Cexample.org", "nowhere"])
def test_only_a_page_of_this_house_is_led_back_to(case, english, elsewhere):
    add = f"{reverse('document_add', args=[case.number])}?next={elsewhere}"

    answer = english.post(add, {"file": SimpleUploadedFile("paatos.pdf", pdf(), "application/pdf"), "kind": "decision"})

    assert answer.headers["Location"] == reverse("case_documents", args=[case.number])


def test_what_was_read_is_proposed_with_its_place_and_nothing_is_written(case, aino, english):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.get(form_of(case))

    assert "Valituksen on oltava perillä viimeistään 4.1.2027." in page.text
    assert not page.context["form"]["decided_on"].value()
    assert not Application.objects.exists()


def test_one_click_uses_what_is_proposed_also_who_decided_and_a_person_saves_it(case, aino, english):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.post(form_of(case), {"use": "all", "benefit_code": "SPR", "filed_on": "2026-10-01", "matter": "new"})

    assert not page.context["form"].errors
    assert not Decision.objects.exists()
    typed = filled(page)
    assert (typed["decider_code"], typed["printed_last_day"], typed["document"]) == (
        "kela",
        "2027-01-04",
        str(document.pk),
    )
    assert english.post(form_of(case), typed | {"notice_on": "2026-11-23", "channel": "post"}).status_code == 302
    decision = Decision.objects.get()
    assert (decision.decided_on, decision.document) == (date(2026, 11, 23), document)


def test_another_decider_than_the_one_that_was_typed_is_said(case, aino, english):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.post(form_of(case), {"use": "decided_on", "benefit_code": "TKE-T", "decider_code": "keva"})

    assert "The application is with Keva." in page.text


def test_a_letter_of_somebody_else_proposes_nothing(case, aino, english):
    a_letter(case, samples.pdf(samples.KELA.replace("010180-999A", "131052-308T")), by=aino)
    read_all()

    page = english.get(form_of(case))

    assert 'name="use"' not in page.text


def test_the_page_with_its_letter_asks_the_database_little(case, aino, english, django_assert_max_num_queries):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()
    english.get(form_of(case))

    with django_assert_max_num_queries(15):
        english.get(form_of(case))
