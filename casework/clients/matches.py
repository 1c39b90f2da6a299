"""How a client who may be the person described is named in the choice."""

from django.utils.translation import gettext as _

from casework.clients.queries import Match
from tenants.display import day


def match_label(match: Match) -> str:
    """Name the client, why it may be the one, and the case that is open or was last."""
    why = _("the same personal identity code") if match.is_certain else _("the same name")
    born = _("born")
    parts = [f"{match.client.name}, {born} {day(match.client.born_on)}", why]
    for case in match.cases[:1]:
        state = _("open case %(number)s, %(name)s") if case.is_open else _("closed case %(number)s, %(name)s")
        parts.append(state % {"number": case.number, "name": case.coordinator.name})
    return " · ".join(parts)
