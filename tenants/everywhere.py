"""Working on every side there is: the console's and each municipality's. One that fails stops no other."""

from collections.abc import Callable

from tenants.rounds import Round
from tenants.scope import active_municipalities, in_console, in_municipality

CONSOLE = "console"


def on_every_side(work: Callable[[str], int], *, only: str = "") -> int:
    """Enter each side, or one of them, and work there; answer the sum of what was done.

    Raises:
        SomeFailed: at the end, when some failed; the others were done.
        UnknownMunicipality: `only` names none in use.
    """
    if only:
        with in_console() if only == CONSOLE else in_municipality(only):
            return work(only)
    with in_console():
        places = active_municipalities()
    everything = Round()
    with everything.turn(CONSOLE), in_console():
        everything.count += work(CONSOLE)
    for place in places:
        with everything.turn(place.schema_name), in_municipality(place):
            everything.count += work(place.schema_name)
    return everything.end()
