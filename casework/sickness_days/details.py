"""What a line of the timeline says about paid days and a registration, besides its kind."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from casework.timeline.reading import Line
from tenants.display import day


def _count(line: Line) -> str:
    said = {"days": line.facts["days"], "day": day(date.fromisoformat(str(line.facts["counted_on"])))}
    return _("paid days %(days)s, counted to %(day)s") % said


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "sickness_days.counted": _count,
    "sickness_days.corrected": _count,
    "sickness_days.removed": _count,
}
