"""What a line of the timeline says about a continuation, besides its kind: of which benefit and decider."""

from collections.abc import Callable

from casework.applications.details import claim
from casework.timeline.kinds.continuations import EVENTS
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, claim)
