"""The Finnish personal identity code (henkilötunnus): its shape, date and check character. Pure: no clock, no database.

Decree 128/2010 2 §, with the separators of 690/2022 (in force 1.1.2023). The separator is part of the identity. The
individual number also tells a gender in law; this module never derives it.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from tenants import names
from tenants.errors import Refusal

SEPARATORS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}  # the first of a century is the one in common use
CENTURIES = {separator: century for century, separators in SEPARATORS.items() for separator in separators}
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SMALLEST_INDIVIDUAL_NUMBER = 2
FIRST_ARTIFICIAL, LAST_ARTIFICIAL = 900, 999  # never given to a person: for tests, demos and temporary codes

_SHAPE = re.compile(
    r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{2})"
    rf"(?P<separator>[{re.escape(''.join(CENTURIES))}])(?P<individual>[0-9]{{3}})(?P<check>[{CHECK_CHARACTERS}])"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")  # what a word processor makes of "-"


class NotAnIdentityCode(Refusal):
    user_message = _("This is not a personal identity code. An example: 131052-308T.")
    field = "identity_code"


class NoSuchBirthDate(Refusal):
    user_message = _("The personal identity code begins with a date that does not exist.")
    field = "identity_code"


class BornInTheFuture(Refusal):
    user_message = _("The personal identity code begins with a date that has not come yet.")
    field = "identity_code"


class NoSuchIndividualNumber(Refusal):
    user_message = _("The three digits before the last character must be 002 or greater.")
    field = "identity_code"


class WrongCheckCharacter(Refusal):
    user_message = _("The last character of the personal identity code does not match the others. Check each one.")
    field = "identity_code"


@dataclass(frozen=True)
class IdentityCode:
    """A code that was checked. Its text never shows in a representation, so that no log line can hold it."""

    value: str = field(repr=False)
    born_on: date = field(repr=False)
    is_artificial: bool


def parse(text: str, *, today: date | None = None) -> IdentityCode:
    """Check a code as a person typed it; with `today`, also that the person is born.

    Raises:
        NotAnIdentityCode: wrong length, character or separator.
        NoSuchBirthDate: the date is in no calendar.
        BornInTheFuture: the date is after `today`.
        NoSuchIndividualNumber: 000 or 001.
        WrongCheckCharacter: the remainder of the nine digits by 31 gives another character.
    """
    value = normalise(text)
    parts = _SHAPE.fullmatch(value)
    if parts is None:
        raise NotAnIdentityCode
    born_on = _birth_date(parts)
    if today is not None and born_on > today:
        raise BornInTheFuture
    individual = int(parts["individual"])
    if individual < SMALLEST_INDIVIDUAL_NUMBER:
        raise NoSuchIndividualNumber
    if parts["check"] != _check_character(born_on, individual):
        raise WrongCheckCharacter
    return IdentityCode(value=value, born_on=born_on, is_artificial=FIRST_ARTIFICIAL <= individual <= LAST_ARTIFICIAL)


def normalise(text: str) -> str:
    """Write a code the one way in which codes are compared and stored; does not check it."""
    plain = names.code(text).translate(_DASHES)
    return plain.upper() if plain.isascii() else plain  # upper() makes ASCII letters out of some that are not


def artificial(born_on: date, index: int) -> str:
    """Make the index-th code of a day from the range that belongs to no person, for tests and the demo.

    Raises:
        ValueError: the century has no separator, or the day has fewer codes (100 for each separator).
    """
    separators = SEPARATORS.get(born_on.year // 100 * 100, "")
    turn, offset = divmod(index, LAST_ARTIFICIAL - FIRST_ARTIFICIAL + 1)
    if not 0 <= turn < len(separators):
        raise ValueError(f"no artificial code {index} for a day of {born_on.year}")
    individual = FIRST_ARTIFICIAL + offset
    return f"{born_on:%d%m%y}{separators[turn]}{individual}{_check_character(born_on, individual)}"


def _birth_date(parts: re.Match[str]) -> date:
    year = CENTURIES[parts["separator"]] + int(parts["year"])
    try:
        return date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise NoSuchBirthDate from None


def _check_character(born_on: date, individual: int) -> str:
    return CHECK_CHARACTERS[int(f"{born_on:%d%m%y}{individual:03}") % len(CHECK_CHARACTERS)]
