"""What pages say of a letter: it waits, was read, could not be, is perhaps not the client's; a person decides."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from casework.letters import reading
from casework.models import Decision
from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.applications.making import a_decision, an_illness, application_at, in_db
from tests.casework.cases.making import a_case
from tests.casework.letters import samples
from tests.casework.letters.making import a_letter, letter_of, read_all
from tests.conftest import NOON
from tests.people import browser_of


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    case = a_case(by=aino, identity_code="010180-999A")
    an_illness(case, "Rannekanavaoireyhtymä", by=aino)
    an_illness(case, "Masennus", icd10="F32.1", by=aino)
    return case


@pytest.fixture
def application(case, aino):
    return application_at("filed", case=case, benefit="SPR", decider="kela", by=aino)


@pytest.fixture
def english(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


def form_of(application):
    return reverse("decision_new", args=[application.case.number, application.pk])


def words_of(page):
    """The text of a page as one reads it."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def value_of(page, name):
    field = page.context["form"][name]
    return field.value()


def typed(application, **more):
    return {"channel": "post", "notice_on": "", "reasons": "Own words", "version": application.version} | more


# --- beside the form ----------------------------------------------------------------------------------------------


def test_without_a_letter_the_form_says_how_to_get_its_help(application, english):
    page = english.get(form_of(application)).text

    assert "Add the letter to the documents of the case" in page
    assert reverse("document_add", args=[application.case.number]) in page


def test_a_letter_that_waits_is_waited_for_by_nobody(application, case, aino, english):
    a_letter(case, samples.pdf(samples.KELA), by=aino)

    page = english.get(form_of(application))

    assert "You need not wait for it" in page.text
    assert 'name="use"' not in page.text
    answer = english.post(
        form_of(application),
        typed(application, decided_on="2026-11-20", notice_on="2026-11-20", result="rejected"),
    )
    assert answer.status_code == 302


def test_what_was_read_is_proposed_with_its_place_and_nothing_is_filled_in(application, case, aino, english):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.get(form_of(application))

    assert "Suunta calculates the last day of appeal" in page.text
    assert "23.11.2026" in page.text
    assert "Valituksen on oltava perillä viimeistään 4.1.2027." in page.text
    assert "Page 1" in page.text
    assert "compare with the letter itself" in page.text
    assert not value_of(page, "decided_on")
    assert not Decision.objects.exists()


def test_the_answer_to_an_appeal_is_called_one_and_nothing_of_it_is_proposed(application, case, aino, english):
    head = "Sosiaaliturva-asioiden muutoksenhakulautakunta\nPÄÄTÖS 12.10.2026\nMeikäläinen Matti\n010180-999A"
    a_letter(case, samples.pdf(f"{head}\nVastapuoli Kela\nValitus hylätään."), by=aino)
    read_all()

    page = english.get(form_of(application)).text

    assert "The answer to an appeal" in page
    assert "It is recorded at the appeal, not here." in page
    assert 'name="use"' not in page


def test_one_click_uses_a_proposal_and_keeps_what_was_typed(application, case, aino, english):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.post(form_of(application), typed(application, use="printed_last_day"))

    assert value_of(page, "printed_last_day") == "2027-01-04"
    assert value_of(page, "reasons") == "Own words"
    assert value_of(page, "document") == str(document.pk)
    assert not value_of(page, "decided_on")
    assert not page.context["form"].errors
    assert not Decision.objects.exists()


def test_another_uses_everything_and_a_person_saves_it(application, case, aino, english):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.post(form_of(application), typed(application, use="all"))
    filled = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    english.post(form_of(application), filled | {"notice_on": "2026-11-23"})

    decision = Decision.objects.get()
    assert (decision.decided_on.isoformat(), decision.result) == ("2026-11-23", "rejected")
    assert decision.printed_last_day is not None
    assert decision.document == document


def test_where_the_letter_says_two_things_both_are_shown_and_none_can_be_used(application, case, aino, english):
    twice = samples.KELA.replace("Perustelut", "Teille myönnetään kuntoutusraha.")
    a_letter(case, samples.pdf(twice), by=aino)
    read_all()

    page = english.get(form_of(application)).text

    assert "The letter is not clear about this, so nothing is proposed" in page
    assert "Teille myönnetään kuntoutusraha." in page
    assert 'value="result"' not in page
    assert value_of(english.post(form_of(application), typed(application, use="all")), "result") is None


def test_another_decider_than_that_of_the_application_is_said(case, aino, english):
    application = application_at("filed", case=case, benefit="TKE-T", decider="keva", by=aino)
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    words = words_of(english.get(form_of(application)).text)

    assert "The application is with Keva." in words
    assert "Usually it would be Pension Appeal Board." in words


def test_a_letter_of_somebody_else_is_stopped_and_tells_nothing_of_them(application, case, aino, english):
    text = samples.KELA.replace("Meikäläinen Matti", "Virtanen Maija").replace("010180-999A", "131052-308T")
    a_letter(case, samples.pdf(text), by=aino)
    read_all()

    page = english.get(form_of(application)).text

    assert "The personal identity code in it is not the client&#x27;s." in page
    assert "Check that the letter belongs to this case" in page
    assert not re.search("Virtanen|131052|hylätään|4.1.2027", page)
    assert 'name="use"' not in page


