"""What a line of the timeline says about assessments and results of instruments, besides its kind."""

from collections.abc import Callable
from datetime import date

from casework.law.instruments import instrument
from casework.models import Assessment
from casework.timeline.reading import Line
from tenants.display import day


def _assessment(line: Line) -> str:
    kind = Assessment.Kind(line.facts["kind"]).label
    return f"{kind}, {day(date.fromisoformat(str(line.facts['assessed_on'])))}"


def _result(line: Line) -> str:
    name = instrument(str(line.facts["instrument"])).name
    return f"{name}, {day(date.fromisoformat(str(line.facts['taken_on'])))}"


PAGES: tuple[str, ...] = ("assessment",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "assessment.written": _assessment,
    "assessment.changed": _assessment,
    "assessment.removed": _assessment,
    "instrument_result.added": _result,
    "instrument_result.changed": _result,
    "instrument_result.removed": _result,
}
