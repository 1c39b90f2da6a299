"""What a line of the timeline says about a task, besides its kind."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from casework.timeline.reading import Line
from tenants.display import day


def _task(line: Line) -> str:
    due = day(date.fromisoformat(str(line.facts["due_on"])))
    return _("%(name)s, by %(day)s") % {"name": line.facts["assignee"], "day": due}


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = {
    "task.added": _task,
    "task.corrected": _task,
    "task.handed_over": _task,
}
