"""The text of a letter: its pages, and the sentences that a person is shown. Pure: no database, no clock."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casework.letters.dates import IS_A_DATE, dates_in

LONGEST_SENTENCE = 400  # characters; a table or a letter without full stops is cut into pieces
WRAPPED_AT = 0.6  # of the widest line: a shorter one ends where its writer ended it
NARROWEST = 60  # characters of a widest line that holds sentences

# pdfium writes U+FFFE or U+0002 for the hyphen at the end of a line, word processors the soft hyphen. Between two parts
# of a word it goes; of a name, a number or a time it is the hyphen that its writer typed.
_SIGNS = "\ufffe\u0002\u00ad"
_BROKEN_WORD = re.compile(
    rf"(?<=[^\W\d_])[{_SIGNS}]\s*(?=[a-zåäöšžõâ])|(?<=[A-ZÅÄÖ])[{_SIGNS}]\s*(?=[A-ZÅÄÖ]{{2}})"
    r"|(?<=[a-zåäö])-[ \t]*\n[ \t]*(?=[a-zåäö])"
)
_HYPHEN = re.compile(r"(?<=\w)[\ufffe\u0002]\s*")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_SHORTENED = "|".join(
    [
        *(r"[^\W\d_]", r"\w*pvm", "alk", "ao", "bl", "ca", "dat", "dos", "dr", "dvs", "em", "esim", "ex", "kl", "klo"),
        *("ks", "lääk", "mm", "mom", "nk", "nr", "os", "prof", "puh", "so", "tel", "ts", "vrt"),
    ]
)
_ENDS_NOTHING = re.compile(rf"(?:^|\W)\d{{1,2}}\.$|\b(?:{_SHORTENED})\.$", re.IGNORECASE)
_BETWEEN_CELLS = re.compile(r"\s+(?:(?:[A-ZÅÄÖ][\w-]*|\S*\d\S*|[€|])\s+)*")  # no words of a sentence
_WORDS_OF = {
    "fi": frozenset(["ja", "on", "ei", "että", "tai", "jos", "joka", "mukaan", "sekä", "teidän", "teille", "kun"]),
    "sv": frozenset(["och", "är", "att", "som", "inte", "eller", "för", "den", "det", "av", "enligt", "har", "ni"]),
}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Page:
    """One page. Number 0: the file knows no pages. `is_picture`: a machine read it from a picture."""

    number: int
    text: str
    is_picture: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence or a line of its own, or a piece of one that goes on and on; and where it stands."""

    page: int
    text: str
    is_picture: bool = False
    is_cut: bool = False  # whether it is such a piece


def sentences_of(pages: Sequence[Page]) -> list[Sentence]:
    """Divide pages into what a person reads as one: sentences over wrapped lines, and lines of their own."""
    return [
        Sentence(page.number, piece, page.is_picture, is_cut=piece != text)
        for page in pages
        for stretch in _stretches(lines_of(page.text))
        for text in _divided(stretch)
        for piece in textwrap.wrap(text, LONGEST_SENTENCE, break_on_hyphens=False)
    ]


def lines_of(text: str) -> list[str]:
    """The lines of a page as they stand, broken words joined, empty ones left out."""
    joined = _HYPHEN.sub("-", _BROKEN_WORD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    joined = joined.replace("\u00ad", "")
    return [line for line in (" ".join(line.split()) for line in joined.split("\n")) if line]


def language_of(sentences: Sequence[Sentence]) -> str:
    """Tell Finnish from Swedish by their small words; Finnish when there are none."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence.text.lower())]
    counts = {language: sum(word in small for word in words) for language, small in _WORDS_OF.items()}
    return "sv" if counts["sv"] > counts["fi"] else "fi"


def _stretches(lines: Sequence[str]) -> Iterator[str]:
    """Join lines that were wrapped; a line with nothing but a date belongs to the label before it."""
    widest = max(map(len, lines), default=0)
    stretch = lines[:1]
    for before, line, after in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        is_joined = _goes_on(before, widest) or _is_a_date(line)
        if is_joined and not _is_of_a_row(before, line, after):
            stretch = [*stretch, line]
        else:
            yield " ".join(stretch)
            stretch = [line]
    yield " ".join(stretch)


def _is_a_date(line: str) -> bool:
    return IS_A_DATE.fullmatch(line) is not None


def _is_of_a_row(before: str, line: str, after: str) -> bool:
    """Tell whether days stand in a row of a table, beside or below each other: which label is whose nobody can tell."""
    if _is_a_date(line):
        return _is_a_date(before) or _is_a_date(after)
    return any(_BETWEEN_CELLS.fullmatch(line[one.end : next_one.start]) for one, next_one in pairwise(dates_in(line)))


def _goes_on(line: str, widest: int) -> bool:
    return len(line) > WRAPPED_AT * max(widest, NARROWEST) and not line.endswith((".", "!", "?", ":"))


def _divided(stretch: str) -> Iterator[str]:
    """Cut at the ends of sentences, not after "23." or "esim."."""
    begun = ""
    for part in _END.split(stretch):
        begun = f"{begun} {part}".strip()
        if begun and not _ENDS_NOTHING.search(begun):
            yield begun
            begun = ""
    if begun:
        yield begun
