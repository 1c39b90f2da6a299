"""Whose letter it is: names in any order, case and form, and the identity codes that stand in it. Pure.

What does not match is said by its kind only: a letter that went to the wrong case tells nothing of another person.
"""

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casework.letters.inflection import is_form_of
from tenants import identity_code
from tenants.errors import Refusal
from tenants.names import search_key

NEAR = 4  # words between a last name and a first name of the same person
_CODE = re.compile(r"(?<!\w)\d{6}\s?[-+A-FU-Y\u2010-\u2014\u2212]\s?\d{3}[0-9A-Y](?!\w)", re.IGNORECASE)


class Mismatch(enum.StrEnum):
    """What of a letter is not the client's."""

    IDENTITY_CODE = "identity_code"
    NAME = "name"


@dataclass(frozen=True)
class Whose:
    """Whom a letter should be about."""

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    identity_code: str = field(repr=False)


def mismatches(text: str, client: Whose) -> list[Mismatch]:
    """Name what of a letter is not the client's; without any code in the letter or in the record the name tells.

    A second code is well (a spouse's, a guardian's) when the client's stands there, too. Where it does, the parts of
    the name need not stand near each other: a form has them in boxes.
    """
    codes, own = set(_codes(text)), identity_code.normalise(client.identity_code)
    found = []
    if codes and own and own not in codes:
        found.append(Mismatch.IDENTITY_CODE)
    if not _is_named(search_key(text).split(), client, near=None if own in codes else NEAR):
        found.append(Mismatch.NAME)
    return found


def _codes(text: str) -> Iterator[str]:
    """The codes that are right to their last character: a slip of a machine's reading is none."""
    for found in _CODE.finditer(text):
        try:
            yield identity_code.parse(found.group()).value
        except Refusal:
            continue


def _is_named(words: Sequence[str], client: Whose, *, near: int | None) -> bool:
    """Tell whether the client's name stands there: its parts so many words apart, or anywhere."""
    last, first = search_key(client.last_name).split(), search_key(client.first_name).split()
    if not (last and first):
        return any(_stands_at(words, place, last or first) for place in range(len(words)))
    apart = len(words) if near is None else near
    places = (place for place in range(len(words)) if _stands_at(words, place, last))
    return any(_is_beside(words, place, last, first, apart) for place in places)


def _stands_at(words: Sequence[str], place: int, name: Sequence[str]) -> bool:
    there = words[place : place + len(name)]
    return len(there) == len(name) and all(map(is_form_of, there, name))


def _is_beside(words: Sequence[str], place: int, last: Sequence[str], first: Sequence[str], apart: int) -> bool:
    """Tell whether a first name stands shortly before or after a last name.

    In another case it stands only behind a last name that does, too ("Virtasen Matille"). Before one it has its base
    form whatever the last name has ("Matti Virtasen"): "Maria Virtanen" is a partitive of nobody called Mari.
    """
    end = place + len(last)
    before, behind = words[max(place - apart, 0) : place], words[end : end + apart]
    if any(word in first for word in (*before, *behind)):
        return True
    is_inflected = list(words[place:end]) != list(last)
    return is_inflected and any(is_form_of(word, name) for word in behind for name in first)
