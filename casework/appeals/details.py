"""What a line of the timeline says about appeals, besides its kind: which benefit of which decider, and the ruling."""

from collections.abc import Callable

from casework.applications.details import claim
from casework.models import Appeal
from casework.timeline.kinds.appeals import EVENTS
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ("appeal",)  # nouns whose page has the noun as its URL name


def _ruling(line: Line) -> str:
    """A ruling of which an older line does not tell the result has none here either."""
    told = [str(Appeal.Result(line.facts["result"]).label)] if line.facts.get("result") else []
    return " – ".join([claim(line), *told])


DETAILS: dict[str, Callable[[Line], str]] = {**dict.fromkeys(EVENTS, claim), "appeal.decided": _ruling}
