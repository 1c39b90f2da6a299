"""Leases: who works on a row holds it until a moment, and whoever is not ready by then counts as killed.

They go by the database's clock, which is one, where those of the machines are many and apart. A model has them in its
column `lease_until`, which is also the version of what was read under it.
"""

from datetime import timedelta

from django.db.models import Min, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Now


def ends_in(length: timedelta) -> Combinable:
    """The end of a lease that begins now."""
    return Now() + length


def first_ends_in() -> Combinable:
    """How long it is until the first lease ends; of an ended one, how long ago that was, below zero."""
    return Min("lease_until") - Now()


def is_over(*, since: timedelta = timedelta(0)) -> Q:
    """Whether a lease has ended, and that long ago. A row without one has none that could end."""
    return Q(lease_until__lt=Now() - since)
