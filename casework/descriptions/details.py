"""What a line of the timeline says about the description of work and functional ability, besides its kind."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casework.timeline.kinds.descriptions import EVENTS
from casework.timeline.reading import Line


def _version(line: Line) -> str:
    return _("version %(number)s") % {"number": line.facts["number"]}


PAGES: tuple[str, ...] = ("ability_description",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _version)
