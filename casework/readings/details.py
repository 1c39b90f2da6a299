"""What a line of the timeline says about a reading, besides its kind: who reads."""

from collections.abc import Callable

from casework.timeline.kinds.readings import EVENTS
from casework.timeline.reading import Line


def _reader(line: Line) -> str:
    return str(line.facts["name"])


PAGES: tuple[str, ...] = ()  # a reading has a page for its reader only
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _reader)
