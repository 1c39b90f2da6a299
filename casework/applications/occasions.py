"""What applications, decisions and appeals ask for: a day of appeal or claim comes near, a decision takes long."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from casework.applications import waiting
from casework.applications.waiting import AppealClock
from casework.cases.kept_ends import keeper_of
from casework.models import Application
from casework.timeline.ledger import AsMail, ForWhom, Occasion, Source

THRESHOLDS = (1, 3, 7, 14)  # days before a last day, the nearest first
FARTHEST = timedelta(days=THRESHOLDS[-1])


def nearest_threshold(last_day: date, on: date) -> int:
    """Choose the threshold that is nearest to a last day, of those that have been reached on a day.

    Raises:
        ValueError: none has been reached.
    """
    days_left = (last_day - on).days
    for days in THRESHOLDS:
        if days_left <= days:
            return days
    raise ValueError(f"{days_left} days are left, no threshold is reached.")


def _closing(on: date) -> list[AppealClock]:
    return waiting.reminded_clocks(until=on + FARTHEST, on=on)


def _closes(clock: AppealClock, on: date) -> Occasion:
    """Whatever was due earlier and was missed is caught up: of one last day's thresholds, the nearest one once."""
    reached = nearest_threshold(clock.last_day, on)
    return Occasion(
        cause=_cause("appeal", clock.about, clock.last_day, reached),
        case=clock.case,
        about=clock.about,
        due_on=clock.last_day,
        for_whom=ForWhom.WHO_IS_THERE,
        keeper=clock.keeper,
        channels=(AsMail(template="casework/emails/appeal_deadline", path=clock.path),),
        is_still=partial(waiting.is_still_running, clock, on=on),
        nearer=_nearer("appeal", clock.about, clock.last_day, reached),
    )


def _to_be_claimed(on: date) -> Iterable[Application]:
    return waiting.reminded_claims(until=on + FARTHEST)


def _is_to_be_claimed(application: Application, on: date) -> Occasion | None:
    """As of a day of appeal: what was missed is caught up once, by the nearest threshold."""
    last_day = application.claim_by
    if last_day is None:
        return None
    reached = nearest_threshold(last_day, on)
    return Occasion(
        cause=_cause("claim", application.pk, last_day, reached),
        case=application.case,
        about=application.pk,
        due_on=last_day,
        for_whom=ForWhom.WHO_IS_THERE,
        keeper=keeper_of(application),
        channels=(AsMail(template="casework/emails/claim_deadline", path=application.get_absolute_url()),),
        is_still=partial(waiting.is_still_to_be_claimed, application),
        nearer=_nearer("claim", application.pk, last_day, reached),
    )


def _nearer(what: str, about: UUID, last_day: date, reached: int) -> tuple[str, ...]:
    return tuple(_cause(what, about, last_day, days) for days in THRESHOLDS if days < reached)


def _cause(what: str, about: UUID, last_day: date, days: int) -> str:
    return f"{what}_in_{days}:{about}:{last_day.isoformat()}"


def _is_late(application: Application, on: date) -> Occasion | None:
    if application.expected_by is None:
        return None
    return Occasion(
        cause=f"decision_overdue:{application.pk}:{application.expected_by.isoformat()}",
        case=application.case,
        about=application.pk,
        due_on=application.expected_by,
        for_whom=ForWhom.WHO_IS_THERE,
        keeper=keeper_of(application),
        channels=(AsMail(template="casework/emails/decision_overdue", path=application.get_absolute_url()),),
        is_still=partial(waiting.is_still_overdue, application, on=on),
    )


APPEAL_DAYS = Source(
    name="appeal_day", rows=_closing, about=lambda clock: clock.about, occasion=_closes, is_statutory=True
)
DECISIONS = Source(
    name="decision_overdue", rows=waiting.followed_overdue, about=lambda found: found.pk, occasion=_is_late
)
CLAIMS = Source(
    name="claim_day", rows=_to_be_claimed, about=lambda found: found.pk, occasion=_is_to_be_claimed, is_statutory=True
)
SOURCES = (APPEAL_DAYS, CLAIMS, DECISIONS)
