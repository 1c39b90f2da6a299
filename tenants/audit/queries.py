"""Reading the access log for the data-protection officer."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from tenants.audit.models import AccessEntry
from tenants.database.current import connection
from tenants.display import midnight

# One step of an index for each person, instead of every entry there is; of each the name they have now.
ACTORS = """
    with recursive known(actor) as (
        (select actor from audit_accessentry order by actor limit 1)
        union all
        select (select e.actor from audit_accessentry e where e.actor > known.actor order by e.actor limit 1)
            from known where known.actor is not null
    )
    select actor, (select actor_name from audit_accessentry e where e.actor = known.actor order by id desc limit 1)
        from known where actor is not null
"""


def actors() -> list[tuple[uuid.UUID, str]]:
    """Everybody who stands in the log, with the name of their newest entry."""
    with connection.cursor() as cursor:
        cursor.execute(ACTORS)
        found: list[tuple[uuid.UUID, str]] = cursor.fetchall()
    return found


def read(keys: Sequence[int]) -> list[AccessEntry]:
    """Read the entries of a page, in its order."""
    found = AccessEntry.objects.in_bulk(keys)
    return [found[key] for key in keys]


def entries(
    *, subjects: Sequence[str] = (), actor: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AccessEntry]:
    """The entries about some subjects, by one person, between two days of Finland's time; the newest first."""
    found = AccessEntry.objects.order_by("-id")
    if subjects:
        found = found.filter(subject__in=subjects)
    if actor:
        found = found.filter(actor=actor)
    if since:
        found = found.filter(at__gte=midnight(since))
    if until:
        found = found.filter(at__lt=midnight(until + timedelta(1)))
    return found
