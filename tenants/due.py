"""What is due where: rows of one public table, so that work follows what is due and not the number of municipalities.

Whoever makes something due says so in the same transaction. A row tells a municipality, a kind of work and a moment,
nothing of people; municipalities can only add to it (announce_due.sql), the console's role reads it. Rows are added and
struck out, never moved: those who announce at the same time wait for nobody, and what is announced while the work is
under way stays. See decision 0029.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q

from tenants import scanning
from tenants.database.current import connection
from tenants.models import DueWork, Municipality
from tenants.scope import active_municipality, in_console

Kind = DueWork.Kind

LATE = timedelta(minutes=10)  # then workers are missing, or what they need is

# Those of whom nothing waits in a queue already, or so long that it may be lost. The database's clock is one.
TAKE = """
with silent as (
    select due.municipality_id, due.kind, min(due.at) as since
    from tenants_duework due left join tenants_municipality municipality on municipality.id = due.municipality_id
    where due.at <= %(at)s and due.kind = any(%(kinds)s)
        and (due.municipality_id is null or municipality.state = 'active')
    group by due.municipality_id, due.kind
    having coalesce(max(due.woken_at) <= now() - %(again)s, true)
), marked as (
    update tenants_duework due set woken_at = now() from silent
    where due.kind = silent.kind and due.municipality_id is not distinct from silent.municipality_id
        and due.at <= %(at)s
)
select municipality_id, kind, since from silent order by since
"""


@dataclass(frozen=True)
class Due:
    """Work of a kind for a municipality, or for the console if None, and since when it is due."""

    municipality_id: int | None
    kind: Kind
    since: datetime


def announce(kind: Kind, *, at: datetime) -> None:
    """Say that the side one is on has work of a kind from a moment on, in the transaction that makes it so."""
    with connection.cursor() as cursor:
        cursor.execute("select public.announce_due(%s, %s, current_schema())", [kind, at])


def kinds_done() -> list[Kind]:
    """Answer the kinds that somebody does: where there is no scanner, nobody scans."""
    return [kind for kind in Kind if kind != Kind.SCAN or scanning.is_set_up()]


def late(*, at: datetime) -> dict[str, datetime]:
    """Answer which kinds of work are not done in time, and since when the oldest is due. On the public side."""
    in_use = Q(municipality=None) | Q(municipality__state=Municipality.State.ACTIVE)
    rows = DueWork.objects.filter(in_use, kind__in=kinds_done(), at__lt=at - LATE)
    return dict(rows.values_list("kind").annotate(Min("at")).order_by("kind"))


def take(*, at: datetime) -> list[Due]:
    """Take what is due, to wake those who do it. On the public side.

    What is taken and not settled can be taken again after `settings.WAKE_AGAIN`: who was woken was killed, or failed.
    """
    values = {"at": at, "kinds": kinds_done(), "again": settings.WAKE_AGAIN}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return [Due(key, Kind(kind), since) for key, kind, since in cursor.fetchall()]


def announced(kind: Kind, *, at: datetime) -> list[int]:
    """Answer the rows by which work of the side one is on is due at a moment, to be settled when it is done."""
    municipality = active_municipality()
    with in_console():
        rows = DueWork.objects.filter(municipality=municipality, kind=kind, at__lte=at)
        return list(rows.values_list("pk", flat=True))


def settle(rows: Collection[int], *, following: Mapping[Kind, datetime]) -> None:
    """Strike out what is done, and say what the same side has to do next."""
    municipality = active_municipality()
    with in_console(), transaction.atomic():
        DueWork.objects.filter(pk__in=rows).delete()
        DueWork.objects.bulk_create(
            DueWork(municipality=municipality, kind=kind, at=at) for kind, at in following.items()
        )


def announce_missing(following: Mapping[Kind, datetime]) -> dict[Kind, datetime]:
    """Announce what nobody has announced, of all that the side one is on has to do next; answer what it was."""
    municipality = active_municipality()
    with in_console():
        first = dict(DueWork.objects.filter(municipality=municipality).values_list("kind").annotate(Min("at")))
    missing = {kind: at for kind, at in following.items() if kind not in first or first[kind] > at}
    for kind, at in missing.items():
        announce(kind, at=at)
    return missing
