"""One day, two days: a number before a noun that is counted has both of its forms.

Which nouns are counted is learned from the strings that have both forms already.
"""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("tenants", "casework", "billing")
NUMBER = r"(?:%\(\w+\)[sd]|\{\w+\})"
BEHIND = re.compile(rf"{NUMBER}\s([a-z]+(?:\s[a-z]+)?)")  # a noun, or what kind of it and the noun


def strings(app: str) -> polib.POFile:
    return polib.pofile(str(ROOT / app / "locale" / "fi" / "LC_MESSAGES" / "django.po"))


def behind_numbers(text: str) -> set[str]:
    return {word for words in BEHIND.findall(text) for word in words.split() if word.endswith("s")}


def counted_nouns() -> set[str]:
    """The words that stand behind a number in the plural and differ from the one form: days, cases, entries."""
    both = [one for app in APPS for one in strings(app) if one.msgid_plural]
    return {word for one in both for word in behind_numbers(one.msgid_plural) - behind_numbers(one.msgid)}


def without_a_plural(texts: list[str], nouns: set[str]) -> list[str]:
    return [text for text in texts if nouns & behind_numbers(text)]


@pytest.mark.parametrize("app", APPS)
def test_what_is_counted_has_both_forms(app):
    texts = [one.msgid for one in strings(app) if not one.msgid_plural]

    assert without_a_plural(texts, counted_nouns()) == []


def test_it_has_learned_what_is_counted():
    assert {"days", "months", "entries", "letters", "minutes"} <= counted_nouns()


def test_it_finds_a_number_with_one_form_only():
    log, page = "The log of %(number)s entries is another.", "Page %(number)s of %(all)s"

    assert without_a_plural([log, page], {"entries"}) == [log]
