"""Saving over a contract, a price or the seller: the one way to do it, and to read what they said before.

The caller has locked the row, checked its version and what it says now, and tells the access log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from billing.models import Change, Contract, PriceRow, Seller
from casework.services import usage
from tenants import histories
from tenants.accounts.models import User
from tenants.histories import Old

type Row = Contract | PriceRow | Seller

PLACES: dict[type[Row], str] = {Contract: "contract", PriceRow: "price", Seller: "seller"}


@dataclass(frozen=True)
class Earlier:
    """One change as a page shows it; `price` names the price that it was about."""

    change: Change
    price: str
    olds: list[Old]


def save(row: Row, *, by: User, at: datetime) -> bool:
    """Save a row over what stands, and keep what it said; answer whether anything changed."""
    stands = row.locked()
    fields = row._meta.concrete_fields
    changed = [field.name for field in fields if getattr(row, field.attname) != getattr(stands, field.attname)]
    if changed:
        _keep(stands, changed, by=by, at=at)
        row.save_version(*changed)
    return bool(changed)


def remove(row: PriceRow, *, reason: str, by: User, at: datetime) -> None:
    """Take a price off its list: nothing is charged by it any more, its words stay."""
    _keep(row, PriceRow.TYPED, reason=reason, by=by, at=at)
    row.removed_at = at
    row.save_version("removed_at")


def of_contract(contract: Contract) -> list[Earlier]:
    """What a contract and its prices said before, the newest change first."""
    return _described(Change.objects.filter(Q(contract=contract) | Q(price__contract=contract)))


def of_seller() -> list[Earlier]:
    """What the seller said before, the newest change first."""
    return _described(Change.objects.exclude(seller=None))


def _keep(row: Row, names: Iterable[str], *, by: User, at: datetime, reason: str = "") -> None:
    about = {PLACES[type(row)]: row}
    before = {name: histories.stored(getattr(row, name)) for name in names}
    Change.objects.create(**about, replaced_version=row.version, before=before, reason=reason, at=at, by=by)


def _described(found: QuerySet[Change]) -> list[Earlier]:
    services = {product.code: str(product.name) for product in usage.products()}
    changes = found.select_related(*PLACES.values(), "by")
    return [
        Earlier(change=change, price=change.price.name if change.price else "", olds=_olds(change, services))
        for change in changes
    ]


def _olds(change: Change, services: Mapping[str, str]) -> list[Old]:
    """Put what a row said into words, in the order of its fields."""
    fields = [field for field in change.about._meta.concrete_fields if field.name in change.before]
    return [
        Old(capfirst(str(field.verbose_name)), _said(field, change.before[field.name], services)) for field in fields
    ]


def _said(field: Any, value: Any, services: Mapping[str, str]) -> str:
    return services[value] if field.name == "product" and value in services else histories.said(field, value)
