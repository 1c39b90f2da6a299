"""Days that are known roughly: how they are typed, kept, compared and written."""

from datetime import date

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenants import display
from tenants.rough_columns import RoughDayInput
from tenants.rough_days import NotARoughDay, Precision, RoughDay, parse, rough

YEAR = RoughDay(date(2015, 1, 1), Precision.YEAR)
MONTH = RoughDay(date(2015, 5, 1), Precision.MONTH)
DAY = RoughDay(date(2015, 5, 1))
NEW_YEAR = RoughDay(date(2015, 1, 1))
UNCLEAR = RoughDay(date(2015, 1, 1), Precision.UNCLEAR)


@st.composite
def rough_days(draw: st.DrawFn) -> RoughDay:
    on = draw(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    precision = draw(st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
    first = {Precision.MONTH: on.replace(day=1), Precision.YEAR: on.replace(month=1, day=1)}
    return RoughDay(first.get(precision, on), precision)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015", YEAR),
        ("5/2015", MONTH),
        ("05/2015", MONTH),
        ("5.2015", MONTH),
        ("05.2015", MONTH),
        ("1.5.2015", DAY),
        ("01.05.2015", DAY),
        (" 1. 5. 2015 ", DAY),
        ("2015-05-01", DAY),
        ("2015-05", MONTH),
        ("1.1.2015", NEW_YEAR),
    ],
)
def test_it_is_typed_as_exactly_as_it_is_known(typed, meant):
    assert parse(typed) == meant


@pytest.mark.parametrize(
    "typed", ["15", "about 2015", "13/2015", "31.2.2015", "0.5.2015", "1899", "2200", "5/15", "1/5/2015", "２０１５x"]
)
def test_anything_else_is_no_day(typed):
    with pytest.raises(NotARoughDay):
        parse(typed)


@given(rough_days())
def test_what_is_shown_is_typed_again_and_what_is_kept_is_read_again(day):
    assert parse(day.short) == day
    assert RoughDay.read(day.kept) == day
    assert day.first <= day.last


def test_it_ends_with_the_last_day_that_may_be_meant():
    feb = RoughDay(date(2024, 2, 1), Precision.MONTH)

    assert [one.last for one in (YEAR, feb, DAY)] == [date(2015, 12, 31), date(2024, 2, 29), date(2015, 5, 1)]


def test_a_first_of_january_from_before_this_was_asked_may_be_its_year():
    assert (RoughDay.read("2015-01-01"), RoughDay.read("2015-05-01")) == (UNCLEAR, DAY)
    assert UNCLEAR.is_unclear
    assert not NEW_YEAR.is_unclear
    assert (UNCLEAR.short, UNCLEAR.last) == ("2015", date(2015, 12, 31))


def test_a_plain_day_is_known_exactly():
    assert rough(date(2015, 5, 1)) == rough(DAY) == DAY
    assert rough(None) is None


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fi", ["vuodesta 2015", "vuodesta 2015", "toukokuusta 2015", "1.5.2015 alkaen", "1.1.2015 alkaen"]),
        ("sv", ["sedan 2015", "sedan 2015", "sedan maj 2015", "sedan 1.5.2015", "sedan 1.1.2015"]),
        ("en", ["since 2015", "since 2015", "since May 2015", "since 1.5.2015", "since 1.1.2015"]),
    ],
)
def test_a_sentence_says_no_more_than_is_known(language, sentences):
    with translation.override(language):
        assert [display.since(day) for day in (YEAR, UNCLEAR, MONTH, DAY, NEW_YEAR)] == sentences


def test_a_table_says_no_more_than_is_known():
    days = (YEAR, UNCLEAR, MONTH, DAY, NEW_YEAR)

    assert [display.day(day) for day in days] == ["2015", "2015", "5/2015", "1.5.2015", "1.1.2015"]


class AForm(forms.Form):
    since = RoughDayInput(label="Since")


def test_a_form_shows_what_is_known_as_it_is_typed():
    assert 'value="5/2015"' in str(AForm(initial={"since": MONTH})["since"])
    assert 'value="1.5.2015"' in str(AForm(initial={"since": date(2015, 5, 1)})["since"])


def test_a_form_says_in_one_sentence_what_it_takes():
    form = AForm({"since": "kesällä 2015"})

    assert form.errors["since"] == ["Kirjoita vuosi, kuukausi tai päivä: 2015, 5/2015 tai 1.5.2015."]
    assert AForm({"since": ""}).is_valid()
    assert 'value="kesällä 2015"' in str(form["since"])
