"""A task that a rule asks for. Rooms say what is wanted; `casework.reminders.task_sweep` writes each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casework.models import Case
from tenants.accounts.models import User


def always() -> bool:
    """Answer yes."""
    return True


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One occasion of a rule.

    `cause` names it for ever, as `consent:<id>:<valid_until>`: the same cause never becomes a second task, so it must
    hold the day when a new day is a new occasion. `title` is in the assignee's language; `due_on` follows from the
    occasion, never from the day of the sweep. `is_still_wanted` is asked once more with the case locked: what ends the
    occasion takes the same lock.
    """

    cause: str
    case: Case
    title: str
    due_on: date
    assignee: User
    is_still_wanted: Callable[[], bool] = always
