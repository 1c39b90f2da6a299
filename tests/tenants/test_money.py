"""Amounts as people type them, and how days are typed: by the language of the page, never guessed."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation

from tenants import money
from tenants.forms import MoneyField

SPACES = [" ", "\u00a0", "\u202f"]


class Price(forms.Form):
    amount = MoneyField()


def typed(text: str, language: str) -> Price:
    with translation.override(language):
        form = Price({"amount": text})
        form.is_valid()
        return form


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("space", SPACES)
def test_thousands_may_stand_apart_by_any_space(language, space):
    assert typed(f"1{space}234,50", language).cleaned_data["amount"] == Decimal("1234.50")
    assert typed(f"12{space}345{space}678", language).cleaned_data == {}  # ten digits with the cents


@pytest.mark.parametrize("text", ["1,234.50", "1234.50", "1 234.50"])
def test_an_amount_in_english(text):
    assert typed(text, "en").cleaned_data["amount"] == Decimal("1234.50")


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("text", "amount"), [("12,50", "12.50"), ("12.50", "12.50"), ("12", "12"), ("1,5 €", "1.50")])
def test_small_amounts(language, text, amount):
    assert typed(text, language).cleaned_data["amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "12,50"), ("en", "1,23,456"), ("en", "1.234,50"), ("fi", "1.234,50"), ("fi", "12 34,50"),
     ("fi", "1,234.50"), ("sv", "1,234"), ("fi", "1 234,5 0"), ("fi", "1e3"), ("fi", "NaN"), ("fi", "viisi")],
)  # fmt: skip
def test_what_could_be_two_amounts_is_refused(language, text):
    assert list(typed(text, language).errors) == ["amount"]


@pytest.mark.parametrize(("language", "example"), [("fi", "1 234,50"), ("sv", "1 234,50"), ("en", "1,234.50")])
def test_the_refusal_shows_how_it_is_written(language, example):
    assert example in str(typed("viisi", language).errors["amount"][0]).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_shown_can_be_sent_again(language):
    with translation.override(language):
        shown = Price(initial={"amount": Decimal("1234.50")})["amount"].value()
        sent = formats.localize_input(shown)
        assert typed(sent, language).cleaned_data["amount"] == Decimal("1234.50")


@pytest.mark.parametrize("text", ["-12,50", "−12,50"])
def test_a_minus_is_read(text):
    assert money.parse(text, language="fi") == Decimal("-12.50")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_day_is_typed_with_the_day_first_in_every_language(language):
    with translation.override(language):
        assert forms.DateField().clean("1.2.2026") == forms.DateField().clean("2026-02-01") == date(2026, 2, 1)
        with pytest.raises(forms.ValidationError):
            forms.DateField().clean("2/1/2026")
