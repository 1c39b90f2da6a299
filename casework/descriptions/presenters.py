"""What pages say of a description of work and functional ability: its state, its text, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from casework.descriptions.facts import Known
from casework.law import languages
from casework.law.placeholders import reminders
from casework.law.practice import Measure, length
from casework.law.sections import SECTIONS, empty_but_needed
from casework.models import AbilityDescription, Application, Case
from tenants.display import day
from tenants.printing import Report, missing_letters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WRITTEN_IN = {"fi": gettext_lazy("in Finnish"), "sv": gettext_lazy("in Swedish"), "en": gettext_lazy("in English")}


@dataclass(frozen=True)
class ShownSection:
    """One section as the page shows it."""

    code: str
    title: "StrOrPromise"
    text: str
    is_needed: bool


def shown(texts: Mapping[str, str], *, is_signed: bool) -> list[ShownSection]:
    """The sections of a version; of a signed one, those that say something."""
    found = [ShownSection(row.code, row.title, texts.get(row.code, ""), row.is_needed) for row in SECTIONS]
    return [section for section in found if section.text or not is_signed]


def missing(case: Case, texts: Mapping[str, str], known: Known, *, today: date) -> list[str]:
    """Say what a reader of the paper would look for in vain. Nothing of it stops anybody."""
    sections = [_("Section “%(title)s” is empty.") % {"title": section.title} for section in empty_but_needed(texts)]
    return [*_of_client(case), *_of_assessments(known, today=today), *_of_illnesses(known), *sections]


def of_the_text(description: AbilityDescription, texts: Mapping[str, str]) -> dict[str, Any]:
    """What is said of a draft: sections that seem to be in another language than its paper, and what is in brackets."""
    language = description.language
    other = [row.title for row in SECTIONS if languages.in_another(texts.get(row.code, ""), language)]
    return {"not_translated": other, "paper_language": WRITTEN_IN[language], "reminders": reminders(*texts.values())}


def before_signing(description: AbilityDescription, texts: Mapping[str, str], paper: Report) -> dict[str, Any]:
    """What is said of a draft before it is signed: its languages, and letters that cannot be printed."""
    return of_the_text(description, texts) | {"not_printed": missing_letters(paper)}


def application_name(application: Application) -> str:
    """Name an application in a list of choices."""
    on = application.filed_on or application.drafted_on
    return f"{capfirst(application.benefit.name)}, {application.decider.name}, {day(on)}"


def download_name(description: AbilityDescription, ending: str, *, on: date) -> str:
    """A file name of case number, version and day: no name."""
    what = pgettext("file name", "description")
    return f"{description.case.number}-{what}-{description.number}-{on.isoformat()}.{ending}"


def page(description: AbilityDescription, texts: Mapping[str, str], *, can_work: bool) -> dict[str, Any]:
    """What every page of a version shows."""
    return {
        "case": description.case,
        "description": description,
        "sections": shown(texts, is_signed=description.is_signed),
        "can_work": can_work and description.case.is_open,
        "title": _("Description, version %(number)s") % {"number": description.number},
    }


def how_it_begins(newest: AbilityDescription | None) -> str:
    """Say with what a new version begins."""
    if newest is None:
        return _(
            "Each section begins with what the mapping, the assessments and the list of illnesses know, "
            "with day and source. You go on in your own words."
        )
    begins = _("The new version begins as a copy of version %(number)s, which stays as it was signed.")
    return begins % {"number": newest.number}


def _of_client(case: Case) -> list[str]:
    return [] if case.client.identity_code else [_("The client's personal identity code is not known.")]


def _of_assessments(known: Known, *, today: date) -> list[str]:
    if not known.assessments:
        return [_("No assessment is written down.")]
    newest = max(assessment.assessed_on for assessment in known.assessments)
    if newest < today - length(Measure.ASSESSMENT_OLD, today):
        return [_("The newest assessment is of %(day)s, more than a year old.") % {"day": day(newest)}]
    return []


def _of_illnesses(known: Known) -> list[str]:
    if not known.illnesses:
        return [_("No illness is on the client's list.")]
    number = sum(not illness.effect.strip() for illness in known.illnesses)
    if not number:
        return []
    return [
        ngettext(
            "%(number)d illness has no effect on the ability to work written down.",
            "%(number)d illnesses have no effect on the ability to work written down.",
            number,
        )
        % {"number": number}
    ]
