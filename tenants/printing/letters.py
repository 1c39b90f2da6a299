"""Which letters the typefaces of this folder have, so that no text of a person ever breaks a paper."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

STAND_IN = "?"
LINE_ENDS = str.maketrans({"\r": "\n", "\t": " ", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
SEGMENTS, GROUPS = 4, 12  # formats of a character map


def printable(text: str, typefaces: Path) -> str:
    """Write a text with letters the typefaces have: others as “?”, what cannot be seen is left out."""
    known = letters_of(typefaces)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(LINE_ENDS))
    return "".join(_shown(letter, known) for letter in composed)


def missing_letter(text: str, typefaces: Path) -> str:
    """The first letter of a text that the typefaces do not have, empty when all of it can be printed as it is."""
    known = letters_of(typefaces)
    return next((letter for letter in unicodedata.normalize("NFC", text) if _shown(letter, known) != letter), "")


def missing_letters(text: str, typefaces: Path) -> set[str]:
    """The letters of a text for which another would stand on the paper; what cannot be seen is none."""
    known = letters_of(typefaces)
    composed = unicodedata.normalize("NFC", text.translate(LINE_ENDS))
    return {letter for letter in composed if not _is_unseen(letter) and _shown(letter, known) != letter}


@cache
def letters_of(typefaces: Path) -> frozenset[int]:
    """The code points that every typeface of a folder has."""
    fonts = [frozenset(_code_points(path.read_bytes())) for path in sorted(typefaces.glob("*.ttf"))]
    return frozenset.intersection(*fonts)


def _shown(letter: str, known: frozenset[int]) -> str:
    if letter == "\n":
        return letter
    if _is_unseen(letter):
        return ""
    kind = unicodedata.category(letter)
    if kind != "Co" and _has(letter, known):
        return letter
    return "" if kind[0] == "M" else " " if kind == "Zs" else STAND_IN


def _is_unseen(letter: str) -> bool:
    return letter != "\n" and unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _has(letter: str, known: frozenset[int]) -> bool:
    """A typeface also has a letter whose parts it has: it sets the marks itself (Skolt Sámi's Ǩ is K and a caron)."""
    return ord(letter) in known or all(ord(part) in known for part in unicodedata.normalize("NFD", letter))


def _code_points(font: bytes) -> Iterator[int]:
    """Read the character map (OpenType specification, table cmap); a typeface without one we know has no letters."""
    cmap = _table(font, b"cmap")
    (number,) = struct.unpack_from(">H", cmap, 2)
    for index in range(number):
        platform, encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        (kind,) = struct.unpack_from(">H", cmap, offset)
        is_unicode = platform == 0 or (platform == 3 and encoding in {1, 10})
        if is_unicode and kind == SEGMENTS:
            yield from _of_segments(cmap[offset:])
        elif is_unicode and kind == GROUPS:
            yield from _of_groups(cmap[offset:])


def _table(font: bytes, tag: bytes) -> bytes:
    (number,) = struct.unpack_from(">H", font, 4)
    for index in range(number):
        name, _sum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"a typeface without a table {tag!r}")


def _of_segments(part: bytes) -> Iterator[int]:
    count = struct.unpack_from(">H", part, 6)[0] // 2
    ends, starts = _numbers(part, 14, count), _numbers(part, 16 + 2 * count, count)
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, min(end, 0xFFFE) + 1)


def _of_groups(part: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", part, 12)
    for index in range(count):
        start, end, _glyph = struct.unpack_from(">LLL", part, 16 + 12 * index)
        yield from range(start, end + 1)


def _numbers(part: bytes, offset: int, count: int) -> Iterable[int]:
    return struct.unpack_from(f">{count}H", part, offset)
