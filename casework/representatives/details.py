"""What a line of the timeline says about representatives of the client, besides its kind."""

from collections.abc import Callable

from casework.models import Representation
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name


def _kind(line: Line) -> str:
    return str(Representation.Kind(line.facts["kind"]).label)


DETAILS: dict[str, Callable[[Line], str]] = {
    "representation.added": _kind,
    "representation.corrected": _kind,
    "representation.ended": _kind,
    "representation.removed": _kind,
}
