"""What Django and allauth say to people is said in our words, and is still what they say."""

from pathlib import Path

import allauth
import django
import polib
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext

from tenants import borrowed_words


def said_by(catalogue: Path) -> set[str]:
    return {entry.msgid for entry in polib.pofile(str(catalogue / "locale/fi/LC_MESSAGES/django.po"))}


def test_every_borrowed_word_is_still_a_word_of_its_library():
    assert set(borrowed_words.DJANGO) <= said_by(Path(django.__file__).parent / "conf")
    assert set(borrowed_words.ALLAUTH) <= said_by(Path(allauth.__file__).parent)


@pytest.mark.parametrize(
    ("language", "field", "typed", "said"),
    [
        ("fi", forms.CharField(), "", "Täydennä tämä kohta."),
        ("sv", forms.CharField(), "", "Fyll i det här."),
        ("fi", forms.DateField(), "eilen", "Anna päivä muodossa 30.11.2026."),
        ("sv", forms.DateField(), "i går", "Ange dagen i formen 30.11.2026."),
        ("fi", forms.TimeField(), "yhdeksän", "Anna kellonaika muodossa 9.15."),
        ("fi", forms.IntegerField(), "1,5", "Anna luku ilman desimaaleja."),
        ("fi", forms.IntegerField(max_value=10), "11", "Anna enintään 10."),
        ("fi", forms.ChoiceField(choices=[("a", "A")]), "b", "Valitse jokin luettelon vaihtoehdoista."),
        ("fi", forms.CharField(max_length=3), "pitkä", "Lyhennä tekstiä: enintään 3 merkkiä, nyt 5."),
        ("fi", forms.FileField(), None, "Täydennä tämä kohta."),
    ],
)
def test_a_form_says_what_to_do_next(language, field, typed, said):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        field.clean(typed)

    with translation.override(language):
        assert said in refused.value.messages[0]


@pytest.mark.parametrize(
    ("language", "right"), [("fi", "9.15"), ("sv", "9:15"), ("fi", "30.11.2026"), ("sv", "30.11.2026")]
)
def test_what_an_error_gives_as_an_example_can_be_typed(language, right):
    field = forms.DateField(localize=True) if right.endswith("2026") else forms.TimeField(localize=True)

    with translation.override(language):
        assert field.clean(right) is not None


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_nothing_is_left_in_the_words_of_the_library(language):
    theirs = {
        "fi": ("tunnistussovellus", "palautuskood", "kärsivällinen", "kelvollinen", "vaaditaan"),
        "sv": ("Epost", "tålamod", "återställningskod", "obligatoriskt"),
    }

    with translation.override(language):
        ours = [gettext(word) for word in (*borrowed_words.DJANGO, *borrowed_words.ALLAUTH)]

    assert [said for said in ours for word in theirs[language] if word in said] == []
