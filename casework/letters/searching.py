"""Looking for a client's illnesses in a letter: by code, by name, and by the base form of its words. Pure.

It helps a person who reads and answers nothing: a letter may speak of an illness in words that nobody thought of. The
dictionary of base forms is asked only about words that may well be the illness: where it was not laid ready, it takes
two seconds to load.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import snowballstemmer

from casework.letters.base_forms import base_form
from casework.letters.proposals import Place
from casework.letters.text import Sentence

MOST_PLACES = 6
SHORTEST = 4  # letters of a word that tells an illness, unless there is no other
LONG_ENOUGH = 6  # letters of a word with which a longer one may begin or end: masennus, masennustila
ALIKE = 4  # letters at the beginning that inflection leaves: nivelrikko, nivelrikon
STEMMERS = {"fi": "finnish", "sv": "swedish"}

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What a compound may end in and be the same illness without it: masennustila, masennusjakso.
_STATE_OF = re.compile(r"(?<=\w{6})-?(?:tila|jakso|episodi)$")
_CODE = re.compile(r"(?<!\w)[A-Z](?:\d{2}(?:\.?[0-9A-Z]{1,3}|,\d{1,2})?|\s\d{2}[.,]\d{1,2})(?!\w)")
# What follows these says where or of what kind the illness is, not which.
_ENDS_THE_NAME = re.compile(
    r"[,;:(/]|\s(?:i|på|av|med|utan|efter|och|ja|sekä|eli|jossa|johon|tai|eller)\s", re.IGNORECASE
)
_SAYS_HOW = frozenset(
    [
        *("vaikea", "lievä", "keskivaikea", "vakava", "krooninen", "pitkäaikainen", "akuutti", "toistuva", "epäily"),
        *("muu", "määrittämätön", "tarkemmin", "oikea", "vasen", "oikean", "vasemman", "molempien", "sairaus", "vamma"),
        *("tauti", "vaiva", "oire", "oireet", "jakso", "episodi", "jälkitila", "oireyhtymä", "häiriö", "tila", "svår"),
        *("lindrig", "medelsvår", "allvarlig", "kronisk", "långvarig", "akut"),
        *("annan", "återkommande", "ospecificerad", "höger", "vänster", "sjukdom", "syndrom", "skada", "tillstånd"),
        *("sjuka", "besvär", "störning", "episod"),
    ]
)


@dataclass(frozen=True)
class Illness:
    """One illness of the client, as it is on the list."""

    key: str
    name: str = field(repr=False)
    icd10: str = field(default="", repr=False)


def look_for(illnesses: Sequence[Illness], sentences: Sequence[Sentence], language: str) -> dict[str, list[Place]]:
    """Find for each illness, by its key, the sentences that name it."""
    words = {word for sentence in sentences for word in _words(sentence.text)}
    found: dict[str, list[Place]] = {}
    for illness in illnesses:
        named = _words_for(_telling_word(illness.name), words, language)
        codes = codes_in(illness.icd10.upper())
        hits = (one for one in sentences if named & _words(one.text) or _is_coded(codes, codes_in(one.text)))
        places = dict.fromkeys(Place(one.page, one.text, one.is_picture) for one in hits)
        found[illness.key] = list(places)[:MOST_PLACES]
    return found


def codes_in(text: str) -> frozenset[str]:
    """The codes that look like ICD-10, without the points, commas and spaces that some write in them."""
    return frozenset(re.sub(r"[.,\s]", "", code) for code in _CODE.findall(text))


def _is_coded(wanted: Iterable[str], coded: Iterable[str]) -> bool:
    """Tell whether a code stands there, or the wider one that it is a part of, or a narrower one."""
    return any(here.startswith(code) or code.startswith(here) for code in wanted for here in coded)


@cache
def _words(text: str) -> frozenset[str]:
    """The words of a text in small letters, and the parts of those with hyphens: lumbago-iskias."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset([*words, *(part for word in words for part in word.split("-"))])


def _telling_word(name: str) -> str:
    """The word that names the illness: the last that says which, before what says where or how; "" for none."""
    words = [word.lower() for word in _WORD.findall(_ENDS_THE_NAME.split(name.strip(), maxsplit=1)[0])]
    telling = [word for word in words if len(word) >= SHORTEST and word not in _SAYS_HOW]
    return _STATE_OF.sub("", next(reversed(telling), next(reversed(words), "")))


def _words_for(wanted: str, words: Iterable[str], language: str) -> set[str]:
    """The words of a letter that are the wanted one, in whatever form, or a compound with it."""
    alike = {word for word in words if wanted and wanted[:ALIKE] in word}
    by_stem = _compared(alike, wanted, _stemmer(language).stemWord)
    return by_stem | _compared(alike - by_stem, wanted, partial(base_form, language=language))


def _compared(words: Iterable[str], wanted: str, base: Callable[[str], str]) -> set[str]:
    return {word for word in words if _is_it(word, wanted) or _is_it(base(word), base(wanted))}


def _is_it(word: str, wanted: str) -> bool:
    is_compound = len(wanted) >= LONG_ENOUGH and (word.startswith(wanted) or word.endswith(wanted))
    return word == wanted or is_compound


@cache
def _stemmer(language: str) -> "snowballstemmer.SnowballStemmer":
    return snowballstemmer.stemmer(STEMMERS[language])
