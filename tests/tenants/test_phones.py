"""Telephone numbers: what is one, and how it is dialled from the page."""

import pytest
from django.template import Context, Template

from tenants import phones

NUMBERS = ["040 123 4567", "0401234567", "+358 40 1234567", "(017) 282 1234", "+358 (0)40 123 4567", "040-123 4567",
           "0800 12345", "116117", "+46 8 123 456 78", "00358 40 1234567"]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_as_it_was_written(number):
    assert phones.parse(number) == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("040\u00a0123\u202f4567", "040 123 4567"),
        (" 040  123 4567\u200b", "040 123 4567"),
        ("040–1234567", "040-1234567"),
    ],
)
def test_a_pasted_number_is_taken_as_one_sees_it(typed, kept):
    assert phones.parse(typed) == kept


@pytest.mark.parametrize(
    "typed", ["1234", "ei ole", "040 123 (työ)", "1234567890123456", "+", "040 12345 tai 050", "٠٤٠١٢٣٤"]
)
def test_anything_else_is_no_number(typed):
    with pytest.raises(phones.NotAPhoneNumber):
        phones.parse(typed)


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("040 123 4567", "0401234567"),
        ("+358 40 123 4567", "+358401234567"),
        ("+358 (0)40 123 4567", "+358401234567"),
        ("00358 40 123 4567", "+358401234567"),
        ("(017) 282 1234", "0172821234"),
    ],
)
def test_a_link_dials_the_number(number, dialled):
    shown = Template("{{ number|phone_link }}").render(Context({"number": number}))

    assert shown == f'<a class="link" href="tel:{dialled}">{number}</a>'


@pytest.mark.parametrize("old", ["ask the neighbour <b>", ""])
def test_what_is_no_number_is_shown_as_text(old):
    assert "<a" not in Template("{{ number|phone_link }}").render(Context({"number": old}))
    assert "<b>" not in Template("{{ number|phone_link }}").render(Context({"number": old}))
