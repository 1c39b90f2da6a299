"""An illness is found by its code, its name in any form, and compounds with it; what is not found is no answer."""

import pytest

from casework.letters.searching import Illness, codes_in, look_for
from casework.letters.text import Page, Sentence, sentences_of


def is_found(name, text, *, language="fi", icd10=""):
    return bool(look_for([Illness("x", name, icd10)], [Sentence(1, text)], language)["x"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Masennus", "masennuksesta kärsivä"),
        ("Vaikea masennus", "masennustilaa hoidetaan"),
        ("Nivelrikko, oikea polvi", "polven nivelrikon vuoksi"),
        ("Nivelrikko", "polvinivelrikosta johtuen"),
        ("Selkäkipu", "selkäkivun takia"),
        ("Sepelvaltimotauti", "sepelvaltimotaudin hoito"),
        ("Migreeni", "migreenistä"),
        ("Diabetes", "diabeteksen vuoksi"),
        ("Välilevyrappeuma", "välilevyrappeumasta johtuva"),
        ("Rannekanavaoireyhtymä", "rannekanavaoireyhtymää"),
        ("Kaksisuuntainen mielialahäiriö", "kaksisuuntaisesta mielialahäiriöstä"),
        ("HIV", "HIV on todettu"),
        ("Crohnin tauti", "Crohnin taudin takia"),
        ("Ahdistus", "masennus-ahdistusoireyhtymä on todettu"),
        ("Lumbago-iskias", "lumbago-iskiaksen vuoksi"),
        ("Iskias", "lumbago-iskias"),
        ("Keskivaikea masennustila", "keskivaikean masennuksenne vuoksi"),
        ("Vaikea masennusjakso", "masennukseen sopivia oireita"),
    ],
)
def test_a_finnish_illness_is_found_in_any_form(name, text):
    assert is_found(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Depression", "depressionen har behandlats"),
        ("Svår depression", "en medelsvår depression"),
        ("Artros i knäet", "artrosen i knäna"),
        ("Ryggsmärta", "långvariga ryggsmärtor"),
        ("Karpaltunnelsyndrom", "karpaltunnelsyndromet i handen"),
        ("Ångest", "ångesten"),
    ],
)
def test_a_swedish_illness_is_found_in_any_form(name, text):
    assert is_found(name, text, language="sv")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Masennus", "masentunut mieliala"),
        ("Selkäkipu", "selkä on terve"),
        ("Oikean polven nivelrikko", "oikean polven leikkaus"),
        ("HIV", "hivenen parempi"),
        ("Crohnin tauti", "teillä ei ole muuta tautia"),
        ("Aivoverenvuodon jälkitila", "leikkauksen jälkitila"),
        ("", "mitä tahansa"),
    ],
)
def test_what_is_only_near_is_not_found(name, text):
    assert not is_found(name, text)


@pytest.mark.parametrize(
    ("icd10", "text"),
    [
        *(
            ("M51.3", "(M51.3)"),
            ("M513", "M51.3"),
            ("F32.1", "F32"),
            ("F32", "diagnoosi F32.1"),
            ("M49.5*C79.5", "C79.5"),
        ),
        *(("M51.3", "M51,3"), ("M51.3", "M 51.3"), ("M51.3", "diagnoosit F32,M51"), ("F32", "diagnoosit F32,M51")),
    ],
)
def test_a_code_is_found_with_and_without_its_point_and_by_its_wider_one(icd10, text):
    assert is_found("Jotain muuta", text, icd10=icd10)


@pytest.mark.parametrize("text", ["F32.2", "XM51.3", "m51.3", "B12-vitamiini", "sivu M 51"])
def test_another_code_is_not_found(text):
    assert not is_found("Jotain muuta", text, icd10="F32.1" if text.startswith("F") else "M51.3")


def test_the_sentences_are_shown_in_their_order_each_once_and_not_too_many():
    sentences = [Sentence(page, "Masennus todettiin.") for page in range(1, 20)] + [Sentence(19, "Masennus todettiin.")]

    found = look_for([Illness("x", "Masennus")], sentences, "fi")["x"]

    assert [place.page for place in found] == [1, 2, 3, 4, 5, 6]


def test_what_stands_at_the_end_of_a_long_sentence_is_found():
    text = f"Arviomme mukaan {'teillä on todettu oireita ja löydöksiä sekä ' * 20}masennusta."

    [place] = look_for([Illness("x", "Masennus")], sentences_of([Page(1, text)]), "fi")["x"]

    assert "masennusta" in place.text


def test_the_dictionary_is_not_asked_about_words_that_are_not_alike(monkeypatch):
    def never(*_words, **_options):
        raise AssertionError("takes two seconds to load where none was laid ready")

    monkeypatch.setattr("casework.letters.searching.base_form", never)

    assert not is_found("Masennus", "Hakemuksenne hylätään, koska työkykynne on riittävä.")


def test_codes_are_read_without_their_points():
    assert codes_in("M51.3, F32 ja G56.0") == {"M513", "F32", "G560"}


def test_an_illness_does_not_show_itself():
    assert "Masennus" not in repr(Illness("x", "Masennus", "F32"))
