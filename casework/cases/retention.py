"""What remains of a client's data after the end, and until when: each line with its source."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.figures.queries import own_figures
from casework.law import figures, retention
from casework.law.benefits import NoRule
from casework.law.figures import Owns
from casework.law.origins import Origin
from casework.law.retention import Kept, Retention
from tenants.display import day


@dataclass(frozen=True)
class Remaining:
    """One kind of data: what it is, until when it is kept, and why."""

    what: str
    until: str
    origin: Origin


def remaining(ended_on: date | None, *, today: date) -> list[Remaining]:
    """Describe what is kept after a client relation that ended on a day, or has not ended (None)."""
    own = own_figures(today)
    case, log = _rule(Kept.CASE, today, own), _rule(Kept.ACCESS_LOG, today, own)
    lines = []
    if case is not None:
        lines.append(Remaining(_("What is recorded in the case"), _case(case, ended_on), case))
    if log is not None:
        until = ngettext("%(years)d year from each look", "%(years)d years from each look", log.years)
        lines.append(Remaining(_("Access log: who has looked at your data"), until % {"years": log.years}, log))
    return lines


def _case(rule: Retention, ended_on: date | None) -> str:
    years = {"years": rule.years}
    if ended_on is None:
        text = ngettext(
            "%(years)d year from the end of the last case; another one is open",
            "%(years)d years from the end of the last case; another one is open",
            rule.years,
        )
        return text % years
    return _("until %(day)s") % {"day": day(rule.kept_until(ended_on))}


def _rule(what: Kept, today: date, own: Owns) -> Retention | None:
    try:
        return figures.in_use(retention.rule(what, today), own)
    except NoRule:
        return None
