"""Removing old entries from the access log by rule, behind a sealed checkpoint from which its chain goes on.

The application's roles cannot remove anything: this needs the migrator's login, as changes of structure do.
"""

from datetime import datetime

from django.db import connection, transaction

from tenants.audit import checking, rules, sealing
from tenants.audit.models import AccessEntry, Seal


class NotWhole(Exception):
    """The log is not as it was written, so nothing is removed: what is left would look as if it were."""


@transaction.atomic
def remove_before(at: datetime) -> int:
    """Remove the entries from before a moment, but never the newest; answer how many.

    Raises:
        NotWhole
    """
    end = sealing.head()
    last = AccessEntry.objects.filter(at__lt=at, pk__lt=end.last_entry or 0).order_by("id").last()
    if last is None:
        return 0
    report = checking.check()
    if not report.is_whole:
        raise NotWhole(*map(str, report.findings))
    entries = report.entries - AccessEntry.objects.filter(pk__gt=last.pk).count()
    sealing.add(
        Seal(kind=Seal.Kind.CHECKPOINT, last_entry=last.pk, entries=entries, head=last.digest, names="", at=end.at)
    )
    _seal_names(after=last.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_accessentry WHERE id <= %s", [last.pk])
        return int(cursor.rowcount)


def _seal_names(*, after: int) -> None:
    """Seal the names in what is left of the first rule: the seal over all of them stands for entries that leave."""
    left = AccessEntry.objects.filter(pk__gt=after, version=1).order_by("id")
    if not left.exists():
        return
    names = rules.Names()
    for entry in left.iterator():
        names.add(entry)
    sealing.seal(Seal.Kind.NAMES, names=names.digest())
