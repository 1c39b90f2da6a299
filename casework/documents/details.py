"""What a line of the timeline says about documents after they were added, besides its kind."""

from collections.abc import Callable

from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {}
