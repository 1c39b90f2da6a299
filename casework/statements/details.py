"""What a line of the timeline says about statement requests, besides its kind."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from casework.models import StatementRequest
from casework.timeline.kinds.statements import EVENTS
from casework.timeline.reading import Line
from tenants.display import day


def _statement(line: Line) -> str:
    """Name the kind, and the day that the step set or told."""
    parts = [str(StatementRequest.Kind(line.facts["kind"]).label)]
    if "due_on" in line.facts:
        parts.append(_("expected by %(day)s") % {"day": day(date.fromisoformat(line.facts["due_on"]))})
    if "written_on" in line.facts:
        parts.append(_("dated %(day)s") % {"day": day(date.fromisoformat(line.facts["written_on"]))})
    return ", ".join(parts)


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _statement)
