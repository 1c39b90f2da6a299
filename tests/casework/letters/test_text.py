"""Pages become what a person reads as one: sentences over wrapped lines, labels with their dates."""

from datetime import date

import pytest

from casework.letters.dates import dates_in, ends_of_months_in
from casework.letters.text import Page, language_of, sentences_of
from tests.casework.letters import samples


def said(*lines: str) -> list[str]:
    return [sentence.text for sentence in sentences_of([Page(1, "\n".join(lines))])]


# --- sentences ----------------------------------------------------------------------------------------------------


def test_a_sentence_goes_on_over_the_end_of_a_line():
    assert said("Olemme arvioineet työkykynne ja pitäneet sitä", "riittävänä. Hakemus hylätään.") == [
        "Olemme arvioineet työkykynne ja pitäneet sitä riittävänä.",
        "Hakemus hylätään.",
    ]


def test_a_short_line_is_one_of_its_own():
    assert said("Perustelut", "Hakemuksenne ei täytä sairausvakuutuslain ehtoja.")[0] == "Perustelut"


def test_a_line_with_nothing_but_a_date_belongs_to_its_label():
    assert said("Päätöspäivä", "23.11.2026", "Etuus") == ["Päätöspäivä 23.11.2026", "Etuus"]


def test_days_in_a_row_of_a_table_belong_to_no_label_before_them():
    """Which of the columns is whose cannot be told from lines."""
    heads = "Hakemus saapunut Asianumero Viimeinen valituspäivä Päätöspäivä"

    assert said(heads, "1.9.2026 12/3456/2026 28.12.2026 23.11.2026")[0] == heads
    assert said("Hakemus saapunut", "Päätöspäivä", "1.9.2026", "23.11.2026")[1] == "Päätöspäivä"


def test_a_stretch_of_time_at_the_beginning_of_a_line_belongs_to_its_sentence():
    lines = (
        "Teille myönnetään kuntoutustuki määräajaksi ajalle",
        "1.12.2026 – 30.11.2027. Perustelut ovat liitteessä.",
    )

    assert said(*lines)[0] == "Teille myönnetään kuntoutustuki määräajaksi ajalle 1.12.2026 – 30.11.2027."


@pytest.mark.parametrize(
    "text",
    [
        "Päätös on annettu 23. Marraskuuta.",
        "Katso esim. Kelan sivut.",
        "Stödet beviljas fr.o.m. 1.12.2026 t.o.m. 30.11.2027.",
        "Päätöspvm. 23.11.2026",
        "Eläke alk. 1.12.2026",
        "Hakija M. Meikäläinen, puh. 040 1234567",
    ],
)
def test_a_number_or_a_shortened_word_ends_no_sentence(text):
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("010180\ufffe\n999A", "010180-999A"),
        ("1.12.2026\ufffe\r\n30.11.2027", "1.12.2026-30.11.2027"),
        ("nikamat L4\u0002\nL5", "nikamat L4-L5"),
        ("Anna\ufffe\nLiisa Mäki\ufffe\nKorpela", "Anna-Liisa Mäki-Korpela"),
        ("VÄLI\ufffe\nLEVYRAPPEUMA", "VÄLILEVYRAPPEUMA"),
        ("Anna\u00adLiisa", "AnnaLiisa"),  # a soft hyphen within a line is not seen
    ],
)
def test_the_hyphen_of_a_name_or_a_number_at_the_end_of_a_line_stays(broken, whole):
    assert sentences_of([Page(1, broken)])[0].text == whole


@pytest.mark.parametrize("broken", ["väli-\nlevyrappeuma", "väli\ufffe\nlevyrappeuma", "väli\u0002\r\nlevyrappeuma"])
def test_a_word_that_was_broken_is_whole_again(broken):
    assert sentences_of([Page(1, broken)])[0].text == "välilevyrappeuma"


def test_a_code_at_the_end_of_a_line_keeps_its_hyphen():
    assert said("nikamat L4-", "L5") == ["nikamat L4-", "L5"]


def test_a_letter_without_an_end_is_cut_and_nothing_of_it_is_lost():
    text = " ".join(f"sana{number}" for number in range(5000))

    pieces = sentences_of([Page(1, text)])

    assert max(len(piece.text) for piece in pieces) <= 400
    assert " ".join(piece.text for piece in pieces) == text
    assert all(piece.is_cut for piece in pieces)


def test_a_sentence_of_usual_length_is_whole():
    assert not sentences_of([Page(1, "Hakemuksenne hylätään.")])[0].is_cut


def test_the_language_is_that_of_the_small_words():
    assert language_of(sentences_of([Page(1, samples.KELA)])) == "fi"
    assert language_of(sentences_of([Page(1, samples.SWEDISH)])) == "sv"
    assert language_of([]) == "fi"


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *(
            "23.11.2026",
            "23. 11. 2026",
            "23. marraskuuta 2026",
            "23 november 2026",
            "den 23 november 2026",
            "23.11.2026.",
        ),
        *("23.marraskuuta 2026", "23. päivänä marraskuuta 2026", "23 päivänä marraskuuta 2026", "2026-11-23"),
        *(
            "marraskuun 23. päivänä 2026",
            "marraskuun 23. päivä vuonna 2026",
            "23. MARRASKUUTA 2026",
            "23:e november 2026",
        ),
    ],
)
def test_a_date_is_read_as_letters_write_it(written):
    assert [found.day for found in dates_in(f"Päätös {written}")] == [date(2026, 11, 23)]


@pytest.mark.parametrize(
    "written",
    [
        "30.2.2026",
        "1.13.2026",
        "1.1.1899",
        "1.23.11.2026",
        "23.11.20261",
        "23.11.",
        "2026-11-231",
        "12026-11-23",
        "2026-13-01",
    ],
)
def test_what_is_no_day_is_none(written):
    assert list(dates_in(written)) == []


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("marraskuun 2027 loppuun", date(2027, 11, 30)),
        ("helmikuun vuoden 2028 loppuun", date(2028, 2, 29)),
        ("till utgången av november 2027", date(2027, 11, 30)),
        ("till slutet av december 2027", date(2027, 12, 31)),
    ],
)
def test_the_end_of_a_month_is_its_last_day(told, last):
    assert list(ends_of_months_in(f"Tukea maksetaan {told}.")) == [last]


def test_all_months_are_known_in_both_languages():
    finnish = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
    swedish = (*("januari", "februari", "mars", "april", "maj", "juni", "juli"), "augusti", "september")
    text = ", ".join(f"1. {name}kuuta 2026" for name in finnish)
    text += "".join(f", den 1 {name} 2026" for name in (*swedish, "oktober", "november", "december"))

    assert [found.day.month for found in dates_in(text)] == [*range(1, 13), *range(1, 13)]
