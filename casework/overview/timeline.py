"""Turns the lines of a timeline into what `{% timeline %}` draws: a title, who, in which words, with which links."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import subjects
from casework.appeals.details import TITLES
from casework.models import Case, Correction, Document
from casework.timeline.kinds import EVENTS
from casework.timeline.kinds.kind import MAIL
from casework.timeline.reading import Line
from tenants.components import TimelineEntry
from tenants.display import helsinki
from tenants.mail.models import OutgoingEmail


def entries(case: Case, lines: Iterable[Line]) -> list[TimelineEntry]:
    """Describe the lines of a case, in their order."""
    return [_mail_entry(line) if line.kind == MAIL.group else _event_entry(case, line) for line in lines]


def _event_entry(case: Case, line: Line) -> TimelineEntry:
    kind = EVENTS[line.kind]
    is_document = line.about_kind == "document"
    details = DETAILS.get(line.kind, _nothing)(line)
    return TimelineEntry(
        at=_moment(line),
        title=TITLES[line.kind](line) if line.kind in TITLES else kind.label,
        by=line.who,
        text="\n".join(part for part in (details, "" if is_document else line.words, _later(line)) if part),
        icon=kind.icon,
        tone=kind.tone,
        url=_url(case, line, PAGES),
        links=[(line.words or _document(line), _url(case, line, ("document",)))] if is_document else [],
    )


def _later(line: Line) -> str:
    """Say of what was written that it was changed or taken back afterwards; the line that tells of it need not."""
    if not line.later or line.about_kind == "client" or line.kind.endswith(("corrected", "changed", "removed")):
        return ""
    return str(LATER[Correction.Act(line.later)])


def _mail_entry(line: Line) -> TimelineEntry:
    by = _("to %(name)s") % {"name": line.who}
    text = f"{line.facts['subject']} ({OutgoingEmail.State(line.facts['state']).label})"
    return TimelineEntry(at=_moment(line), title=MAIL.label, by=by, text=text, icon=MAIL.icon, tone=MAIL.tone)


def _url(case: Case, line: Line, nouns: tuple[str, ...]) -> str:
    """Where the thing itself is seen; what was taken back has no page any more, but for a note."""
    if line.about_kind not in nouns or (line.later == Correction.Act.REMOVED and line.about_kind != "note"):
        return ""
    return reverse(line.about_kind, args=[case.number, line.about_id])


def _moment(line: Line) -> date | datetime:
    """Show the time of day only when it was written down on the day it happened."""
    return line.at if helsinki(line.at) == line.on else line.on


def _document(line: Line) -> str:
    return str(Document.Kind(line.facts["kind"]).label)


def _nothing(line: Line) -> str:
    return ""


LATER = {
    Correction.Act.CORRECTED: gettext_lazy("Corrected later."),
    Correction.Act.CHANGED: gettext_lazy("Changed later."),
    Correction.Act.REMOVED: gettext_lazy("Taken back later."),
}
PAGES: tuple[str, ...] = tuple(noun for module in subjects.modules("details") for noun in module.PAGES)
DETAILS: dict[str, Callable[[Line], str]] = subjects.gathered("details", "DETAILS")