def test_a_picture_that_could_not_be_read_says_why(application, case, aino, english, monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: "")
    a_letter(case, samples.scanned(samples.KELA), by=aino)
    read_all()

    assert "pictures cannot be read here" in english.get(form_of(application)).text


def test_what_a_machine_read_from_a_picture_says_so(application, case, aino, english):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()
    letter = letter_of(document)
    letter.content = letter.content.replace('"is_picture": false', '"is_picture": true')
    letter.save()

    assert "read by machine from a picture" in english.get(form_of(application)).text


def test_a_long_letter_says_that_only_its_first_pages_were_read(application, case, aino, english):
    more = ["Sivu ja sen tekstiä, jota on riittävästi."] * 299
    a_letter(case, samples.pdf(samples.KELA, *more), by=aino)
    read_all()

    assert "Only the first pages were read, 100 of 300." in english.get(form_of(application)).text


def test_the_newest_letter_is_shown_and_another_can_be_chosen(application, case, aino, english, time_is):
    older = a_letter(case, samples.pdf(samples.PENSION), by=aino, title="Keva's letter")
    time_is(NOON + timedelta(minutes=1))
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    page = english.get(form_of(application)).text
    assert "4.1.2027" in page
    assert f"?document={older.pk}" in page

    chosen = english.get(form_of(application), {"document": str(older.pk)})
    assert "28.12.2026" in chosen.text
    assert "4.1.2027" not in chosen.text
    assert value_of(chosen, "document") == str(older.pk)


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_document_that_is_none_of_the_case_is_passed_over(application, case, aino, english, chosen):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    other = a_letter(a_case(by=aino, last_name="Virtanen"), samples.pdf(samples.PENSION), by=aino)
    read_all()

    for key in (chosen, str(other.pk)):
        page = english.get(form_of(application), {"document": key}).text
        assert "4.1.2027" in page
        assert "28.12.2026" not in page


# --- beside the check ---------------------------------------------------------------------------------------------


@pytest.fixture
def decision(application, case, aino):
    document = a_letter(case, samples.pdf(samples.KELA), by=aino)
    return a_decision(application=application, document=document, by=aino)


def test_where_each_illness_stands_is_shown_beside_its_row(decision, english):
    read_all()

    words = words_of(english.get(decision.get_absolute_url()).text)

    assert re.search(
        "Rannekanavaoireyhtymä Nothing recorded as sent Found in the letter .*Lausuntonne mukaan teillä on rannekanava",
        words,
    )
    assert re.search(
        "Masennus F32.1 Nothing recorded as sent Not found in the letter by the search. The letter may call it",
        words,
    )
    assert "Whether it was considered is for you to read" in words


def test_the_search_answers_nothing(decision, english):
    read_all()
    page = english.get(decision.get_absolute_url())

    assert [line.answer.value() for line in page.context["form"].lines] == ["not_looked", "not_looked"]


def test_while_the_letter_waits_nothing_is_said_of_any_illness(decision, english):
    page = english.get(decision.get_absolute_url()).text

    assert "You need not wait for it" in page
    assert "Found in the letter" not in page
    assert "Not found in the letter" not in page


def test_an_illness_that_came_later_has_not_been_looked_for(decision, case, aino, english):
    read_all()
    an_illness(case, "Migreeni", by=aino)

    assert "Not searched for in the letter yet" in english.get(decision.get_absolute_url()).text


def test_of_a_decision_without_a_file_nothing_is_said(application, aino, english):
    decision = a_decision(application=application, by=aino)

    assert "What the letter says" not in english.get(decision.get_absolute_url()).text


def test_a_recorded_decision_shows_what_was_read_and_offers_nothing_to_use(decision, english):
    read_all()
    page = english.get(decision.get_absolute_url()).text

    assert "Valituksen on oltava perillä viimeistään 4.1.2027." in page
    assert 'name="use"' not in page


# --- everybody else, every language -------------------------------------------------------------------------------


def test_the_outsider_and_the_wrong_role_see_nothing_of_a_letter(decision, application, cecilia, paula, daavid):
    read_all()
    for person in (paula, daavid):
        for address in (decision.get_absolute_url(), form_of(application)):
            assert "perillä viimeistään" not in browser_of(person).get(address).text


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Löytyi kirjeestä"), ("sv", "Hittades i brevet"), ("en", "Found in the letter")]
)
def test_it_is_said_in_three_languages(decision, aino_browser, language, words):
    read_all()
    aino_browser.cookies[LANGUAGE_COOKIE] = language

    assert words in aino_browser.get(decision.get_absolute_url()).text


def test_the_pages_ask_few_questions(decision, case, aino, english, django_assert_max_num_queries):
    application = application_at("filed", case=case, by=aino)
    for _number in range(3):
        a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()

    english.get(decision.get_absolute_url())
    with django_assert_max_num_queries(15):
        english.get(form_of(application))
    with django_assert_max_num_queries(17):
        english.get(decision.get_absolute_url())


def test_an_application_that_was_decided_stays_as_it_is_until_a_person_saves(application, case, aino, english):
    a_letter(case, samples.pdf(samples.KELA), by=aino)
    read_all()
    english.post(form_of(application), typed(application, use="all"))

    assert in_db(application).state == "filed"
