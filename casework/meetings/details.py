"""What a line of the timeline says about the team's meetings and minutes, besides its kind: the day of the meeting."""

from collections.abc import Callable
from datetime import date

from casework.timeline.kinds.meetings import EVENTS
from casework.timeline.reading import Line
from tenants.display import day


def _meeting_day(line: Line) -> str:
    return day(date.fromisoformat(str(line.facts["meeting_on"])))


PAGES: tuple[str, ...] = ("agenda_item",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _meeting_day)
