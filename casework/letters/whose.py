"""Whose letter it is: names in any order and case, and the identity codes that stand in it. Pure.

What does not match is said by its kind only: a letter that went to the wrong case tells nothing of another person.
"""

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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

    A second code is well (a spouse's, a guardian's) when the client's stands there, too.
    """
    found = []
    codes = set(_codes(text))
    if codes and client.identity_code and identity_code.normalise(client.identity_code) not in codes:
        found.append(Mismatch.IDENTITY_CODE)
    if not _is_named(search_key(text).split(), client):
        found.append(Mismatch.NAME)
    return found


def _codes(text: str) -> Iterator[str]:
    """The codes that are right to their last character: a slip of a machine's reading is none."""
    for found in _CODE.finditer(text):
        try:
            yield identity_code.parse(found.group()).value
        except Refusal:
            continue


def _is_named(words: Sequence[str], client: Whose) -> bool:
    last, first = search_key(client.last_name).split(), search_key(client.first_name).split()
    if not (last and first):
        return any(_stands_at(words, place, last or first) for place in range(len(words)))
    places = (place for place in range(len(words)) if _stands_at(words, place, last))
    return any(_is_near(words, place, len(last), first) for place in places)


def _stands_at(words: Sequence[str], place: int, name: Sequence[str]) -> bool:
    return list(words[place : place + len(name)]) == list(name)


def _is_near(words: Sequence[str], place: int, length: int, first: Sequence[str]) -> bool:
    """Tell whether a first name stands shortly before or after a last name."""
    around = [*words[max(place - NEAR, 0) : place], *words[place + length : place + length + NEAR]]
    return any(name in around for name in first)
