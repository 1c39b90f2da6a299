"""Personal identity codes: decree 128/2010 as amended by 690/2022."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from tenants import identity_code
from tenants.errors import Refusal
from tenants.identity_code import CHECK_CHARACTERS, SEPARATORS, artificial, parse

VECTORS = [
    ("010594Y9032", date(1994, 5, 1)),
    ("010594Y9021", date(1994, 5, 1)),
    ("020594X903P", date(1994, 5, 2)),
    ("030594W903B", date(1994, 5, 3)),
    ("040594V902Y", date(1994, 5, 4)),
    ("050594U903M", date(1994, 5, 5)),
    ("010516B903X", date(2016, 5, 1)),
    ("020516C903K", date(2016, 5, 2)),
    ("010501E9032", date(2001, 5, 1)),
    ("020502E902X", date(2002, 5, 2)),
    ("020503F9037", date(2003, 5, 2)),
    ("020504A902E", date(2004, 5, 2)),
]
CODES = st.builds(artificial, st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 599))


@pytest.mark.parametrize(("code", "born_on"), VECTORS)
def test_every_published_test_code_is_read(code, born_on):
    read = parse(code)

    assert (read.value, read.born_on, read.is_artificial) == (code, born_on, True)


def test_the_code_of_the_old_example_is_not_artificial():
    assert parse("131052-308T").is_artificial is False


@pytest.mark.parametrize("separator", "+-YXWVUABCDEF")
def test_every_separator_of_the_decree_is_read(separator):
    century = next(year for year, separators in SEPARATORS.items() if separator in separators)

    assert parse(f"010594{separator}9032").born_on == date(century + 94, 5, 1)


@pytest.mark.parametrize("separator", sorted(set("GHIJKLMNOPQRSTZ*/ ._0123456789")))
def test_no_other_separator_is_read(separator):
    with pytest.raises(identity_code.NotAnIdentityCode):
        parse(f"010594{separator}9032")


def test_the_separator_is_part_of_the_identity():
    assert parse("010594Y9032") != parse("010594-9032")


@pytest.mark.parametrize("typed", [" 010594y9032\n", "010594Y9032\t", "\u00a0010594Y9032"])
def test_small_letters_and_space_around_do_not_matter(typed):
    assert parse(typed).value == "010594Y9032"


@pytest.mark.parametrize("stray", ["\u200b", "\u00ad", "\ufeff", "\u00a0", "\u202f", "\u2060", " "])
@pytest.mark.parametrize("place", range(12))
def test_what_a_letter_or_a_word_processor_left_in_a_code_does_not_matter(stray, place):
    typed = "131052-308T"

    assert parse(typed[:place] + stray + typed[place:]).value == typed


@pytest.mark.parametrize("typed", ["131052/308T", "131052308T", "131052 308T"])
def test_a_code_without_its_separator_stays_refused(typed):
    with pytest.raises(identity_code.NotAnIdentityCode):
        parse(typed)


@pytest.mark.parametrize("dash", "‐‑‒–—−")
def test_a_dash_from_a_word_processor_is_a_hyphen(dash):
    assert parse(f"010594{dash}9032").value == "010594-9032"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "010594", "010594Y903", "010594Y90322", "0105941994Y9032", "010594Y9O32", "010594Y903G",
     "٠١٠٥٩٤Y9032", "010594Y9032\n131052-308T", "020503F903\u017f", "<script>", "010594Y9032;"],
)  # fmt: skip
def test_anything_else_is_not_a_code(typed):
    with pytest.raises(identity_code.NotAnIdentityCode):
        parse(typed)


@pytest.mark.parametrize(
    "typed", ["310294-900X", "000594-9001", "320194-9001", "011394-9001", "290200-9001", "290201A9001"]
)
def test_a_date_that_is_in_no_calendar_is_refused(typed):
    with pytest.raises(identity_code.NoSuchBirthDate):
        parse(typed)


def test_the_leap_day_of_2000_exists_and_that_of_1900_does_not():
    assert parse(artificial(date(2000, 2, 29), 0)).born_on == date(2000, 2, 29)
    with pytest.raises(identity_code.NoSuchBirthDate):
        parse(artificial(date(2000, 2, 29), 0).replace("A", "-"))


@pytest.mark.parametrize("individual", ["000", "001"])
def test_individual_numbers_begin_at_two(individual):
    check = CHECK_CHARACTERS[int(f"010594{individual}") % 31]

    with pytest.raises(identity_code.NoSuchIndividualNumber):
        parse(f"010594-{individual}{check}")


def test_a_person_who_is_not_born_yet_is_refused_when_today_is_known():
    tomorrow = artificial(date(2026, 11, 23), 0)

    with pytest.raises(identity_code.BornInTheFuture):
        parse(tomorrow, today=date(2026, 11, 22))
    assert parse(tomorrow, today=date(2026, 11, 23)).born_on == date(2026, 11, 23)


@given(CODES)
def test_what_is_made_is_read_and_agrees_with_another_implementation(code):
    assert parse(code).is_artificial
    assert hetu.validate(code, allow_temporary=True) == code


@given(CODES, st.integers(0, 10), st.sampled_from("0123456789ABCDEFHJKLMNPRSTUVWXY-+"))
def test_one_wrong_character_never_gives_the_same_code(code, position, character):
    mistyped = code[:position] + character + code[position + 1 :]
    try:
        read = parse(mistyped)
    except Refusal:
        return
    assert read.value == mistyped
    assert mistyped == code or position == 6  # only the separator is outside the check character


@given(st.text(max_size=20))
def test_no_text_breaks_it(text):
    try:
        read = parse(text)
    except Refusal:
        read = None
    assert (read is not None) == hetu.is_valid(identity_code.normalise(text), allow_temporary=True)


def test_a_day_has_as_many_artificial_codes_as_its_century_has_separators():
    codes = {artificial(date(1980, 6, 15), index) for index in range(600)}

    assert len(codes) == 600
    for too_many in (600, -1):
        with pytest.raises(ValueError, match="1980"):
            artificial(date(1980, 6, 15), too_many)
    with pytest.raises(ValueError, match="1780"):
        artificial(date(1780, 6, 15), 0)


def test_neither_a_representation_nor_a_refusal_shows_the_code():
    assert "9032" not in f"{parse('010594Y9032')!r} {parse('010594Y9032')}"
    assert "1994" not in repr(parse("010594Y9032"))
    with pytest.raises(identity_code.WrongCheckCharacter) as refused:
        parse("010594Y9033")
    assert "9033" not in f"{refused.value!r} {refused.value} {refused.value.user_message}"


def test_no_gender_is_derived():
    assert [name for name in dir(parse("010594Y9032")) if not name.startswith("_")] == [
        "born_on",
        "is_artificial",
        "value",
    ]
