"""Whose day a page tells of, and its questions, each prepared for every answer (tenants.prepared)."""

import enum
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from casework.cases.door import own_keys, taking_part
from casework.models import Case
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.prepared import Prepared

type Keys = QuerySet[Case, Any]


class Whose(enum.Enum):
    """The cases of one worker, all there are, or those of a team member's teams, who has no others."""

    OWN = enum.auto()
    EVERYONES = enum.auto()
    TEAMS = enum.auto()


def whose(user: User, *, is_everyones: bool) -> Whose:
    """Answer whose cases a person's page is about."""
    if not user.has(Permission.WORK_CASE):
        return Whose.TEAMS
    return Whose.EVERYONES if is_everyones else Whose.OWN


def open_keys(of: Whose, user: uuid.UUID) -> Keys:
    """Answer the keys of those cases that are open."""
    if of == Whose.OWN:
        return own_keys(user, closed_on=None)
    cases = Case.objects.filter(closed_on=None).order_by().values("pk")
    return cases if of == Whose.EVERYONES else cases.filter(pk__in=taking_part(user))


class Question[Row]:
    """A query by the key of a person and other values, compiled once for each of `Whose`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._prepared: dict[Whose, Prepared[Row]] = {of: Prepared(partial(build, of), unused=["user"]) for of in Whose}

    def __call__(self, of: Whose, **values: Any) -> list[Row]:
        """Read the rows for these values."""
        return self._prepared[of](**values)
