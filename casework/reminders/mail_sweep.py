"""Reminders: which are due on a day, and the ledger that lets each be queued exactly once.

Delivery is in tenants.mail. A sweep may run late, twice or beside another one; it queues the nearest threshold only.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from casework.applications import waiting
from casework.models import Case, Reminder
from casework.timeline import emails
from tenants.accounts.models import User
from tenants.accounts.permissions import Role

Kind = Reminder.Kind

# Nearest first. The days are those of the reminder's threshold before the last day of appeal.
THRESHOLDS: tuple[tuple[int, Kind], ...] = (
    (1, Kind.APPEAL_IN_1),
    (3, Kind.APPEAL_IN_3),
    (7, Kind.APPEAL_IN_7),
    (14, Kind.APPEAL_IN_14),
)
FARTHEST = timedelta(days=THRESHOLDS[-1][0])


@dataclass(frozen=True, kw_only=True)
class Due:
    """One reminder that is due: of which kind, about which object, and for which day."""

    kind: Kind
    case: Case
    about: uuid.UUID
    occurrence: date
    path: str
    is_still_due: Callable[[], bool]


def queue_due(*, on: date, at: datetime) -> int:
    """Queue the reminders that are due on a day, each in its own transaction; answer how many are new.

    Whatever was due earlier and was missed is caught up: of one deadline's thresholds, the nearest one once.
    """
    supervisors = _Supervisors()
    found = due_on(on)
    told = _ledger(found)
    wanted = [(due, person) for due in found for person in _recipients(due.case, supervisors)]
    return sum(_queue(due, person, on=on, at=at) for due, person in wanted if not _is_in(told, due, person))


def due_on(on: date) -> list[Due]:
    """Answer what is due on a day, whether it has been queued already or not."""
    overdue = [
        Due(
            kind=Kind.DECISION_OVERDUE,
            case=application.case,
            about=application.pk,
            occurrence=application.expected_by,
            path=application.get_absolute_url(),
            is_still_due=partial(waiting.is_still_overdue, application),
        )
        for application in waiting.overdue_applications(on)
        if application.expected_by is not None
    ]
    closing = [
        Due(
            kind=nearest_threshold(clock.last_day, on),
            case=clock.case,
            about=clock.about,
            occurrence=clock.last_day,
            path=clock.path,
            is_still_due=partial(waiting.is_still_running, clock, on=on),
        )
        for clock in waiting.reminded_clocks(until=on + FARTHEST, on=on)
    ]
    return overdue + closing


def nearest_threshold(last_day: date, on: date) -> Kind:
    """Choose the threshold that is nearest to a last day, of those that have been reached on a day.

    Raises:
        ValueError: none has been reached.
    """
    days_left = (last_day - on).days
    for days, kind in THRESHOLDS:
        if days_left <= days:
            return kind
    raise ValueError(f"{days_left} days are left, no threshold is reached.")


@transaction.atomic
def _queue(due: Due, recipient: User, *, on: date, at: datetime) -> bool:
    """Write the ledger's row and the mail, or nothing when somebody did before or it is no longer due."""
    Case.objects.select_for_update().get(pk=due.case.pk)  # what ends the waiting takes the same lock first
    if not due.is_still_due() or _is_told(due, recipient):
        return False
    reminder = Reminder(
        kind=due.kind, case=due.case, object_id=due.about, occurrence=due.occurrence, recipient=recipient
    )
    Reminder.objects.bulk_create([reminder], ignore_conflicts=True)  # INSERT … ON CONFLICT DO NOTHING
    if not Reminder.objects.filter(pk=reminder.pk).exists():
        return False
    emails.reminder(reminder=reminder, to=recipient, path=due.path, on=on, at=at)
    return True


def _is_told(due: Due, recipient: User) -> bool:
    """Tell whether this person has this reminder, or a nearer one about the same day, which makes it stale."""
    told = Reminder.objects.filter(
        object_id=due.about, occurrence=due.occurrence, recipient=recipient, kind__in=_same_or_nearer(due.kind)
    )
    return told.exists()


def _ledger(found: list[Due]) -> set[tuple[str, uuid.UUID, date, uuid.UUID]]:
    """Read what has been queued about these objects, in one query, so that a sweep costs only what is new."""
    rows = Reminder.objects.filter(object_id__in={due.about for due in found})
    return set(rows.values_list("kind", "object_id", "occurrence", "recipient_id"))


def _is_in(told: set[tuple[str, uuid.UUID, date, uuid.UUID]], due: Due, person: User) -> bool:
    return any((kind, due.about, due.occurrence, person.pk) in told for kind in _same_or_nearer(due.kind))


def _same_or_nearer(kind: Kind) -> list[Kind]:
    kinds = [threshold for _days, threshold in THRESHOLDS]
    return kinds[: kinds.index(kind) + 1] if kind in kinds else [kind]


def _recipients(case: Case, supervisors: "_Supervisors") -> Iterable[User]:
    return [case.coordinator] if case.coordinator.is_active else supervisors.fetched()


class _Supervisors:
    """The supervisors of the municipality, asked for once in a sweep and only when a coordinator is away."""

    def __init__(self) -> None:
        self._found: list[User] | None = None

    def fetched(self) -> list[User]:
        if self._found is None:
            self._found = list(User.objects.filter(is_active=True, roles__contains=[Role.SUPERVISOR.value]))
        return self._found
