"""The services of a case as rows of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.law.products import product
from casework.models import ServiceEntry


@dataclass(frozen=True)
class ServiceRow:
    """One piece of work."""

    on: date
    name: str
    what: str
    minutes: int
    is_billable: bool
    by: str


def rows(entries: Iterable[ServiceEntry]) -> list[ServiceRow]:
    """Describe service entries, in their order."""
    return [
        ServiceRow(entry.on, product(entry.product).name, entry.what, entry.minutes, entry.is_billable, entry.by.name)
        for entry in entries
    ]
