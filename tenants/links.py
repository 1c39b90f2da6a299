"""Addresses inside an added document: which may be followed by a click, and which stay on the machine. Pure."""

import re
from urllib.parse import unquote

ON_THE_WEB = {"http", "https", "mailto", "tel"}
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff]")  # programs leave them out as well
SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):")  # one letter is a drive
ANOTHER_MACHINE = re.compile(r"[/\\]{2}")
FILE_HERE = re.compile(r"file:(///|//localhost/)?[^/\\]")


def is_link(target: str) -> bool:
    """Tell whether an address is an ordinary link: the web, a mail, a telephone number, or on this machine."""
    return _scheme(_plain(target)) in ON_THE_WEB or stays_here(target)


def stays_here(target: str) -> bool:
    """Tell whether an address cannot leave the reader's machine: a part of the document, or a file on its own disk."""
    plain = _plain(target)
    return is_within(target) or FILE_HERE.match(plain) is not None


def is_within(target: str) -> bool:
    """Tell whether an address has no scheme and no other machine: a part, a place in the text, or a path."""
    plain = _plain(target)
    return not _scheme(plain) and ANOTHER_MACHINE.match(plain) is None


def _plain(target: str) -> str:
    return UNSEEN.sub("", unquote(UNSEEN.sub("", target))).lower()


def _scheme(plain: str) -> str:
    found = SCHEME.match(plain)
    return found[1] if found else ""
