"""The pages of the description: who may see and do what, what is kept when something goes wrong, what is handed out."""

import io
import re

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework.cases import actions as cases
from casework.law.sections import SECTIONS
from casework.models import AbilityDescription, Document, Evidence
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applications.making import an_illness, application_at
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description, a_fact, texts_in_db, what_is_known, written
from tests.casework.descriptions.test_actions import TODAY
from tests.conftest import NOON
from tests.people import MOST_QUESTIONS, browser_of

BUDGET = MOST_QUESTIONS
SECTION = {section.code: str(section.title) for section in SECTIONS}
FOR_SEEING = ["ability_description", "description_pdf", "description_docx"]
FOR_WORK = ["description_edit", "description_sign", "description_attach"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino, first_name="Matti", last_name="Meikäläinen")


@pytest.fixture
def english(aino, time_is):
    """Aino's browser, in English, on the day everything here is written down."""
    time_is(NOON)
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def url(name: str, description: AbilityDescription) -> str:
    return reverse(name, args=[description.case.number, description.pk])


def test_a_description_is_begun_in_the_clients_language_and_opened_for_editing(case, aino, english):
    what_is_known(case, by=aino)
    address = reverse("description_new", args=[case.number])
    assert english.get(address).context["form"].initial == {"language": "fi"}

    answer = english.post(address, {"language": "sv"})

    begun = AbilityDescription.objects.get()
    assert begun.language == "sv"
    assert answer.headers["Location"] == url("description_edit", begun)
    assert "Sciatica" in english.get(answer.headers["Location"]).content.decode()


def test_the_text_is_typed_section_by_section(case, aino, english):
    description = a_description(case=case, by=aino, health="Old.")

    answer = english.post(
        url("description_edit", description), {"language": "en", "version": 2, "health": "New.\r\nSecond line.\r\n"}
    )

    assert answer.headers["Location"] == url("ability_description", description)
    assert texts_in_db(description)["health"] == "New.\nSecond line."


def test_what_is_typed_is_kept_while_it_is_typed(case, aino, english):
    description = a_description(case=case, by=aino)

    assert "data-autosave" in english.get(url("description_edit", description)).content.decode()


def test_who_saves_second_keeps_what_was_typed_and_may_save_again(case, aino, english):
    description = a_description(case=case, by=aino)
    written(description, by=aino, health="Theirs")

    page = english.post(url("description_edit", description), {"language": "en", "version": 1, "health": "Mine"})

    assert "Somebody else changed this" in page.content.decode()
    assert "Mine" in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()
    assert texts_in_db(description)["health"] == "Theirs"


def test_the_page_lists_what_is_missing_and_what_is_new(case, aino, english):
    description = a_description(case=case, by=aino, health="Back pain.")
    a_fact(case, "work", "Builder.", by=aino)

    page = english.get(url("ability_description", description)).content.decode()

    for words in (
        "No assessment is written down.",
        "“What limits working” is empty.",
        "Builder. (The client",
        "Back pain.",
    ):
        assert words in page


def test_news_are_brought_in_from_the_page(case, aino, english):
    description = a_description(case=case, by=aino)
    a_fact(case, "work", "Builder.", by=aino)

    english.post(url("description_bring_in", description))

    assert texts_in_db(description)["work"].startswith("Builder.")


def test_signing_asks_for_a_title_and_a_yes(case, aino, english):
    description = a_description(case=case, by=aino, health="Back pain.")
    address = url("description_sign", description)
    page = english.get(address)
    assert "Section “What limits working” is empty." in page.content.decode()

    assert list(english.post(address, {"title": "", "version": 2}).context["form"].errors) == ["title", "is_ready"]
    answer = english.post(address, {"title": "Work-ability coordinator", "is_ready": "on", "version": 2})

    assert answer.status_code == 302
    signed = AbilityDescription.objects.get()
    assert (signed.is_signed, signed.signer_title, signed.signed_by) == (True, "Work-ability coordinator", aino)
    page = english.get(url("ability_description", signed)).content.decode()
    assert "Attach to an application" in page
    assert url("description_edit", signed) not in page


