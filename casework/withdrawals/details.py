"""What a line of the timeline says about what a client takes back, besides its kind."""

from collections.abc import Callable

from casework.consents.details import consent
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {"consent.withdrawn": consent}
