"""Pasted text, the key of search and the order of names."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.names import code, one_line, pasted, search_key, sort_key

IN_FINNISH_ORDER = [
    "Aaltonen", "af Hällström", "Čapek", "de la Cruz", "Šalonen", "Sysmä", "von Wright", "Zorro", "Åberg", "Äijälä",
    "Öhman",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("A\u0308ijä", "Äijä"),  # as Firefox on a Mac sends it
        ("Anna\u00a0Maija", "Anna Maija"),
        ("Anna\u202fMaija", "Anna Maija"),
        ("Anna\u200b", "Anna"),
        ("An\u00adna", "Anna"),
        ("\ufeffAnna", "Anna"),
        ("An\u200dna", "Anna"),
        ("Anna\u202e", "Anna"),
        ("\u2066Anna\u2069", "Anna"),
        ("An\0na", "Anna"),
        ("An\x0bna", "Anna"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a Persian word is written with it
        ("Ǩiõll Čeʹvetjäuʹrr", "Ǩiõll Čeʹvetjäuʹrr"),
    ],
)
def test_pasted_text_is_what_one_sees(typed, seen):
    assert pasted(typed) == seen


def test_lines_of_pasted_text_stay_lines():
    assert pasted("first\r\nsecond\tpart\n\nthird") == "first\r\nsecond\tpart\n\nthird"


def test_a_name_has_one_space_between_words_and_none_around():
    assert one_line("  Anna\u00a0 Maija\t\n") == "Anna Maija"


def test_a_code_has_no_space_at_all():
    assert code(" 131052-308\u00a0T\u200b") == "131052-308T"


@given(st.text())
def test_what_was_cleaned_once_stays_as_it_is(text):
    assert pasted(pasted(text)) == pasted(text)
    assert one_line(one_line(text)) == one_line(text)
    assert unicodedata.is_normalized("NFC", pasted(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mäki", "MAKI"),
        ("Mäki", "Ma\u0308ki"),
        ("Virtanen-Mäki", "Virtanen Mäki"),
        ("Virtanen–Mäki", "virtanen-mäki"),
        ("O'Brien", "O’Brien"),
        ("O´Brien", "OBrien"),
        ("Čeʹvetjäuʹrr", "cevetjaurr"),
        ("Šalonen", "Salonen"),
        ("Strauß", "STRAUSS"),
        ("Øst", "Öst"),
        ("İnan", "inan"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("Anna\u200b", "Anna"),
    ],
)
def test_spellings_of_one_name_have_one_search_key(one, other):
    assert search_key(one) == search_key(other)


def test_other_names_have_other_search_keys():
    assert len({search_key(name) for name in ["Mäki", "Mäkinen", "Moki", "Äijälä", "", "Анна"]}) == 6


@given(st.text())
def test_a_search_key_is_its_own(text):
    assert search_key(search_key(text)) == search_key(text)


def test_names_stand_in_finnish_order():
    mixed = random.Random(3).sample(IN_FINNISH_ORDER, len(IN_FINNISH_ORDER))

    assert sorted(mixed, key=sort_key) == IN_FINNISH_ORDER


@pytest.mark.parametrize(
    ("one", "other"), [("Virtanen-Mäki", "VirtanenMÄKI"), ("D'Angelo", "dangelo"), ("Ünal", "unal"), ("Ǻberg", "Åberg")]
)
def test_capitals_dashes_apostrophes_and_other_marks_are_passed_over(one, other):
    assert sort_key(one) == sort_key(other)


def test_people_of_one_last_name_stand_by_first_name_before_longer_last_names():
    people = [("Mäki", "Aino"), ("Mäki", "Öjvind"), ("Mäki Niemi", "Aatu"), ("Mäkinen", "Aatu"), ("", "Mäkivä")]
    reversed_people = list(reversed(people))

    assert sorted(reversed_people, key=lambda one: sort_key(*one)) == people


@given(st.text(), st.text())
def test_a_sort_key_compares_the_same_in_bytes_and_in_letters(one, other):
    assert (sort_key(one) < sort_key(other)) == (sort_key(one).encode() < sort_key(other).encode())
