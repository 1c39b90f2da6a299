"""The pages of phrases: who opens them, what they show, and the steps."""

import pytest
from django.urls import reverse

from casework.models import Phrase, PhraseWording
from casework.phrases import actions as phrases
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.casework.phrases.making import TEXT, a_phrase
from tests.conftest import NOON
from tests.people import browser_of, person

LIST = "/phrases/"
TYPED = {"kind": "question", "language": "sv", "title": "Alla sjukdomar", "text": "Beskriv varje sjukdom."}


def test_a_coordinator_writes_a_phrase_and_a_supervisor_approves_it(bertta, aino_browser):
    page = aino_browser.post("/phrases/new/", TYPED, follow=True)
    assert "Odottaa hyväksyntää" in page.text

    phrase = Phrase.objects.get()
    assert (phrase.kind, phrase.language, phrase.newest.text) == ("question", "sv", "Beskriv varje sjukdom.")
    browser = browser_of(bertta)
    approve = reverse("phrase_approve", args=[phrase.pk])
    assert "Beskriv varje sjukdom." in browser.get(approve).text
    page = browser.post(approve, {"version": 1}, follow=True)

    assert "Bertta" in page.text
    assert Phrase.objects.get().in_use == PhraseWording.objects.get()


def test_a_change_shows_both_wordings_with_who_wrote_and_who_approved(bertta, aino, aino_browser):
    phrase = a_phrase(by=aino, approved_by=bertta)
    edit = reverse("phrase_edit", args=[phrase.pk])

    page = aino_browser.post(
        edit, {"title": "Arviointi", "text": "Uusi teksti.", "version": phrase.version}, follow=True
    )

    assert TEXT in page.text
    assert "Uusi teksti." in page.text
    assert "muutos odottaa" in page.text


def test_an_identity_code_is_said_at_its_field(kaavi, aino_browser):
    page = aino_browser.post("/phrases/new/", TYPED | {"text": "Asiakas 131052-308T."})

    assert list(page.context["form"].errors) == ["text"]


def test_the_form_says_that_nothing_of_a_client_may_stand_in_it(kaavi, aino_browser):
    assert "Ei mitään asiakkaasta" in aino_browser.get("/phrases/new/").text


def test_ones_own_wording_names_who_may_approve_it(bertta):
    phrase = a_phrase(by=bertta)
    person("Bruno", Role.SUPERVISOR)
    browser = browser_of(bertta)

    page = browser.post(reverse("phrase_approve", args=[phrase.pk]), {"version": 1})

    assert "Bruno" in str(page.context["form"].errors)


def test_the_list_is_filtered_by_kind_language_and_use(aino, bertta, aino_browser):
    a_phrase(by=aino, title="Perusteet")
    a_phrase(by=aino, title="Kysymys", kind="question")
    a_phrase(by=aino, title="Motivering", language="sv")
    old = a_phrase(by=aino, title="Vanha", approved_by=bertta)
    phrases.retire(phrase=old, version=old.version, by=bertta, at=NOON)

    def titles(query: str) -> list[str]:
        return [row.newest.title for row in aino_browser.get(LIST + query).context["rows"]]

    assert titles("") == ["Kysymys", "Motivering", "Perusteet"]
    assert titles("?kind=grounds") == ["Motivering", "Perusteet"]
    assert titles("?kind=grounds&language=sv") == ["Motivering"]
    assert titles("?show=retired") == ["Vanha"]
    assert titles("?kind=nonsense") == []


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.PORTAL_ADMIN, Role.PRIVACY_OFFICER])
def test_who_writes_no_papers_opens_no_phrases(kaavi, role):
    assert browser_of(person("Somebody", role)).get(LIST).status_code == 403


def test_a_coordinator_is_not_shown_the_steps_of_a_supervisor(aino, aino_browser):
    phrase = a_phrase(by=aino)

    page = aino_browser.get(phrase.get_absolute_url())

    assert reverse("phrase_approve", args=[phrase.pk]) not in page.text
    assert aino_browser.post(reverse("phrase_approve", args=[phrase.pk]), {"version": 1}).status_code == 403
    assert aino_browser.post(reverse("phrase_retire", args=[phrase.pk]), {"version": 1}).status_code == 403


def test_the_neighbour_does_not_find_it(aino, cecilia, tuusniemi):
    address = a_phrase(by=aino).get_absolute_url()

    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(address).status_code == 404


def test_the_pages_ask_few_questions(aino, bertta, aino_browser, django_assert_max_num_queries):
    for number in range(5):
        phrase = a_phrase(by=aino, title=f"Fraasi {number}", approved_by=bertta)

    with django_assert_max_num_queries(8):
        aino_browser.get(LIST)
    with django_assert_max_num_queries(9):
        aino_browser.get(phrase.get_absolute_url())