def test_an_empty_description_is_not_signed(case, aino, english):
    description = a_description(case=case, by=aino)

    page = english.post(url("description_sign", description), {"title": "x", "is_ready": "on", "version": 1})

    assert "every section is empty" in page.content.decode()


def test_editing_a_signed_one_leads_back_to_it(case, aino, english):
    description = a_description("signed", case=case, by=aino, health="Back pain.")

    for name in ("description_edit", "description_sign"):
        assert english.get(url(name, description)).headers["Location"] == url("ability_description", description)
    english.post(url("description_edit", description), {"language": "en", "version": 3, "health": "Changed."})
    english.post(url("description_bring_in", description))

    assert texts_in_db(description)["health"] == "Back pain."


def test_a_draft_is_handed_out_as_pdf_and_docx_and_each_is_logged(case, aino, english):
    description = a_description(case=case, by=aino, health="Back pain.")

    pdf = english.get(url("description_pdf", description))
    word = english.get(url("description_docx", description))

    assert "DRAFT" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "DRAFT – not signed" in [paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert (pdf.headers["Content-Type"], word.headers["Content-Type"]) == ("application/pdf", WORD)
    for answer in (pdf, word):
        assert re.fullmatch(
            rf'attachment; filename="{case.number}-description-1-[\d-]+\.(pdf|docx)"',
            answer.headers["Content-Disposition"],
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert AccessEntry.objects.filter(action="description.printed", subject=case.number).count() == 2


def test_the_pdf_of_a_signed_one_is_the_document_that_was_kept(case, aino, english):
    description = a_description("signed", case=case, by=aino, health="Back pain.")

    answer = english.get(url("description_pdf", description))
    word = english.get(url("description_docx", description))

    assert answer.headers["Location"] == reverse("document", args=[case.number, Document.objects.get().pk])
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert lines[-3:] == ["Aino", "Work-ability coordinator", "23.11.2026"]
    assert "Back pain." in lines


def test_the_signed_paper_is_attached_to_an_application(case, aino, english):
    description = a_description("signed", case=case, by=aino, health="Back pain.")
    illness = an_illness(case, by=aino)
    application = application_at("draft", case=case, by=aino)
    other = application_at("draft", by=aino)
    page = english.get(url("description_attach", description))
    assert list(page.context["form"].fields["application"].queryset) == [application]
    assert other not in page.context["form"].fields["application"].queryset

    english.post(url("description_attach", description), {"application": application.pk, "illnesses": [illness.pk]})

    piece = Evidence.objects.get()
    assert (piece.kind, piece.document, list(piece.illnesses.all())) == ("description", description.document, [illness])
    assert english.get(url("description_attach", description)).context["applications"] == []
    assert application.get_absolute_url() in english.get(url("ability_description", description)).content.decode()


def test_work_ability_shows_every_version(case, aino, english):
    first = a_description("signed", case=case, by=aino, health="Back pain.")
    second = a_description(case=case, by=aino)

    page = english.get(reverse("case_ability", args=[case.number])).content.decode()

    assert url("ability_description", first) in page
    assert url("ability_description", second) in page
    assert "signed 23.11.2026, Aino" in page


def test_the_timeline_leads_to_it(case, aino, english):
    description = a_description("signed", case=case, by=aino, health="Back pain.")

    page = english.get(reverse("case_timeline", args=[case.number])).content.decode()

    assert "Description of abilities signed" in page
    assert url("ability_description", description) in page


@pytest.mark.parametrize("name", FOR_SEEING + FOR_WORK)
def test_the_neighbours_session_finds_nothing(case, aino, cecilia, tuusniemi, name):
    description = a_description(case=case, by=aino, health="Back pain.")
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

        assert browser.get(url(name, description)).status_code == 404


def test_a_description_of_another_case_is_not_found_under_this_one(case, aino, english):
    description = a_description(case=a_case(by=aino), by=aino)

    for name in FOR_SEEING + FOR_WORK:
        assert english.get(reverse(name, args=[case.number, description.pk])).status_code == 404


def test_a_team_member_reads_only(case, aino, daavid):
    description = a_description(case=case, by=aino, health="Back pain.")
    browser = browser_of(daavid)
    assert browser.get(url("ability_description", description)).status_code == 404
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)

    assert [browser.get(url(name, description)).status_code for name in FOR_SEEING] == [200] * 3
    assert [browser.get(url(name, description)).status_code for name in FOR_WORK] == [403] * 3
    assert browser.post(url("description_bring_in", description)).status_code == 403
    assert browser.post(reverse("description_new", args=[case.number]), {"language": "fi"}).status_code == 403
    assert (
        url("description_edit", description)
        not in browser.get(url("ability_description", description)).content.decode()
    )


def test_a_closed_case_offers_no_step_and_takes_none(case, aino, english):
    description = a_description(case=case, by=aino, health="Back pain.")
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    page = english.get(url("ability_description", description)).content.decode()
    refused = english.post(url("description_edit", description), {"language": "en", "version": 2, "health": "New."})

    assert url("description_edit", description) not in page
    assert "The case is closed" in refused.content.decode()
    assert texts_in_db(description)["health"] == "Back pain."


@pytest.mark.parametrize(
    "typed", [{"language": "ru"}, {"health": "x" * 20_001}, {"version": ""}], ids=["language", "length", "version"]
)
def test_bad_input_is_refused_at_its_field(case, aino, english, typed):
    description = a_description(case=case, by=aino)

    page = english.post(url("description_edit", description), {"language": "en", "version": 1} | typed)

    assert list(page.context["form"].errors) == list(typed)


def test_a_protective_order_is_told_on_the_pages(kaavi, aino, english):
    case = a_case(by=aino, protective_order_source="Shown", street="Koivukuja 3", phone="040 123")
    description = a_description(case=case, by=aino)

    for name in ("ability_description", "description_edit", "description_sign"):
        page = english.get(url(name, description)).content.decode()
        assert "Protective order." in page
        assert "Koivukuja" not in page


@pytest.mark.parametrize("name", ["ability_description", "description_edit", "description_sign", "description_docx"])
def test_a_page_asks_few_questions_however_much_is_known(case, aino, english, django_assert_max_num_queries, name):
    for number in range(30):
        a_fact(case, "health", f"Fact {number}", by=aino)
    what_is_known(case, by=aino)
    description = a_description(case=case, by=aino)

    with django_assert_max_num_queries(BUDGET):
        assert english.get(url(name, description)).status_code == 200


@pytest.mark.parametrize("name", ["ability_description", "description_attach"])
def test_a_signed_one_asks_few_questions(case, aino, english, django_assert_max_num_queries, name):
    description = a_description("signed", case=case, by=aino, health="Back pain.")
    for _number in range(4):
        application_at("filed", case=case, by=aino)

    with django_assert_max_num_queries(BUDGET):
        assert english.get(url(name, description)).status_code == 200


FINNISH = "Pystyy istumaan noin puoli tuntia kerrallaan, mutta ei jaksa nostaa, kun kipu on kova."


def test_sections_in_another_language_than_the_paper_are_named_before_signing(case, aino, english):
    description = a_description(
        case=case, by=aino, language="sv", health=FINNISH, strengths="Orkar och kan inte på det."
    )

    for name in ("ability_description", "description_sign"):
        page = english.get(url(name, description))
        assert [str(title) for title in page.context["not_translated"]] == [SECTION["health"]]
        assert "seem to be in another language" in page.text


def test_nothing_is_said_of_sections_in_the_language_of_the_paper(case, aino, english):
    description = a_description(case=case, by=aino, language="fi", health=FINNISH)

    assert "seem to be in another language" not in english.get(url("description_sign", description)).text


def test_letters_that_cannot_be_printed_are_named_before_signing_and_stop_nobody(case, aino, english):
    description = a_description(case=case, by=aino, language="fi", health="Kipu on 😖, sanoo Ǩiõll.")

    page = english.get(url("description_sign", description))

    assert page.context["not_printed"] == ["😖"]
    assert "become “?” in the PDF: 😖" in page.text
    typed = {"title": "Koordinaattori", "is_ready": "on", "version": description.version}
    english.post(url("description_sign", description), typed)
    assert AbilityDescription.objects.get().is_signed
