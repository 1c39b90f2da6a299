"""How well a figure is known, in words: for each source and confidence, and of several figures together."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from casework.law.origins import UNKNOWN, Certainty, Confidence, Origin, told, weakest, written

READ = date(2026, 11, 22)
STATUTE = Origin(source="SVL 17:2", confidence=Confidence.HIGH, checked_on=READ)
PAGE = Origin(source="kela.fi/appeal-procedure", confidence=Confidence.HIGH, checked_on=READ)
OWN = Origin(source="oma mediaani", confidence=Confidence.OWN, checked_on=READ)


@pytest.mark.parametrize(
    ("source", "confidence", "certainty"),
    [
        ("SVL 17:2", "H", Certainty.STATUTE),
        ("703/2010 12 §", "H", Certainty.STATUTE),
        ("KEL 55 §; tyoelake.fi", "H", Certainty.STATUTE),
        ("TyEL 395/2006", "H", Certainty.STATUTE),
        ("ETK 30.1.2026", "H", Certainty.OFFICIAL_PAGE),
        ("kela.fi/appeal-procedure", "H", Certainty.OFFICIAL_PAGE),
        ("HE 112/2025", "H", Certainty.OFFICIAL_PAGE),
        ("tyoelake.fi", "M", Certainty.OFFICIAL_PAGE),
        ("KEL 568/2007", "M", Certainty.OFFICIAL_PAGE),
        ("kela.fi/kasittelyajat (2015)", "L", Certainty.UNVERIFIED),
        ("KEL 568/2007", "U", Certainty.UNVERIFIED),
        ("", "U", Certainty.UNVERIFIED),
        ("KEL 568/2007", "own", Certainty.OWN),
    ],
)
def test_how_well_it_is_known_follows_the_confidence_and_whether_it_is_a_statute(source, confidence, certainty):
    assert Origin(source=source, confidence=Confidence(confidence), checked_on=READ).certainty is certainty


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fi",
            ["tarkistettu laista", "viralliselta sivulta", "kokemustieto, ei tarkistettu", "kunnan oma tieto"],
        ),
        (
            "sv",
            [
                "kontrollerat i lagen",
                "från en officiell sida",
                "erfarenhet, inte kontrollerat",
                "kommunens egen uppgift",
            ],
        ),
        (
            "en",
            [
                "checked in the statute",
                "from an official page",
                "from experience, not verified",
                "the municipality's own",
            ],
        ),
    ],
)
def test_the_words_are_short_and_plain(language, words):
    with translation.override(language):
        assert [str(certainty.words) for certainty in Certainty] == words


def test_colour_never_stands_alone_for_a_level():
    assert len({certainty.tone for certainty in Certainty}) == len(Certainty)
    assert all(certainty.words for certainty in Certainty)


def test_figures_that_are_known_alike_have_the_words_once():
    with translation.override("en"):
        assert written([STATUTE, replace(STATUTE, source="150/1930 2 §")]) == (
            "SVL 17:2; 150/1930 2 §, checked in the statute 22.11.2026"
        )
        assert written([UNKNOWN, STATUTE]) == (
            "from experience, not verified; SVL 17:2, checked in the statute 22.11.2026"
        )
    assert len(told([STATUTE, PAGE, OWN])) == 3


def test_the_whole_is_known_no_better_than_its_least_known_part():
    assert weakest([STATUTE, PAGE]) is PAGE
    assert weakest([OWN, PAGE, UNKNOWN, STATUTE]) is UNKNOWN
    assert weakest([]) is None
