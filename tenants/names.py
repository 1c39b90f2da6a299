"""What people type and paste, the key by which a name is found, and the key by which names stand in order. Pure.

The two keys of a name are columns (tenants.derived): what is changed here has to be written anew by a migration.
"""

import re
import unicodedata
from collections.abc import Iterator

_KEPT_CONTROLS = "\t\n\r"
_VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd"  # Arabic signs of numbers, which Unicode calls formats
_JOINERS = "\u200c\u200d"  # needed inside words of some scripts and in pictures, never beside a Latin letter or a space
_STRAY_JOINER = re.compile(r"(?<![\u0590-\U0010ffff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0590-\U0010ffff])")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻʽʾʿʹʺ`´′\"”“"), None)
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i", "ǥ": "g", "ʒ": "z"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
_AFTER_Z = {"a\u030a": "{", "a\u0308": "|", "o\u0308": "}"}  # å, ä, ö: the three characters after z in ASCII
_NORDIC = str.maketrans({"æ": "a\u0308", "ø": "o\u0308"})  # stand with ä and ö (SFS 4600)
_WITH_MARKS = re.compile(r"(\w)([\u0300-\u036f]+)")
_BETWEEN_NAMES = "\t"  # before every letter and the space: Mäki, Anna stands before Mäki Niemi, Aino


def pasted(text: str) -> str:
    """Keep what one sees of pasted text: composed letters, ordinary spaces, no invisible or turning characters.

    Lines stay lines. Left out are the soft hyphen, zero-width spaces, the byte order mark, marks of direction (they
    turn what follows around) and control characters, the NUL among them.
    """
    seen = "".join(_seen(unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", seen))


def one_line(text: str) -> str:
    """Write a name, a code or a reference as one sees it: one space between words, none around them."""
    return " ".join(pasted(text).split())


def code(text: str) -> str:
    """Write a code without any space, as it may have been set in a letter."""
    return "".join(pasted(text).split())


def written(*parts: str) -> str:
    """Write the names of a person one after the other; who has one name only has one."""
    return " ".join(filter(None, parts))


def search_key(*parts: str) -> str:
    """Fold names to what they are found by: case, marks, dashes and apostrophes do not count. Empty for no letters."""
    text = _folded(" ".join(parts)).translate(_LETTERS)
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def sort_key(*parts: str) -> str:
    """Fold names to what they stand in order by, compared byte by byte: å, ä and ö come after z.

    Capitals are folded; other marks, dashes and apostrophes are passed over. Give a last name before a first name; a
    part that is empty does not count.
    """
    return _BETWEEN_NAMES.join(filter(None, map(_in_order, parts)))


def _seen(text: str) -> Iterator[str]:
    for char in text:
        category = unicodedata.category(char)
        if category == "Zs":
            yield " "
        elif category not in {"Cc", "Cf"} or char in _KEPT_CONTROLS + _VISIBLE_FORMATS + _JOINERS:
            yield char


def _folded(text: str) -> str:
    """Lower case, decomposed, without marks and apostrophes."""
    plain = unicodedata.normalize("NFKD", pasted(text).translate(_APOSTROPHES)).casefold()
    return "".join(
        char for char in unicodedata.normalize("NFKD", plain) if unicodedata.category(char) not in {"Mn", "Cf"}
    )


def _in_order(name: str) -> str:
    plain = unicodedata.normalize("NFKD", pasted(name).translate(_APOSTROPHES)).casefold().translate(_NORDIC)
    placed = _WITH_MARKS.sub(_placed, unicodedata.normalize("NFD", plain)).translate(_LETTERS)
    return " ".join("".join(char for char in placed if char.isalnum() or char in " {|}").split())


def _placed(letter: re.Match[str]) -> str:
    base, marks = letter.groups()
    return next((_AFTER_Z[base + mark] for mark in marks if base + mark in _AFTER_Z), base)
