"""What a line of the timeline says about an application, a decision or an appeal, besides its kind."""

from collections.abc import Callable
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.law import annexes, as_of
from casework.models import Evidence, OwnAnnex
from casework.timeline.kinds.applications import EVENTS
from casework.timeline.reading import Line
from tenants.display import day


def claim(line: Line) -> str:
    """Name the benefit and the decider as they were called then, and by when something is due."""
    parts = []
    # a benefit may have ended since the day of the application: it keeps the name it had then
    on = date.fromisoformat(str(line.facts["begun_on"])) if "begun_on" in line.facts else line.on
    if "benefit" in line.facts:
        parts.append(as_of.benefit(line.facts["benefit"], on).name)
    if "decider" in line.facts:
        parts.append(as_of.decider(line.facts["decider"], on).name)
    if "with" in line.facts:
        parts.append(as_of.decider(line.facts["with"], on).name)
    if "due_on" in line.facts:
        parts.append(_("by %(day)s") % {"day": day(date.fromisoformat(line.facts["due_on"]))})
    return ", ".join(parts)


def _evidence(line: Line) -> str:
    return str(Evidence.Kind(line.facts["evidence"]).label)


def _annex(line: Line) -> str:
    code, benefit = str(line.facts["annex"]), str(line.facts["benefit"])
    return capfirst(annexes.name_of(code, OwnAnnex.objects.ever(), benefit=benefit))


PAGES: tuple[str, ...] = ("application",)  # nouns whose page has the noun as its URL name
_OF_EVIDENCE = (
    "application.evidence_attached",
    "application.evidence_detached",
    "evidence.corrected",
    "evidence.removed",
)
_OF_ANNEXES = ("application.annex_not_needed", "annex_answer.corrected", "annex_answer.removed")
DETAILS: dict[str, Callable[[Line], str]] = {
    **dict.fromkeys(EVENTS, claim),
    **dict.fromkeys(_OF_EVIDENCE, _evidence),
    **dict.fromkeys(_OF_ANNEXES, _annex),
}
