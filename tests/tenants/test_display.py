"""How dates, times, money and names are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from tenants import display

MONDAY = date(2026, 11, 23)


def test_a_day_is_written_without_zeros():
    assert display.day(date(2026, 6, 8)) == "8.6.2026"


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "klo 9.05–10.00"), ("sv", "kl. 9.05–10.00"), ("en", "at 9:05–10:00")]
)
def test_a_range_says_the_word_of_the_clock_once(language, said):
    begins, ends = datetime(2026, 11, 23, 7, 5, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)

    with translation.override(language):
        assert display.clocks(begins, ends).replace(display.NO_BREAK_SPACE, " ") == said
        assert display.moments(begins, ends).replace(display.NO_BREAK_SPACE, " ") == f"23.11.2026 {said}"


def test_a_label_in_a_sentence_loses_its_first_capital_only():
    assert display.in_sentence("Granted until a day") == "granted until a day"
    assert display.in_sentence("Palauttaa Kela") == "palauttaa Kela"
    assert display.in_sentence("") == ""


def test_a_moment_late_in_the_evening_of_utc_is_the_next_day_in_finland():
    assert display.day(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)) == "23.11.2026"


@pytest.mark.parametrize(
    ("language", "near", "moment"),
    [
        ("fi", "ma 23.11. klo 9.05", "23.11.2026 klo 9.05"),
        ("sv", "må 23.11. kl. 9.05", "23.11.2026 kl. 9.05"),
        ("en", "Mon 23.11. at 9:05", "23.11.2026 at 9:05"),
    ],
)
def test_a_moment_follows_the_language_and_the_clock_of_finland(language, near, moment):
    at = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)

    with translation.override(language):
        assert display.near(at).replace("\N{NO-BREAK SPACE}", " ") == near
        assert display.moment(at).replace("\N{NO-BREAK SPACE}", " ") == moment


def test_a_month_is_written_as_within_a_sentence():
    written = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            written[language] = display.month(MONDAY)

    assert written == {"fi": "marraskuu 2026", "sv": "november 2026", "en": "November 2026"}


def test_a_near_day_has_no_time():
    with translation.override("fi"):
        assert display.near(MONDAY).replace("\N{NO-BREAK SPACE}", " ") == "ma 23.11."


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1234.5"), "1 234,50 €"),
        (Decimal("0.005"), "0,01 €"),
        (Decimal("-12"), "−12,00 €"),
        (Decimal("-0.001"), "0,00 €"),
        (1_000_000, "1 000 000,00 €"),
    ],
)
def test_money_is_written_in_euros_and_cents_rounded_half_up(amount, text):
    assert display.euros(amount).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (45, "45 min"), (120, "2 h"), (90, "1 h 30 min")])
def test_a_length_of_time_is_written_in_hours_and_minutes(minutes, text):
    assert display.duration(minutes).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Mäkelä", "AM"), ("anna maria mäkelä", "AM"), ("Anna", "A"), ("", "")]
)
def test_initials_are_those_of_the_first_and_the_last_name(name, letters):
    assert display.initials(name) == letters


def test_the_sign_of_a_section_stays_with_its_number():
    assert display.citation("TyEL 395/2006 35 §, 38 §") == "TyEL 395/2006 35\N{NO-BREAK SPACE}§, 38\N{NO-BREAK SPACE}§"


@pytest.mark.parametrize(
    ("on", "text", "tone"),
    [
        (date(2026, 11, 20), "3 days late", "danger"),
        (date(2026, 11, 22), "1 day late", "danger"),
        (MONDAY, "today", "warning"),
        (date(2026, 11, 24), "1 day", ""),
        (date(2026, 12, 3), "10 days", ""),
    ],
)
def test_a_deadline_says_how_far_it_is_and_how_urgent(on, text, tone):
    with translation.override("en"):
        assert display.distance(on, today=MONDAY) == text
    assert display.urgency(on, today=MONDAY) == tone
