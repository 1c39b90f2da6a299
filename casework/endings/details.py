"""What a line of the timeline says about an open end of a case, besides its kind."""

from collections.abc import Callable

from casework.models import OpenEnd
from casework.timeline.reading import Line


def _end(line: Line) -> str:
    kind = OpenEnd.Kind(line.facts["kind"]).label
    holder = line.facts["name"] or OpenEnd.Holder(line.facts["holder"]).label
    return f"{kind}: {holder}"


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "open_end.handed": _end,
    "open_end.ended": _end,
    "open_end.changed": _end,
}
