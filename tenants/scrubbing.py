"""What nobody may read in a log line or an error report, found in any text: identity codes, keys in addresses, rows.

Our own ids (of events, traces, commits, rows) and times are full of digits and of letters from A to F, and must stay:
they are how an error is found again. Decision 26 says where the line is.
"""

import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar

from tenants import identity_code
from tenants.errors import Refusal

LEFT_OUT = "[left out]"
SECRET_ARGUMENTS = {"token", "secret", "key"}  # of an address; whoever has them needs no password
SHORTEST_SECRET = 8  # letters; below it is `make`, `stop` or `done`
DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)  # PostgreSQL quotes the row there
HEX = set("0123456789abcdefABCDEF")

_DASH = r"[-\u2010-\u2014\u2212]|%2D|%E2%80%9[0-4]|\\+u(?:201[0-4]|2212)"  # as typed, in an address, in JSON
_PLUS = r"\+|%2B"
_SPACE = r"(?:[ \u00a0\u202f\u00ad\u200b]|%20|%C2%A[0D]|\\+(?:u00a[0d]|xa[0d]|u202f|u200b))?"
_SHAPE = re.compile(  # inside a look-ahead, so that one code may begin within what looks like another
    rf"(?=(?P<code>(?P<date>[0-9]{{6}})"
    rf"(?:(?P<dash>{_SPACE}(?:{_DASH}){_SPACE})|(?P<plus>{_PLUS})|(?P<mark>[A-FU-Y]))"
    rf"(?P<number>[0-9]{{3}}[{identity_code.CHECK_CHARACTERS}])))",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2}|\\[abfnrtv]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})$")  # of the character before
_CLOCK = re.compile(r"(?:[0-9][.,]|[0-9]T|[0-9]{8}[ _-])$", re.IGNORECASE)  # before the seconds or their fraction
_OFFSET = re.compile(r"(?:0[0-9]|1[0-4])[0-5][0-9]")  # from UTC, behind them
_SLASH = r"(?:/|%2F)+"
_SECRET_IN_ADDRESS = re.compile(
    rf"((?:(?<![\w-])|(?<=%2F))(?:invitation|calendar|account{_SLASH}password{_SLASH}reset{_SLASH}key){_SLASH})"
    rf"(?:(?!%2F)[^\s/\"'?#&<>]){{{SHORTEST_SECRET},}}",
    re.IGNORECASE,
)
_secrets: ContextVar[tuple[str, ...]] = ContextVar("secrets", default=())


def scrubbed(text: str) -> str:
    """Replace identity codes, what opens a door in an address, and the details of a database's error."""
    text = without_secrets(text)  # first: what is left out elsewhere would cut an address in two
    for secret in _secrets.get():
        text = text.replace(secret, LEFT_OUT)
    return DETAIL.sub(rf"\1: {LEFT_OUT}", without_codes(text))


def keep_secret(values: Iterable[str]) -> None:
    """Leave these out of all that is said in this thread until it is told others."""
    _secrets.set(tuple(value for value in values if len(value) >= SHORTEST_SECRET))


def secrets() -> tuple[str, ...]:
    """Answer what this thread leaves out, for the thread that logs its request."""
    return _secrets.get()


def without_secrets(text: str) -> str:
    """Replace what stands behind the beginning of an address that opens a door, also where no page is."""
    return _SECRET_IN_ADDRESS.sub(rf"\1{LEFT_OUT}", text)


def without_codes(text: str) -> str:
    """Replace every identity code, written in any way in which one is accepted."""
    parts, end = [], 0
    for begin, after in _codes_in(text):
        parts += [text[end:begin], LEFT_OUT]
        end = after
    return "".join([*parts, text[end:]])


def _codes_in(text: str) -> Iterator[tuple[int, int]]:
    """Answer where each code begins and ends; no two overlap."""
    end = 0
    for found in _SHAPE.finditer(text):
        if found.start() >= end and _is_code(found, text):
            end = found.end("code")
            yield found.start(), end


def _is_code(found: re.Match[str], text: str) -> bool:
    before, after = _run_before(text, found.start()), _run_after(text, found.end("code"))
    try:
        identity_code.parse(_plainly(found))
    except (identity_code.WrongCheckCharacter, identity_code.NoSuchIndividualNumber):
        return not before and not after and _is_no_hex(found) and not _is_time(found, text)
    except Refusal:
        return False
    return _is_word(before) and _is_word(after) and not _is_time(found, text)


def _plainly(found: re.Match[str]) -> str:
    mark = "-" if found["dash"] else "+" if found["plus"] else found["mark"]
    return f"{found['date']}{mark}{found['number']}"


def _run_before(text: str, begin: int) -> str:
    """Answer the letters and digits that touch the code, which an escape does not."""
    if _ESCAPE.search(text, max(0, begin - 6), begin):
        return ""
    start = begin
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:begin]


def _run_after(text: str, end: int) -> str:
    stop = end
    while stop < len(text) and text[stop].isalnum():
        stop += 1
    return text[end:stop]


def _is_word(run: str) -> bool:
    """Tell whether what touches a code is a word (`hetu…`), or nothing: then it is no part of a longer id."""
    return not run or (run.isalpha() and not set(run) <= HEX)


def _is_no_hex(found: re.Match[str]) -> bool:
    """Tell whether eleven characters that stand alone cannot be a short hash, which has small letters."""
    code = found["code"]
    return not set(code) <= HEX or code != code.lower()


def _is_time(found: re.Match[str], text: str) -> bool:
    """Tell whether it is a time with its offset: 20261130T101500+0200, 10:15:00.123456-0500."""
    is_offset = _OFFSET.fullmatch(found["number"]) is not None and not found["mark"]
    return is_offset and _CLOCK.search(text, max(0, found.start() - 9), found.start()) is not None
