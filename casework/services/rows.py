"""The services of a case as rows of a table."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.law.products import product
from casework.models import ServiceEntry


@dataclass(frozen=True)
class ServiceRow:
    """One piece of work."""

    id: uuid.UUID
    on: date
    name: str
    what: str
    minutes: int
    is_billable: bool
    by: str
    is_corrected: bool


def rows(entries: Iterable[ServiceEntry]) -> list[ServiceRow]:
    """Describe service entries, in their order."""
    return [
        ServiceRow(
            id=entry.pk,
            on=entry.on,
            name=product(entry.product).name,
            what=entry.what,
            minutes=entry.minutes,
            is_billable=entry.is_billable,
            by=entry.by.name,
            is_corrected=entry.version > 1,
        )
        for entry in entries
    ]
