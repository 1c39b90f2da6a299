"""What a line of the timeline says about applications for removal, besides its kind: which benefit of which decider."""

from collections.abc import Callable

from casework.applications.details import claim
from casework.timeline.kinds.removals import EVENTS
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ("removal",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, claim)
