"""Turns the lines of a timeline into what `{% timeline %}` draws: a title, who, in which words, with which links."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.law import benefits as rules
from casework.law import products
from casework.models import Case, Document, Referral
from casework.overview import details as event_details
from casework.timeline.kinds import EVENTS
from casework.timeline.kinds.kind import MAIL
from casework.timeline.reading import Line
from tenants.components import TimelineEntry
from tenants.display import day, duration, helsinki
from tenants.mail.models import OutgoingEmail


def entries(case: Case, lines: Iterable[Line]) -> list[TimelineEntry]:
    """Describe the lines of a case, in their order."""
    return [_mail_entry(line) if line.kind == MAIL.group else _event_entry(case, line) for line in lines]


def _event_entry(case: Case, line: Line) -> TimelineEntry:
    kind = EVENTS[line.kind]
    is_document = line.about_kind == "document"
    details = DETAILS.get(line.kind, _application if kind.group == "applications" else _nothing)(line)
    return TimelineEntry(
        at=_moment(line),
        title=kind.label,
        by=line.who,
        text="\n".join(part for part in (details, "" if is_document else line.words) if part),
        icon=kind.icon,
        tone=kind.tone,
        url=_url(case, line, PAGES),
        links=[(line.words or _document(line), _url(case, line, ("document",)))] if is_document else [],
    )


def _mail_entry(line: Line) -> TimelineEntry:
    by = _("to %(name)s") % {"name": line.who}
    text = f"{line.facts['subject']} ({OutgoingEmail.State(line.facts['state']).label})"
    return TimelineEntry(at=_moment(line), title=MAIL.label, by=by, text=text, icon=MAIL.icon, tone=MAIL.tone)


def _url(case: Case, line: Line, nouns: tuple[str, ...]) -> str:
    return reverse(line.about_kind, args=[case.number, line.about_id]) if line.about_kind in nouns else ""


def _moment(line: Line) -> date | datetime:
    """Show the time of day only when it was written down on the day it happened."""
    return line.at if helsinki(line.at) == line.on else line.on


def _coordinator(line: Line) -> str:
    return _("Coordinator: %(name)s") % {"name": line.facts["coordinator"]}


def _referral(line: Line) -> str:
    received = day(date.fromisoformat(str(line.facts["received_on"])))
    return _("%(source)s, received %(day)s") % {"source": Referral.Source(line.facts["source"]).label, "day": received}


def _document(line: Line) -> str:
    return str(Document.Kind(line.facts["kind"]).label)


def _task(line: Line) -> str:
    due = day(date.fromisoformat(str(line.facts["due_on"])))
    return _("%(name)s, by %(day)s") % {"name": line.facts["assignee"], "day": due}


def _nothing(line: Line) -> str:
    return ""


def _application(line: Line) -> str:
    """Name the benefit and the decider as they were called then, and by when something is due."""
    parts = []
    # a benefit may have ended since the application was begun: it keeps the name it had then
    on = date.fromisoformat(str(line.facts["begun_on"])) if "begun_on" in line.facts else line.on
    if "benefit" in line.facts:
        parts.append(rules.benefit(line.facts["benefit"], on).name)
    if "decider" in line.facts:
        parts.append(rules.decider(line.facts["decider"], on).name)
    if "due_on" in line.facts:
        parts.append(_("by %(day)s") % {"day": day(date.fromisoformat(line.facts["due_on"]))})
    return ", ".join(parts)


def _service(line: Line) -> str:
    return f"{products.product(str(line.facts['product'])).name}, {duration(int(line.facts['minutes']))}"


PAGES = ("application", "decision", "appeal", *event_details.PAGES)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "case.opened": _coordinator,
    "case.reassigned": _coordinator,
    "case.direction_set": lambda line: str(Case.Direction(line.facts["direction"]).label),
    "case.closed": lambda line: str(Case.Outcome(line.facts["outcome"]).label),
    "case.participant_added": lambda line: str(line.facts["name"]),
    "case.participant_removed": lambda line: str(line.facts["name"]),
    "referral.accepted": _referral,
    "task.added": _task,
    "service.logged": _service,
    **event_details.DETAILS,
}
