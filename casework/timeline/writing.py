"""The timeline of a case: the kinds of events, and the one function that writes them. Reading is in queries.timeline.

What a person did is also written to the access log here, so that no act can be on one and not on the other.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Event
from casework.timeline.kinds import (
    applications,
    appointments,
    assessments,
    consents,
    descriptions,
    documents,
    meetings,
    situation,
    statements,
)
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class EventKind(NamedTuple):
    """How a kind of event is called and drawn; `group` is the filter it belongs to."""

    label: "StrOrPromise"
    icon: str
    tone: str = ""
    group: str = "case"


MAIL = EventKind(_("Reminder sent by e-mail"), "mail", "", "mail")
GROUPS: "dict[str, StrOrPromise]" = {
    "applications": _("Applications"),
    "notes": _("Notes"),
    "documents": _("Documents"),
    "tasks": _("Tasks"),
    "services": _("Services"),
    "visits": _("Visits and statements"),
    "meetings": _("Team meetings"),
    "ability": _("Situation and abilities"),
    "consents": _("Consents"),
    "case": _("The case itself"),
    "mail": _("Reminders"),
}
_CASE_EVENTS = {
    "referral.accepted": EventKind(_("Referral accepted"), "inbox", "primary"),
    "case.opened": EventKind(_("Case opened"), "folder-open", "primary"),
    "case.reassigned": EventKind(_("New coordinator"), "arrow-left-right"),
    "case.direction_set": EventKind(_("Direction set"), "compass", "primary"),
    "case.closed": EventKind(_("Case closed"), "archive", "primary"),
    "case.reopened": EventKind(_("Case opened again"), "folder-open", "primary"),
    "case.participant_added": EventKind(_("Joined the team"), "user-plus"),
    "case.participant_removed": EventKind(_("Left the team"), "user-minus"),
    "client.changed": EventKind(_("Basic details changed"), "user-pen"),
    "client.voluntary_yes": EventKind(_("The client wants the service"), "handshake", "primary"),
    "client.voluntary_no": EventKind(_("The client does not want the service"), "hand", "warning"),
    "illness.added": EventKind(_("Illness added"), "heart-pulse"),
    "illness.changed": EventKind(_("Illness changed"), "heart-pulse"),
    "illness.removed": EventKind(_("Illness removed from the list"), "heart-off"),
    "task.added": EventKind(_("Task added"), "list-todo", "", "tasks"),
    "task.done": EventKind(_("Task done"), "check", "", "tasks"),
    "task.undone": EventKind(_("Task opened again"), "undo-2", "", "tasks"),
    "note.note": EventKind(_("Note"), "pen-line", "primary", "notes"),
    "note.call": EventKind(_("Phone call"), "phone", "primary", "notes"),
    "note.meeting": EventKind(_("Meeting"), "users", "primary", "notes"),
    "note.message": EventKind(_("Message"), "message-square", "primary", "notes"),
    "document.added": EventKind(_("Document added"), "paperclip", "", "documents"),
    "service.logged": EventKind(_("Service logged"), "clock", "", "services"),
}
_ROOMS = (applications, situation, consents, assessments, appointments, statements, meetings, descriptions, documents)
EVENTS: dict[str, EventKind] = _CASE_EVENTS | {
    kind: EventKind(*parts) for room in _ROOMS for kind, parts in room.EVENTS.items()
}


def add(
    *,
    case: Case,
    kind: str,
    by: User | None,
    at: datetime,
    on: date | None = None,
    about: models.Model | None = None,
    facts: Mapping[str, str | int] | None = None,
) -> Event:
    """Write one line, in the transaction of what it tells about. Without `on` it happened when it was written down.

    Raises:
        KeyError: no such kind of event.
    """
    event = Event.objects.create(
        case=case,
        kind=kind,
        group=EVENTS[kind].group,
        on=on or helsinki(at),
        at=at,
        by=by,
        about_kind=noun(about) if about else "",
        about_id=about.pk if about else None,
        facts=dict(facts or {}),
    )
    if by is not None:
        access_log.record(by=by, action=kind, subjects=[Subject("case", case.number)])
    return event


def noun(thing: models.Model | type[models.Model]) -> str:
    """Name a model as `about_kind` does: ServiceEntry is service_entry."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", thing._meta.object_name or "").lower()
