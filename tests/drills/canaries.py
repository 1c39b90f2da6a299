"""Words that nobody else writes, and finding them in bytes: plain, in UTF-16, in hexadecimal digits and in base64.

Each begins with a mark of its run, and goes on with its number in letters, so that names may be canaries, too.
"""

import base64
import random
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

MARK, NUMBER = 10, 4  # letters
WHOLE = MARK + NUMBER


@dataclass(frozen=True)
class Typed:
    """One canary: what was typed, and where."""

    text: str
    place: str  # the route
    name: str  # the field of its form


@dataclass
class Flock:
    """The canaries of one run."""

    mark: str
    typed: dict[str, Typed] = field(default_factory=dict)

    @classmethod
    def new(cls, seed: int) -> "Flock":
        return cls("q" + "".join(random.Random(seed).choices("bcdfghjklmnpqrstvwxz", k=MARK - 1)))

    def word(self, place: str, name: str) -> str:
        """Make a new canary of letters only."""
        number, letters = len(self.typed), ""
        for _place in range(NUMBER):
            number, letter = divmod(number, 26)
            letters += string.ascii_lowercase[letter]
        return self.keep(f"{self.mark}{letters}", place, name)

    def keep(self, text: str, place: str, name: str) -> str:
        """Keep what looks otherwise, an identity code or a key of a link, among the canaries."""
        self.typed[text] = Typed(text, place, name)
        return text

    def at(self, *places: str) -> set[str]:
        """Name those that were typed there."""
        return {text for text, typed in self.typed.items() if typed.place in places}

    def found_in(self, content: bytes) -> Iterator[str]:
        """Name every canary that bytes hold, in whatever encoding."""
        for known in _ways(self.mark):
            yield from (text for text in known.words(content) if text in self.typed)
        for text in self.typed:
            if not text.startswith(self.mark) and any(pattern in content for pattern in _patterns(text)):
                yield text


@dataclass(frozen=True)
class Way:
    """A way to write a text: the bytes of its beginning that are always the same, and how to read on from there."""

    pattern: bytes
    read: Callable[[bytes], str]

    def words(self, content: bytes) -> Iterator[str]:
        at = content.find(self.pattern)
        while at >= 0:
            yield self.read(content[at : at + 4 * WHOLE])
            at = content.find(self.pattern, at + 1)


@cache
def _patterns(text: str) -> set[bytes]:
    return {way.pattern for way in _ways(text)}


@cache
def _ways(text: str) -> list[Way]:
    plain = text.encode()
    ways = [Way(plain, _plainly), Way(text.upper().encode(), lambda found: _plainly(found).lower())]
    ways += [Way(text.encode("utf-16-le"), lambda found: _plainly(found[::2]))]
    for digits in (plain.hex(), plain.hex().upper()):
        ways += [Way(digits.encode(), _of_hexadecimal)]
    for before in range(3):  # bytes of what stands in front, in the same group of three
        groups = base64.b64encode(b"\0" * before + plain)[4 if before else 0 : -4]
        lead = text[: 3 - before] if before else ""
        ways += [Way(groups, partial(_behind, lead))]
    return ways


def _plainly(found: bytes) -> str:
    return found[:WHOLE].decode("latin-1")


def _of_hexadecimal(found: bytes) -> str:
    try:
        return _plainly(bytes.fromhex(found[: 2 * WHOLE].decode("latin-1")))
    except ValueError:
        return ""


def _behind(lead: str, found: bytes) -> str:
    return (lead + _plainly(_of_base64(found)))[:WHOLE]


def _of_base64(found: bytes) -> bytes:
    try:
        return base64.b64decode(found[: 4 * (WHOLE // 3 + 1)])
    except ValueError:
        return b""


def search(flock: Flock, paths: Iterable[Path]) -> tuple[dict[str, set[str]], int]:
    """Look into files; answer which canaries lie where (the folder's name), and how many bytes were read."""
    found, size = dict[str, set[str]](), 0
    for path in paths:
        content = path.read_bytes()
        size += len(content)
        for text in flock.found_in(content):
            found.setdefault(text, set()).add(path.parent.name)
    return found, size
