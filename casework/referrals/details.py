"""What a line of the timeline says about a referral, besides its kind."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from casework.models import Referral
from casework.timeline.kinds.referrals import EVENTS
from casework.timeline.reading import Line
from tenants.display import day


def _referral(line: Line) -> str:
    received = day(date.fromisoformat(str(line.facts["received_on"])))
    return _("%(source)s, received %(day)s") % {"source": Referral.Source(line.facts["source"]).label, "day": received}


PAGES: tuple[str, ...] = ()  # nouns whose page has the noun as its URL name
DETAILS: dict[str, Callable[[Line], str]] = dict.fromkeys(EVENTS, _referral)
