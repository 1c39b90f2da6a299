"""The minutes of one case: the paper for the client's file, its file name, and what changed between two versions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from casework.cases.papers import author
from casework.meetings.presenters import ground, meeting_title, times
from casework.models import AgendaItem, MeetingParticipant, MinutesVersion
from casework.models.hidden import told
from tenants.display import day, moment
from tenants.printing import Report, Section, Table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS = re.compile(r"\s+|[^\s]+")
FIELDS = ("text", "recommendation", "decision")


@dataclass(frozen=True)
class Part:
    """A run of words: kept, added or removed."""

    words: str
    is_added: bool = False
    is_removed: bool = False


@dataclass(frozen=True)
class Change:
    """One field of the minutes, word by word against the version before."""

    label: "StrOrPromise"
    parts: Sequence[Part]


def changes(version: MinutesVersion, before: MinutesVersion | None) -> list[Change]:
    """Compare a version with the one before it; fields that say nothing in both are left out."""
    found = []
    for name in FIELDS:
        old, new = getattr(before, name) if before else "", getattr(version, name)
        if old or new:
            label = AgendaItem._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            found.append(Change(str(label).capitalize(), list(_compared(old, new))))
    return found


def paper(item: AgendaItem, participants: Sequence[MeetingParticipant]) -> Report:
    """Lay out the minutes of one case. Nobody else's case is on it; the place is left out for a protected client."""
    meeting, case = item.meeting, item.case
    facts = [
        (_("Client"), case.client.name),
        (_("Case"), case.number),
        (_("The meeting"), f"{meeting_title(meeting)} {times(meeting)}"),
        (_("Chair"), meeting.chair.name),
        (_("Ground"), ground(item, meeting=meeting)),
    ]
    if place := told(meeting, is_hidden=case.client.is_protected).place:
        facts.insert(3, (_("Place or video link"), place))
    return Report(
        language=(get_language() or "fi")[:2],
        title=_("Minutes of the meeting"),
        author=author(is_protected=False),
        on=meeting.held_on,
        note=_note(item),
        facts=facts,
        sections=[section for section in _sections(item, participants) if section.paragraphs or section.table],
        footer=_("Case %(number)s. Secret (621/1999 24 §).") % {"number": case.number},
    )


def file_name(item: AgendaItem) -> str:
    """A file name of case number and day: no name."""
    return f"{item.case.number}-{pgettext('file name', 'minutes')}-{item.meeting.held_on.isoformat()}.pdf"


def _note(item: AgendaItem) -> str:
    if item.is_final and item.finalised_at and item.finalised_by:
        return _("Final: %(name)s, %(at)s") % {"name": item.finalised_by.name, "at": moment(item.finalised_at)}
    return _("Draft. Not final.")


def _sections(item: AgendaItem, participants: Sequence[MeetingParticipant]) -> Iterator[Section]:
    begins = item.meeting.starts_at
    people = [[one.user.name, one.profession, _presence(one)] for one in participants if _belongs(one, begins)]
    columns = [_("Name"), _("Profession"), _("Present")]
    yield Section(heading=_("Participants"), table=Table(columns=columns, rows=people))
    yield _words(_("What is asked of the team"), item.question)
    yield _words(_("Discussion"), item.text)
    yield _words(_("Recommendation"), item.recommendation)
    yield _words(_("Decision"), item.decision)
    tasks = [agreed.task for agreed in item.agreed_tasks.all()]
    rows = [[task.title, task.assignee.name, day(task.due_on)] for task in tasks]
    if rows:
        columns = [_("What is to be done"), _("Who does it"), _("Last day")]
        yield Section(heading=_("Tasks"), table=Table(columns=columns, rows=rows))


def _belongs(participant: MeetingParticipant, begins: datetime) -> bool:
    """Whoever left before the meeting is not on the paper; who was there, or of whom nobody has said, is."""
    if participant.was_present is None:
        return participant.left_at is None or participant.left_at >= begins
    return participant.left_at is None or participant.was_present


def _presence(participant: MeetingParticipant) -> str:
    if participant.was_present is None:
        return _("not recorded")
    return _("yes") if participant.was_present else _("no")


def _words(heading: str, text: str) -> Section:
    return Section(heading=heading, paragraphs=[text] if text.strip() else [])


def _compared(old: str, new: str) -> Iterator[Part]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            yield Part("".join(before[a:b]))
            continue
        if b > a:
            yield Part("".join(before[a:b]), is_removed=True)
        if d > c:
            yield Part("".join(after[c:d]), is_added=True)
