"""Telephone numbers: what is one, how it is dialled, and by which digits it is found. Pure.

The shape is E.164's (at most fifteen digits), written as people write it. Whether anybody answers is not asked.
"""

import re

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal
from tenants.names import one_line

FEWEST, MOST = 5, 15  # digits: a Finnish service number has five or six
NATIONAL, ENDING = 9, 4  # last digits: a Finnish number without its zero or +358, and what people remember of it

_SHAPE = re.compile(r"\+?[0-9][0-9 ()./-]*|\([0-9][0-9 ()./-]*")
_TRUNK_ZERO = re.compile(r"^(\+[0-9]+)\s*\(0\)")  # +358 (0)40 …: the zero is not dialled from abroad
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class NotAPhoneNumber(Refusal):
    user_message = _("Write the phone number in digits, for example 040 123 4567 or +358 40 123 4567.")
    field = "phone"


def parse(text: str) -> str:
    """Check a number and answer it as it was written, in one line.

    Raises:
        NotAPhoneNumber: other characters, or too few or too many digits.
    """
    number = one_line(text).translate(_DASHES)
    if not is_number(number):
        raise NotAPhoneNumber
    return number


def is_number(text: str) -> bool:
    """Tell whether text is a telephone number and nothing else."""
    return bool(_SHAPE.fullmatch(text)) and FEWEST <= len(digits(text)) <= MOST


def dialled(number: str) -> str:
    """Write a number as a telephone takes it (RFC 3966)."""
    plain = _TRUNK_ZERO.sub(r"\1", one_line(number))
    found = digits(plain)
    if plain.startswith("+"):
        return f"+{found}"
    return f"+{found[2:]}" if found.startswith("00") else found


def endings(number: str) -> set[str]:
    """The digits by which a number is found: the last nine (all of a shorter one) and the last four."""
    found = digits(number)
    return {found[-NATIONAL:], found[-ENDING:]} if len(found) >= ENDING else set()


def ending_sought(text: str) -> str:
    """The digits that somebody searches for: four, or a whole number; empty when the text is something else."""
    line = one_line(text).translate(_DASHES)
    found = digits(line)
    is_sought = bool(_SHAPE.fullmatch(line)) and ENDING <= len(found) <= MOST
    return found[-NATIONAL:] if is_sought else ""


def digits(text: str) -> str:
    """The digits of a text, nothing else."""
    return "".join(char for char in text if char in "0123456789")
