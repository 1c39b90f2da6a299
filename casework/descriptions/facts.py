"""What is known of a client's ability, as lines for a description: each with its day and its source.

A fact's `key` tells whether a line was written into a description before; a changed fact has another key.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from casework.law import domains, sections
from casework.models import Assessment, DomainScore, Illness, MappingEntry
from tenants.display import day, in_sentence, since


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was read of a case: current mapping entries, the newest score per domain, the newest assessment per kind."""

    entries: list[MappingEntry]
    scores: list[DomainScore]
    assessments: list[Assessment]
    illnesses: list[Illness]
    is_protected: bool


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a section."""

    key: str
    section: str
    line: str


def facts(known: Known) -> list[Fact]:
    """Word everything that feeds a section, in the active language. Under a protective order no place is told.

    The reader of `known` has left out the housing then; who was the source goes here, because it tells of a place.
    """
    found = chain(_of_entries(known), _of_scores(known), _of_effects(known), _of_recommendations(known))
    return [fact for fact in found if fact.section and fact.line]


def by_section(found: Iterable[Fact]) -> dict[str, list[str]]:
    """The lines of each section, in the order they were found."""
    lines: dict[str, list[str]] = {}
    for fact in found:
        lines.setdefault(fact.section, []).append(fact.line)
    return lines


def _of_entries(known: Known) -> Iterator[Fact]:
    for entry in known.entries:
        source = str(entry.get_source_display())
        if entry.source_note and not known.is_protected:
            source = f"{source}: {entry.source_note.strip()}"
        line = _line(entry.text, entry.period, source, day(entry.learned_on))
        yield Fact(key=f"mapping:{entry.pk}", section=sections.of_area(entry.area), line=line)


def _of_scores(known: Known) -> Iterator[Fact]:
    for score in known.scores:
        assessment = score.assessment
        text = _("%(domain)s: %(score)s of %(highest)s (%(level)s).") % {
            "domain": domains.domain(score.domain).name,
            "score": score.score,
            "highest": domains.HIGHEST,
            "level": in_sentence(domains.level(score.score).name),
        }
        line = _line(f"{text} {score.note.strip()}", *_source(assessment, known), day(assessment.assessed_on))
        key = f"score:{assessment.pk}:{score.domain}:{_mark(f'{score.score} {score.note}')}"
        yield Fact(key=key, section=sections.of_domain(score.domain), line=line)


def _of_effects(known: Known) -> Iterator[Fact]:
    for illness in known.illnesses:
        if illness.effect.strip():
            began = since(illness.since) if illness.since else ""
            line = _line(
                f"{illness.name}: {illness.effect.strip()}", illness.icd10, began, _("the client's list of illnesses")
            )
            key = f"effect:{illness.pk}:{_mark(f'{illness.name} {illness.effect}')}"
            yield Fact(key=key, section=sections.OF_EFFECTS, line=line)


def _of_recommendations(known: Known) -> Iterator[Fact]:
    for assessment in known.assessments:
        if assessment.recommendation.strip():
            line = _line(assessment.recommendation, *_source(assessment, known), day(assessment.assessed_on))
            key = f"recommendation:{assessment.pk}:{_mark(assessment.recommendation)}"
            yield Fact(key=key, section=sections.OF_RECOMMENDATIONS, line=line)


def _source(assessment: Assessment, known: Known) -> list[str]:
    """Who found it out; where somebody works tells where the client is met."""
    by = "" if known.is_protected else assessment.assessor.strip()
    return [str(assessment.get_kind_display()), by]


def _line(text: str, *parts: str) -> str:
    text = " ".join(text.split())
    source = ", ".join(part for part in parts if part)
    return f"{text} ({source})" if text else ""


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
