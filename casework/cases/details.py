"""What a line of the timeline says about a case as such, besides its kind."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casework.models import Case
from casework.timeline.reading import Line


def _coordinator(line: Line) -> str:
    return _("Coordinator: %(name)s") % {"name": line.facts["coordinator"]}


def _name(line: Line) -> str:
    return str(line.facts["name"])


def _direction(line: Line) -> str:
    return str(Case.Direction(line.facts["direction"]).label)


def _outcome(line: Line) -> str:
    return str(Case.Outcome(line.facts["outcome"]).label)


PAGES: tuple[str, ...] = ("note",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "case.opened": _coordinator,
    "case.reassigned": _coordinator,
    "case.direction_set": _direction,
    "case.closed": _outcome,
    "case.participant_added": _name,
    "case.participant_corrected": _name,
    "case.participant_removed": _name,
}
