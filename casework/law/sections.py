"""The sections of a description of work and functional ability, in the order they are printed. Pure.

Income feeds none of them: it is not needed to describe what somebody is able to do (380/2023 112 §).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section: which areas of the mapping and domains of assessments its first text comes from.

    `is_needed` sections are named as missing while they are empty; the paper is printed without them all the same.
    """

    code: str
    title: "StrOrPromise"
    hint: "StrOrPromise" = ""
    areas: frozenset[str] = field(default=frozenset())
    domains: frozenset[str] = field(default=frozenset())
    takes_effects: bool = False  # of illnesses on the ability to work
    takes_recommendations: bool = False  # of assessments
    is_needed: bool = False


SECTIONS = (
    Section(
        code="purpose", title=_("What this description is for"), hint=_("For example which application it goes with.")
    ),
    Section(
        code="background",
        title=_("Life situation"),
        hint=_("Family and housing, as far as they matter for the ability to work."),
        areas=frozenset({"family", "housing"}),
    ),
    Section(code="health", title=_("Health and illnesses"), areas=frozenset({"childhood", "health"}), is_needed=True),
    Section(
        code="treatment",
        title=_("Treatment and medication"),
        hint=_("What has been tried, what helped, what is planned."),
        areas=frozenset({"treatment"}),
        domains=frozenset({"treatment"}),
        is_needed=True,
    ),
    Section(
        code="body",
        title=_("Moving, endurance, senses and hands"),
        hint=_("What the client can do and for how long: sitting, standing, walking, lifting."),
        domains=frozenset({"moving", "endurance", "senses", "hands"}),
        is_needed=True,
    ),
    Section(
        code="mind",
        title=_("Sleep, memory and mood"),
        domains=frozenset({"sleep", "memory", "mood"}),
        is_needed=True,
    ),
    Section(
        code="daily",
        title=_("Daily life and being with people"),
        hint=_("An ordinary day: home, errands, travelling, other people."),
        domains=frozenset({"daily", "people"}),
        is_needed=True,
    ),
    Section(
        code="learning",
        title=_("Learning and education"),
        areas=frozenset({"learning", "education"}),
        domains=frozenset({"reading"}),
    ),
    Section(
        code="work",
        title=_("Work history and skills"),
        areas=frozenset({"work"}),
        domains=frozenset({"work"}),
        is_needed=True,
    ),
    Section(
        code="limits",
        title=_("What limits working"),
        hint=_("The effect of every illness on work, in plain words."),
        takes_effects=True,
        is_needed=True,
    ),
    Section(
        code="strengths",
        title=_("What the client is able to do"),
        hint=_("What is left of the ability to work, and on which conditions."),
        is_needed=True,
    ),
    Section(code="hopes", title=_("The client's own hopes"), areas=frozenset({"hopes"}), domains=frozenset({"hopes"})),
    Section(
        code="conclusion",
        title=_("The coordinator's view"),
        hint=_("What is recommended, and why."),
        takes_recommendations=True,
        is_needed=True,
    ),
)
BY_CODE = {section.code: section for section in SECTIONS}
_OF_AREA = {area: section.code for section in SECTIONS for area in section.areas}
_OF_DOMAIN = {domain: section.code for section in SECTIONS for domain in section.domains}
OF_EFFECTS = next(section.code for section in SECTIONS if section.takes_effects)
OF_RECOMMENDATIONS = next(section.code for section in SECTIONS if section.takes_recommendations)


def of_area(area: str) -> str:
    """The section an area of the mapping feeds, "" when it feeds none."""
    return _OF_AREA.get(area, "")


def of_domain(domain: str) -> str:
    """The section a domain of assessments feeds, "" when it feeds none."""
    return _OF_DOMAIN.get(domain, "")


def empty_but_needed(texts: Mapping[str, str]) -> list[Section]:
    """The sections that should say something and do not."""
    return [section for section in SECTIONS if section.is_needed and not texts.get(section.code, "").strip()]


def joined(text: str, lines: Iterable[str]) -> str:
    """Put new lines under a text as it was typed; without new lines the text stays as it is."""
    new = "\n".join(line for line in lines if line)
    if not new:
        return text
    return f"{text.rstrip()}\n{new}" if text.strip() else new
