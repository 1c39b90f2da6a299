"""What a line of the timeline says about appeals: what the thing is called there, of which benefit, and the ruling."""

from collections.abc import Callable
from datetime import date

from casework.applications.details import claim
from casework.law import as_of
from casework.law.appeal_words import AppealWords, words_of
from casework.models import Appeal
from casework.timeline.kinds.appeals import EVENTS, NAMED
from casework.timeline.reading import Line

PAGES: tuple[str, ...] = ("appeal",)  # nouns whose page has the noun as its URL name


def _ruling(line: Line) -> str:
    """A ruling of which an older line does not tell the result has none here either."""
    told = [str(Appeal.Result(line.facts["result"]).label)] if line.facts.get("result") else []
    return " – ".join([claim(line), *told])


DETAILS: dict[str, Callable[[Line], str]] = {**dict.fromkeys(EVENTS, claim), "appeal.decided": _ruling}


def title(line: Line) -> str:
    """Call it what it is for this benefit and at this level: an appeal, a request for review, or for leave."""
    words = _words(line)
    if words is None or line.kind not in NAMED:
        return str(EVENTS[line.kind][0])
    return str(NAMED[line.kind]) % {"name": words.name}


def _words(line: Line) -> AppealWords | None:
    """The words of what an event is about; None of a line from before its facts told the level."""
    if not {"level", "decider", "begun_on"} <= line.facts.keys():
        return None
    on = date.fromisoformat(str(line.facts["begun_on"]))
    kind, level = as_of.decider(line.facts["decider"], on).kind, Appeal.Level(line.facts["level"]).stage
    return words_of(kind, on, level=level, benefit=line.facts.get("benefit", ""))


TITLES: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, title)
