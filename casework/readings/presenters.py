"""How readings are shown: to who asked beside the text, and to the reader under each part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.models import ReadingRemark, ReadingRequest
from casework.readings.drafts import Draft, Part, case_of, parts, title
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = ReadingRequest.State


@dataclass(frozen=True)
class Said:
    """A remark with the part it is about, and whether that part says something else by now."""

    remark: ReadingRemark
    title: "StrOrPromise"
    has_changed: bool


@dataclass(frozen=True)
class Reading:
    """One reading as who asked for it sees it."""

    reading: ReadingRequest
    state: str
    tone: str
    remarks: list[Said]


@dataclass(frozen=True)
class ReadPart:
    """One part of a draft as its reader sees it, with what they have said of it."""

    part: Part
    remarks: list[ReadingRemark]


def panel(draft: Draft, readings: Iterable[ReadingRequest], *, today: date) -> dict[str, Any]:
    """What stands beside the text of a draft, and of a paper that went out with it."""
    texts = {part.code: part for part in parts(draft)}
    return {
        "readings": [_reading(one, texts, today=today) for one in readings],
        "case_number": case_of(draft).number,
    }


def page(reading: ReadingRequest) -> dict[str, Any]:
    """What the reader sees: the draft, part by part, and what they have remarked. Nothing else of the case."""
    said = list(reading.remarks.all())
    shown = [ReadPart(part, [remark for remark in said if remark.field == part.code]) for part in parts(reading.draft)]
    return {
        "reading": reading,
        "title": title(reading.draft),
        "parts": [one for one in shown if one.part.text or one.remarks],
        "number": reading.case.number,
    }


def _reading(reading: ReadingRequest, texts: dict[str, Part], *, today: date) -> Reading:
    return Reading(reading, *_state(reading, today=today), [_said(one, texts) for one in reading.remarks.all()])


def _said(remark: ReadingRemark, texts: dict[str, Part]) -> Said:
    part = texts.get(remark.field)
    if part is None:
        return Said(remark, remark.field, has_changed=True)
    return Said(remark, part.title, has_changed=part.text != remark.said)


def _state(reading: ReadingRequest, *, today: date) -> tuple[str, str]:
    """Say how far it is. Of one that is awaited, also whether the day has gone by or the reader has left."""
    if not reading.is_asked:
        return str(reading.get_state_display()), "neutral"
    if not reading.reader.is_active:
        return _("The reader works here no more"), "warning"
    on = day(reading.due_on)
    if reading.due_on < today:
        return _("was to be read by %(day)s") % {"day": on}, "warning"
    return _("to be read by %(day)s") % {"day": on}, "info"
