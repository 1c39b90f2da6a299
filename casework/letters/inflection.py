"""Finnish cases of a person's name, as a letter writes it: Virtasen Matille, Mäen, Tuomaksen. Pure.

The forms are made from the name, not the name from a form: a form that is not of the client's name is somebody else's.
Names are compared as `tenants.names.search_key` folds them, so ä is a and ö is o.
"""

import re
from collections.abc import Iterator
from functools import cache

VOWELS = "aeiouy"
SHORTEST = 3  # letters of a stem: with endings behind, a shorter one is a word of every letter
_ENDING = rf"(?:n|a|ta|na|ssa|sta|lla|lta|lle|ksi|[{VOWELS}]n|h[{VOWELS}]n|seen)"
_TWICE_BEFORE_I = re.compile(r"([^i])\1i")  # Matti and Olli keep their i, Mäki and Koski have an e for it
# Before its last vowel a name may lose something in most cases (Virta: Virran), the longest first.
_WEAKENED = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("nk", "ng"), ("mp", "mm")),
    *(("lp", "lv"), ("rp", "rv"), ("t", "d"), ("p", "v"), ("k", "")),
)


def is_form_of(word: str, name: str) -> bool:
    """Tell whether a folded word is a folded name, in its base form or in another case."""
    return word == name or _forms(name).fullmatch(word) is not None


@cache
def _forms(name: str) -> re.Pattern[str]:
    stems = {stem for stem in _stems(name) if len(stem) >= SHORTEST}
    return re.compile(rf"(?:{'|'.join(sorted(stems))}){_ENDING}" if stems else r"(?!)")


def _stems(name: str) -> Iterator[str]:
    """What the endings of cases stand behind."""
    if name.endswith("nen"):
        yield from (f"{name[:-3]}se", f"{name[:-3]}s")
    elif name[-1:] in VOWELS:
        yield from _of_vowel(name)
    else:
        yield f"{name}i"
        if name.endswith("s"):
            yield from (name, f"{name[:-1]}kse", f"{name[:-1]}{name[-2:-1]}")


def _of_vowel(name: str) -> Iterator[str]:
    weak = next((name[:-1].removesuffix(one) + other for one, other in _WEAKENED if name[:-1].endswith(one)), name[:-1])
    for stem in (name[:-1], weak):
        yield stem + name[-1]
        if name.endswith("i") and not _TWICE_BEFORE_I.search(name[-3:]):
            yield f"{stem}e"
        if name.endswith("e"):
            yield f"{stem}ee"
