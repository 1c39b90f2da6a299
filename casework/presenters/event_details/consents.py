"""What a line of the timeline says about consents and handing over documents, besides its kind."""

from collections.abc import Callable

from casework.queries.timeline import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {}
