"""What billing may know of a municipality: case numbers, days, services and minutes as plain values; nobody's name.

Billing stands above casework and reads it only here, inside `tenants.scope.in_municipality`.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from casework.law import products as table
from casework.models import Case, ServiceEntry


@dataclass(frozen=True)
class BillableProduct:
    """A service as a price list knows it."""

    code: str
    name: str
    is_hourly: bool


@dataclass(frozen=True)
class CaseRow:
    """The life of a case."""

    number: str
    opened_on: date
    closed_on: date | None

    def is_active(self, first_on: date, last_on: date) -> bool:
        """Tell whether the case was open on one of these days."""
        return self.opened_on <= last_on and (self.closed_on is None or self.closed_on >= first_on)


@dataclass(frozen=True)
class ServiceRow:
    """One service entry."""

    id: uuid.UUID
    case_number: str
    on: date
    product: str
    minutes: int
    is_billable: bool


def products() -> list[BillableProduct]:
    """All services that can be priced, named in the active language."""
    return [BillableProduct(each.code, each.name, each.unit is table.Unit.HOUR) for each in table.products()]


def cases(*, first_on: date, last_on: date) -> list[CaseRow]:
    """The cases that were open on one of these days, both included, by number."""
    rows = Case.objects.filter(opened_on__lte=last_on).exclude(closed_on__lt=first_on).order_by("number")
    return [CaseRow(*row) for row in rows.values_list("number", "opened_on", "closed_on")]


def services(*, first_on: date, last_on: date) -> list[ServiceRow]:
    """The service entries of these days, both included, oldest first."""
    return _rows(ServiceEntry.objects.filter(on__gte=first_on, on__lte=last_on))


def services_by_id(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ServiceRow]:
    """Those of these service entries that stand, as they are now; what was taken back is missing."""
    return {row.id: row for row in _rows(ServiceEntry.objects.filter(pk__in=ids))}


def _rows(entries: QuerySet[ServiceEntry]) -> list[ServiceRow]:
    rows = entries.order_by("on", "created_at", "id")
    return [
        ServiceRow(*row) for row in rows.values_list("id", "case__number", "on", "product", "minutes", "is_billable")
    ]
