"""Reading the services of a case, and sums over them."""

import uuid

from django.db.models import Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from casework.models import Case, ServiceEntry


def minutes_logged(case: Case) -> dict[str, int]:
    """Sum the minutes of a case: all, and those that are billed."""
    sums = case.service_entries.aggregate(all=Sum("minutes"), billed=Sum("minutes", filter=Q(is_billable=True)))
    return {name: minutes or 0 for name, minutes in sums.items()}


def entries_of(case: Case) -> QuerySet[ServiceEntry]:
    """What was done on a case, the newest first."""
    return case.service_entries.select_related("by")


def entry_or_404(case: Case, entry_id: uuid.UUID) -> ServiceEntry:
    """Fetch what was done on a case and stands.

    Raises:
        Http404
    """
    entry: ServiceEntry = get_object_or_404(case.service_entries.select_related("case"), pk=entry_id)
    return entry
