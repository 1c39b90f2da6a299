"""What a line of the timeline says about appointments, preparation and debrief, besides its kind."""

from collections.abc import Callable
from datetime import datetime

from casework.models import Appointment
from casework.timeline.kinds.visits import EVENTS
from casework.timeline.reading import Line
from tenants.display import moment


def _appointment(line: Line) -> str:
    kind = Appointment.Kind(line.facts["kind"]).label
    return f"{kind}, {moment(datetime.fromisoformat(line.facts['starts_at']))}"


PAGES: tuple[str, ...] = ("appointment",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _appointment)
