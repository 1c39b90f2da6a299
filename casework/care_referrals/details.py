"""What a line of the timeline says about referrals to a clinic, besides its kind."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.care_referrals import EVENTS
from casework.timeline.reading import Line
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COMING: "dict[str, StrOrPromise]" = {
    "first_visit_on": _("first visit %(day)s"),
    "more_due_on": _("to be answered by %(day)s"),
}


def _ahead(line: Line) -> str:
    """The day ahead that the step set."""
    known = ((words, line.facts[name]) for name, words in COMING.items() if name in line.facts)
    return ", ".join(words % {"day": day(date.fromisoformat(str(on)))} for words, on in known)


PAGES: tuple[str, ...] = ("care_referral",)  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _ahead)
