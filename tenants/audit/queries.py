"""Reading the access log for the data-protection officer."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from tenants.audit.models import AccessEntry
from tenants.display import midnight


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
