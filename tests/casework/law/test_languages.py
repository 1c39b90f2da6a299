"""Which language a text seems to be in: said only when the little words say so clearly."""

import pytest

from casework.law.languages import in_another, language_of

FINNISH = "Pystyy istumaan tai seisomaan noin puoli tuntia kerrallaan, mutta ei jaksa nostaa, kun kipu on kova."
SWEDISH = "Orkar sitta eller stå ungefär en halv timme åt gången, men kan inte lyfta när det gör ont och är trött."
ENGLISH = "Can sit or stand for about half an hour, but has not been able to lift when the pain is bad."


@pytest.mark.parametrize(("text", "language"), [(FINNISH, "fi"), (SWEDISH, "sv"), (ENGLISH, "en")])
def test_a_few_sentences_tell_their_language(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Iskias M54.4", "Ei jaksa.", "Привет, как дела", f"{FINNISH} {SWEDISH}"])
def test_nothing_is_said_of_a_short_a_mixed_or_an_unknown_text(text):
    assert language_of(text) == ""


def test_a_text_in_the_language_of_its_paper_is_in_no_other():
    assert in_another(FINNISH, "fi") == ""
    assert in_another(FINNISH, "sv") == "fi"
    assert in_another("Iskias M54.4", "sv") == ""
