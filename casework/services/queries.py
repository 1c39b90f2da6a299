"""Sums over the services of a case."""

from django.db.models import Q, Sum

from casework.models import Case


def minutes_logged(case: Case) -> dict[str, int]:
    """Sum the minutes of a case: all, and those that are billed."""
    sums = case.service_entries.aggregate(all=Sum("minutes"), billed=Sum("minutes", filter=Q(is_billable=True)))
    return {name: minutes or 0 for name, minutes in sums.items()}
