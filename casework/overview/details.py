"""What lines of the timeline say besides their kind, one module a room; `casework.overview.timeline` draws them."""

from collections.abc import Callable

from casework.assessments import details as assessments
from casework.consents import details as consents
from casework.descriptions import details as descriptions
from casework.documents import details as documents
from casework.meetings import details as meetings
from casework.situation import details as situation
from casework.statements import details as statements
from casework.timeline.reading import Line
from casework.visits import details as appointments

_ROOMS = (situation, consents, assessments, appointments, statements, meetings, descriptions, documents)
PAGES: tuple[str, ...] = tuple(page for room in _ROOMS for page in room.PAGES)
DETAILS: dict[str, Callable[[Line], str]] = {kind: say for room in _ROOMS for kind, say in room.DETAILS.items()}
