"""The preparation sheet as a paper in the client's language: what the client takes along and the doctor reads.

No address, phone or identity code is ever on it; under a protective order neither place nor whom one meets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from casework.cases.papers import author
from casework.models import Appointment, Illness
from casework.models.hidden import told
from tenants.display import clock, day, since, weekday_day
from tenants.printing import Fact, Report, Section

ROOM = 4  # lines under a heading to which nothing was written
TEXT_SIZE = 14  # points: to be read with the sheet on one's knees


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The words of a sheet, for the page and for the PDF."""

    language: str
    title: str
    subtitle: str
    facts: Sequence[Fact]
    sections: Sequence[Section]
    footer: str


def language_of(appointment: Appointment) -> str:
    """The client's language when the fixed words are known in it, else Finnish."""
    language = appointment.case.client.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def first_words(appointment: Appointment, illnesses: Iterable[Illness]) -> dict[str, Any]:
    """What the form begins with: what was written, or at first the illnesses with what they make hard."""
    names = ("wants_to_say", "daily_limits", "asked_for", "version")
    words = {name: getattr(appointment, name) for name in names}
    if appointment.prepared_at is None:
        words["daily_limits"] = "\n".join(_limits(illness) for illness in illnesses)
    return words


def sheet(appointment: Appointment, illnesses: Iterable[Illness]) -> Sheet:
    """Write the sheet."""
    with translation.override(language_of(appointment)):
        return Sheet(
            language=language_of(appointment),
            title=_("My notes for the appointment"),
            subtitle=f"{appointment.get_kind_display()}, {weekday_day(appointment.starts_at)}"
            f" {clock(appointment.starts_at)}",
            facts=_facts(appointment),
            sections=[
                _words(_("What I want to say"), appointment.wants_to_say),
                _words(_("What is hard in daily life"), appointment.daily_limits),
                _illnesses(illnesses),
                _words(_("What we ask for"), appointment.asked_for),
            ],
            footer=_("Case %(number)s") % {"number": appointment.case.number},
        )


def report(sheet: Sheet, *, is_protected: bool, on: date) -> Report:
    """The same as a paper to be printed; under a protective order it does not name the municipality."""
    with translation.override(sheet.language):
        sender = author(is_protected=is_protected)
    return Report(
        language=sheet.language,
        title=sheet.title,
        subtitle=sheet.subtitle,
        author=sender,
        on=on,
        facts=sheet.facts,
        sections=sheet.sections,
        footer=sheet.footer,
        text_size=TEXT_SIZE,
    )


def _facts(appointment: Appointment) -> list[Fact]:
    client = appointment.case.client
    facts = [(_("Name"), client.name), (_("Date of birth"), day(client.born_on))]
    where = told(appointment)
    facts += [(_("Place"), where.place), (_("With whom"), where.with_whom)]
    if appointment.is_accompanied:
        facts.append((_("Comes along with me"), appointment.worker.name))
    return [(label, value) for label, value in facts if value]


def _words(heading: str, text: str) -> Section:
    """What was written; where nothing was, lines to write on by hand."""
    found = [line for line in text.splitlines() if line.strip()]
    return Section(heading=heading, paragraphs=found, lines=0 if found else ROOM)


def _illnesses(illnesses: Iterable[Illness]) -> Section:
    points = [_illness(illness) for illness in illnesses]
    return Section(heading=_("Illnesses and injuries"), points=points, lines=0 if points else ROOM)


def _illness(illness: Illness) -> str:
    name = f"{illness.name} ({illness.icd10})" if illness.icd10 else illness.name
    began = f", {since(illness.since)}" if illness.since else ""
    return f"{name}{began}{': ' + illness.effect if illness.effect else ''}"


def _limits(illness: Illness) -> str:
    return f"{illness.name}: {illness.effect}" if illness.effect else f"{illness.name}:"
