"""Phrases are offered beside the texts of papers and inserted by choice: nothing is replaced, saved or lost by that."""

from typing import Any

import pytest
from django.urls import reverse

from casework.descriptions import actions as descriptions
from casework.law.sections import BY_CODE
from casework.models import AbilityDescription, Appeal, StatementRequest
from tests.casework.appeals.making import a_supplement, an_appeal_of
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description
from tests.casework.phrases.making import TEXT, a_phrase
from tests.casework.statements.making import a_statement
from tests.conftest import NOON


@pytest.fixture
def phrases(aino, bertta) -> dict[str, str]:
    """One phrase of each kind in Finnish; answers the key of the wording by kind."""
    kinds = ("description", "grounds", "question", "supplement")
    made = {kind: a_phrase(by=aino, approved_by=bertta, kind=kind, text=f"{TEXT} ({kind})") for kind in kinds}
    return {kind: str(phrase.newest.pk) for kind, phrase in made.items()}


@pytest.fixture
def case(aino):
    return a_case(by=aino)


def offers(page: Any) -> list[str]:
    return [phrase.text for phrase in page.context["form"].offered_phrases]


def test_every_text_of_a_paper_offers_its_kind(aino, case, phrases, aino_browser):
    appeal, letter = an_appeal_of(case, by=aino), a_supplement(case, by=aino)
    request, description = a_statement(case=case, by=aino), a_description(case=case, by=aino, language="fi")
    pages = {
        reverse("appeal_edit", args=[case.number, appeal.pk]): "grounds",
        reverse("appeal_supplement_edit", args=[case.number, letter.pk]): "supplement",
        reverse("appeal_supplement_new", args=[case.number, letter.appeal.pk]): "supplement",
        reverse("statement_new", args=[case.number]): "question",
        reverse("statement_letter", args=[case.number, request.pk]): "question",
        reverse("description_edit", args=[case.number, description.pk]): "description",
    }

    for address, kind in pages.items():
        page = aino_browser.get(address)
        assert offers(page) == [f"{TEXT} ({kind})"], address
        assert page.text.count(f'id="phrase-{phrases[kind]}"') == 1


def test_a_phrase_goes_to_the_end_and_nothing_is_saved_or_lost(aino, case, phrases, aino_browser):
    appeal = an_appeal_of(case, by=aino)
    before = Appeal.objects.get()
    typed = {"demand": "Muutetaan.", "grounds": "Omat sanat.\r\n\r\nToinen kappale.", "version": appeal.version}

    page = aino_browser.post(
        reverse("appeal_edit", args=[case.number, appeal.pk]),
        typed | {"insert": "grounds", "phrase_grounds": phrases["grounds"]},
    )

    form = page.context["form"]
    assert form["grounds"].value().replace("\r\n", "\n") == f"Omat sanat.\n\nToinen kappale.\n{TEXT} (grounds)"
    assert form["demand"].value() == "Muutetaan."
    assert form["version"].value() == str(appeal.version)
    assert "error-summary" not in page.text
    assert Appeal.objects.get().grounds == before.grounds


def test_an_unfinished_form_is_not_told_off_when_a_phrase_is_inserted(aino, case, phrases, aino_browser):
    typed = {"kind": "", "asked_of": "", "purpose": "", "asked_on": "", "due_on": ""}

    page = aino_browser.post(
        reverse("statement_new", args=[case.number]),
        typed | {"insert": "purpose", "phrase_purpose": phrases["question"]},
    )

    assert page.context["form"]["purpose"].value() == f"{TEXT} (question)"
    assert "error-summary" not in page.text
    assert not StatementRequest.objects.exists()


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_without_a_choice_the_form_comes_back_as_it_was(aino, case, phrases, aino_browser, chosen):
    appeal = an_appeal_of(case, by=aino)
    typed = {"demand": "Muutetaan.", "grounds": "Omat sanat.", "version": appeal.version}

    page = aino_browser.post(
        reverse("appeal_edit", args=[case.number, appeal.pk]), typed | {"insert": "grounds", "phrase_grounds": chosen}
    )

    assert page.context["form"]["grounds"].value() == "Omat sanat."


def test_what_was_chosen_and_not_inserted_is_not_saved_with_the_text(aino, case, phrases, aino_browser):
    appeal = an_appeal_of(case, by=aino)
    typed = {"demand": "Muutetaan.", "grounds": "Omat sanat.", "version": appeal.version}

    aino_browser.post(
        reverse("appeal_edit", args=[case.number, appeal.pk]), typed | {"phrase_grounds": phrases["grounds"]}
    )

    assert Appeal.objects.get().grounds == "Omat sanat."


def test_a_description_offers_phrases_in_the_language_that_is_chosen(aino, bertta, case, phrases, aino_browser):
    swedish = a_phrase(by=aino, approved_by=bertta, kind="description", language="sv", text="Klienten orkar [timmar].")
    description = a_description(case=case, by=aino, language="fi")
    address = reverse("description_edit", args=[case.number, description.pk])
    typed = dict.fromkeys(BY_CODE, "") | {"language": "sv", "version": description.version, "limits": "Vanha."}

    page = aino_browser.post(address, typed | {"insert": "limits", "phrase_limits": str(swedish.newest.pk)})

    assert page.context["form"]["limits"].value() == "Vanha.\nKlienten orkar [timmar]."
    assert AbilityDescription.objects.get().language == "fi"


def test_what_is_left_in_brackets_is_said_before_a_paper_goes_out(aino, case, aino_browser):
    description = a_description(case=case, by=aino, language="fi")
    texts = dict.fromkeys(BY_CODE, "") | {"limits": "Ei jaksa [montako tuntia] istua."}
    descriptions.edit(
        description=description, language="fi", texts=texts, version=description.version, by=aino, at=NOON
    )
    letter = a_supplement(case, by=aino, text="Liitteenä [mikä].")
    request = a_statement(case=case, by=aino, purpose="Kuvatkaa [sairaus].")

    pages = {
        reverse("description_sign", args=[case.number, description.pk]): "[montako tuntia]",
        reverse("ability_description", args=[case.number, description.pk]): "[montako tuntia]",
        reverse("appeal_supplement_send", args=[case.number, letter.pk]): "[mikä]",
        reverse("statement", args=[case.number, request.pk]): "[sairaus]",
    }
    for address, left in pages.items():
        assert f"<li>{left}</li>" in aino_browser.get(address).text, address


def test_a_form_without_phrases_has_no_choice_and_no_script(aino, case, aino_browser):
    page = aino_browser.get(reverse("statement_new", args=[case.number]))

    assert "phrases.js" not in page.text
    assert "data-phrases" not in page.text
