"""Where a figure of law or practice comes from and how well it is known, in the words of pages and papers. Pure."""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A section, the number of an act, or the short name of one; a bill (HE 112/2025) is no statute yet.
STATUTE = re.compile(r"§|(?<!HE )\b\d{1,4}/\d{4}\b|\b(?:SVL|KEL|TyEL|KKRL|TTL)\b")


class Confidence(enum.StrEnum):
    """How well a figure is known: read in the statute or on the decider's own page, a secondary source, a weak one,
    none; or it is the municipality's own, which answers for it.
    """

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    UNSOURCED = "U"
    OWN = "own"


class Certainty(enum.StrEnum):
    """What a reader is told of it."""

    STATUTE = "statute"
    OFFICIAL_PAGE = "official_page"
    UNVERIFIED = "unverified"
    OWN = "own"

    @property
    def words(self) -> "StrOrPromise":
        return WORDS[self]

    @property
    def tone(self) -> str:
        return TONES[self]


WORDS = {
    Certainty.STATUTE: _("checked in the statute"),
    Certainty.OFFICIAL_PAGE: _("from an official page"),
    Certainty.UNVERIFIED: _("from experience, not verified"),
    Certainty.OWN: _("the municipality's own"),
}
TONES = {
    Certainty.STATUTE: "success",
    Certainty.OFFICIAL_PAGE: "info",
    Certainty.UNVERIFIED: "warning",
    Certainty.OWN: "neutral",
}
VERIFIED = frozenset({Confidence.HIGH, Confidence.MEDIUM})


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The source of a figure, how well it is known, and the day on which somebody compared the two, if anybody did."""

    source: str
    confidence: Confidence
    checked_on: date | None = None

    @property
    def certainty(self) -> Certainty:
        if self.confidence is Confidence.OWN:
            return Certainty.OWN
        if self.confidence not in VERIFIED:
            return Certainty.UNVERIFIED
        is_read = self.confidence is Confidence.HIGH and STATUTE.search(self.source)
        return Certainty.STATUTE if is_read else Certainty.OFFICIAL_PAGE

    @property
    def is_read(self) -> bool:
        """Whether somebody read it in a source."""
        return self.confidence in VERIFIED

    @property
    def fault(self) -> str:
        """What a shipped row may not say of itself, "" when it is sound."""
        if self.confidence is Confidence.OWN:
            return "only a municipality has figures of its own"
        if self.confidence is not Confidence.UNSOURCED and not self.source.strip():
            return "source is empty"
        if self.is_read and self.checked_on is None:
            return "checked_on is missing"
        return "checked_on, though nobody has verified it" if self.checked_on and not self.is_read else ""


UNKNOWN = Origin(source="", confidence=Confidence.UNSOURCED)
WEAKEST_FIRST = (Certainty.UNVERIFIED, Certainty.OWN, Certainty.OFFICIAL_PAGE, Certainty.STATUTE)


def weakest(origins: Iterable[Origin]) -> Origin | None:
    """Find the least known of what a day was reckoned with: the whole is no better known than that."""
    return min(origins, key=lambda origin: WEAKEST_FIRST.index(origin.certainty), default=None)


@dataclass(frozen=True, kw_only=True)
class Told:
    """Sources that are known alike, as one reads it: which, how well, and the day."""

    sources: str
    certainty: Certainty
    on: date | None

    def __str__(self) -> str:
        words = f"{self.certainty.words} {day(self.on)}" if self.on else str(self.certainty.words)
        return f"{self.sources}, {words}" if self.sources else words


def told(origins: Iterable[Origin]) -> list[Told]:
    """Put neighbours that are known alike together, so that the words stand once."""
    alike = groupby(origins, key=lambda origin: (origin.certainty, origin.checked_on))
    return [
        Told(sources="; ".join(origin.source for origin in group if origin.source), certainty=certainty, on=on)
        for (certainty, on), group in alike
    ]


def written(origins: Iterable[Origin]) -> str:
    """Write it in one line, for papers, a terminal and the notes of pages."""
    return "; ".join(str(one) for one in told(origins))
