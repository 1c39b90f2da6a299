"""The domains of work and functional ability in our own words, and what 0-4 mean. Pure.

They are nobody's instrument: no items and no scoring of a licensed one may ever come here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class UnknownDomain(LookupError):
    """No domain has this code."""


@dataclass(frozen=True)
class Domain:
    """One side of a person's ability: its stable code, its name, and one plain question that opens it."""

    code: str
    name: "StrOrPromise"
    question: "StrOrPromise"


@dataclass(frozen=True)
class Level:
    """One step of the scale: in a word, and what it means in daily life."""

    score: int
    name: "StrOrPromise"
    meaning: "StrOrPromise"


DOMAINS: tuple[Domain, ...] = (
    Domain(
        "moving",
        _("Moving and physical load"),
        _("How well do walking, standing, sitting, lifting and carrying go?"),
    ),
    Domain(
        "endurance",
        _("Pain and endurance"),
        _("How well does the strength last through a day, and how well is pain kept in check?"),
    ),
    Domain("senses", _("Senses"), _("How well do seeing and hearing, with aids, go at work and at home?")),
    Domain("sleep", _("Sleep and alertness"), _("How well does the client sleep and stay awake and alert by day?")),
    Domain(
        "memory",
        _("Memory and concentration"),
        _("How well do remembering, learning new things and finishing what was begun go?"),
    ),
    Domain("mood", _("Mood and stress"), _("How well does the mood carry, and how well is stress borne?")),
    Domain("people", _("Dealing with people"), _("How well do talking, asking for help and working with others go?")),
    Domain(
        "daily",
        _("Daily living and travel"),
        _("How well do the home, errands, money matters and travelling go?"),
    ),
    Domain("hands", _("Hands and fine work"), _("How well do gripping, writing by hand and small tools go?")),
    Domain(
        "reading",
        _("Reading, writing and digital skills"),
        _("How well do reading, writing, counting and dealing with things online go?"),
    ),
    Domain(
        "treatment",
        _("Treatment and medication"),
        _("How well do treatment and medication work, and how well are they kept to?"),
    ),
    Domain(
        "work",
        _("Work history and skills"),
        _("How well do the skills and the work done so far fit the work there is?"),
    ),
    Domain("hopes", _("Own hopes"), _("How clearly does the client see where to go from here?")),
)

SCALE: tuple[Level, ...] = (
    Level(0, pgettext_lazy("how well", "Not at all"), _("Cannot, or only with another person's help all the time.")),
    Level(1, pgettext_lazy("how well", "Poorly"), _("Great limits on most days.")),
    Level(2, pgettext_lazy("how well", "In part"), _("Goes on good days, for a short time or in part.")),
    Level(3, pgettext_lazy("how well", "Mostly"), _("Small limits; goes with little help or changes.")),
    Level(4, pgettext_lazy("how well", "Fully"), _("No limits.")),
)
HIGHEST = SCALE[-1].score


def domain(code: str) -> Domain:
    """Find a domain.

    Raises:
        UnknownDomain
    """
    for found in DOMAINS:
        if found.code == code:
            return found
    raise UnknownDomain(code)


def level(score: int) -> Level:
    """Find a step of the scale.

    Raises:
        IndexError: the scale is 0-4.
    """
    if score < 0:
        raise IndexError(score)
    return SCALE[score]
