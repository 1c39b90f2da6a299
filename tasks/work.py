"""Work of municipalities and the console: one table of its kinds, how it is woken, and a turn of it.

A turn strikes out what it was woken for when it is done, and says what is due next. One that fails or is killed strikes
out nothing and is woken again: nothing is lost with the broker, a worker or a message (see tenants.due).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.documents import actions as documents
from casework.letters import queries as letters
from tasks import jobs
from tasks.app import app
from tenants import due
from tenants.accounts import role_changes
from tenants.display import HELSINKI
from tenants.due import Due, Kind
from tenants.everywhere import on_every_side
from tenants.mail import delivery
from tenants.scope import active_municipality, in_console

FORGOTTEN_AFTER = timedelta(minutes=15)  # in the queue: then there are younger messages about the same

logger = logging.getLogger(__name__)


def at_hours(hours: range, minute: int) -> Callable[[datetime], datetime]:
    """Make the rule of work that is due by the clock in Finland, whatever there is to do."""

    def next_one(at: datetime) -> datetime:
        today = timezone.localdate(at)
        days = (today, today + timedelta(days=1))
        moments = (datetime.combine(day, time(hour, minute), HELSINKI) for day in days for hour in hours)
        return next(moment for moment in moments if moment > at)

    return next_one


@dataclass(frozen=True)
class Work:
    """How one kind of work is woken."""

    queue: str
    next_due: Callable[[datetime], datetime | None]  # of the side one is on, which is asked now
    pause: timedelta = timedelta(0)  # at least, between two turns of it
    on_console: str = ""  # the task that does it there, if there is any
    leads_to: tuple[Kind, ...] = ()
    is_told_the_day: bool = False  # for which it was woken, however late it runs


WORK = {
    Kind.MAIL: Work(
        "mail",
        lambda at: delivery.next_due(),
        on_console="mail.deliver_due_on_console",
        leads_to=(Kind.UNCLEAR_MAIL,),
    ),
    Kind.UNCLEAR_MAIL: Work(
        "mail",
        lambda at: delivery.next_unclear(at=at),
        pause=timedelta(minutes=1),
        on_console="mail.reconcile_on_console",
        leads_to=(Kind.MAIL,),
    ),
    Kind.SCAN: Work("documents", lambda at: documents.next_scan(), leads_to=(Kind.LETTERS,)),
    Kind.LETTERS: Work("documents", lambda at: letters.next_reading()),
    Kind.ROLES: Work(
        "celery",
        lambda at: role_changes.next_effect(),
        pause=timedelta(minutes=15),
        on_console="people.take_effect_on_console",
    ),
    # Tasks and mails of rules are there when the day begins. The later hours catch up what was not written before.
    Kind.REMINDERS: Work("reminders", at_hours(range(6, 21), minute=30), is_told_the_day=True),
    # Not between three and four: on two nights of the year that hour is missing or comes twice.
    Kind.LEFTOVERS: Work("celery", at_hours(range(4, 5), minute=10), on_console="leftovers.prune_on_console"),
}


@app.task(name="work.wake")
def wake() -> int:
    """Send a task for whatever is due and does not wait in a queue already; answer how many."""
    with in_console():
        taken = due.take(at=timezone.now())
    for one in taken:
        _send(one)
    return len(taken)


def _send(one: Due) -> None:
    work = WORK[one.kind]
    on_console = one.municipality_id is None
    task = work.on_console if on_console else str(one.kind)
    arguments: dict[str, object] = {} if on_console else {"municipality_id": one.municipality_id}
    if work.is_told_the_day:
        arguments["on"] = timezone.localdate(one.since).isoformat()
    app.send_task(task, kwargs=arguments, queue=work.queue, expires=FORGOTTEN_AFTER.total_seconds())


def turn(kind: Kind, do: Callable[..., int]) -> int:
    """Do what is due of a kind on the side one is on; answer how much was done."""
    at = timezone.now()
    announced = due.announced(kind, at=at)
    count = do(at=at)
    due.settle(announced, following=_following(kind, at=timezone.now()))
    return count


def _following(kind: Kind, *, at: datetime) -> dict[Kind, datetime]:
    """Tell what is due after a turn, and when."""
    led_to = {other: WORK[other].next_due(at) for other in WORK[kind].leads_to}
    return _known({kind: _after_pause(kind, at), **led_to})


def _after_pause(kind: Kind, at: datetime) -> datetime | None:
    work = WORK[kind]
    moment = work.next_due(at)
    return max(moment, at + work.pause) if moment and work.pause else moment


def _known(moments: dict[Kind, datetime | None]) -> dict[Kind, datetime]:
    return {kind: moment for kind, moment in moments.items() if moment}


@app.task(name="work.look_everywhere")
def look_everywhere() -> int:
    """Ask every side what it has to do, and announce what nobody has announced."""
    with jobs.on_console(job="work.look_everywhere") as run:
        run.count = on_every_side(_look)
        return run.count


def _look(side: str) -> int:
    here = WORK if active_municipality() else {kind: work for kind, work in WORK.items() if work.on_console}
    at = timezone.now()
    missing = due.announce_missing(_known({kind: _after_pause(kind, at) for kind in here}))
    for kind in (kind for kind, moment in missing.items() if moment <= at):  # clockwork lies ahead
        logger.warning("Nobody had announced %s in %s.", kind, side)
    return len(missing)
