"""What several subjects say names the thing of none: “Take back” is no consent where a letter is taken back."""

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

import polib
import pytest

from deploy.local.embedded import ROOT

CASEWORK = ROOT / "casework"
SAID = re.compile(r"""(?:\b_|gettext|gettext_lazy|translate) ?\(? ?"((?:[^"\\]|\\.)+)\"""")
# What a translation names, and what its English must say then.
THINGS = {
    "fi": {
        r"suostumu": r"consent|allow",
        r"luovutu": r"hand|disclos",
        r"valitu[ks]": r"appeal|decision",
        r"lausunno|lausunto": r"statement",
        r"hakemu": r"appl|claim|continu|filed|^new$",
        r"käynti|käynni": r"visit|appointment",
        r"lähet(?:e\b|teet|teen)": r"referr",
        r"palaver": r"meeting|team|agenda",
        r"fraasi": r"phrase",
    },
    "sv": {
        r"samtyck": r"consent|allow",
        r"utlämn": r"hand|disclos|told",
        r"besvär": r"appeal|decision",
        r"utlåtande": r"statement",
        r"ansök": r"appl|claim|continu|filed|^new$",
        r"besök": r"visit|appointment",
        r"remiss": r"referr",
        r"\bmöte": r"meeting|team|agenda",
        r"\bfras": r"phrase",
    },
}


def subject_of(path: Path) -> str:
    parts = path.relative_to(CASEWORK).parts
    return parts[2] if parts[0] == "templates" else parts[0]


def subjects_that_say() -> dict[str, set[str]]:
    """By each string of the casework the subjects whose code or templates say it."""
    found = defaultdict[str, set[str]](set)
    for path in CASEWORK.rglob("*"):
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
            for said in SAID.findall(path.read_text(encoding="utf-8")):
                found[said].add(subject_of(path))
    return found


def named_of_one(language: str, told: dict[str, str], said: dict[str, set[str]]) -> Iterator[tuple[str, str, Set[str]]]:
    """The strings of several subjects whose translation names a thing that the English does not."""
    for english, text in told.items():
        subjects = said.get(english, set())
        things = THINGS[language].items()
        is_named = any(re.search(thing, text, re.I) and not re.search(word, english, re.I) for thing, word in things)
        if is_named and len(subjects) > 1:
            yield english, text, subjects


def translations(language: str) -> dict[str, str]:
    catalogue = polib.pofile(str(CASEWORK / "locale" / language / "LC_MESSAGES" / "django.po"))
    return {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in catalogue if not entry.msgctxt}


@pytest.mark.parametrize("language", THINGS)
def test_what_several_subjects_say_names_the_thing_of_none(language):
    assert list(named_of_one(language, translations(language), subjects_that_say())) == []


def test_a_planted_one_is_found():
    said = {"Take back": {"readings", "consents"}, "Given on": {"consents"}}

    found = named_of_one("fi", {"Take back": "Peruuta suostumus", "Given on": "Suostumuksen päivä"}, said)

    assert [english for english, _text, _subjects in found] == ["Take back"]
