"""The whole schedule in one table: what beat wakes, when, and why. Pure: names and times only.

None of it is for a municipality of its own: what is due in them is woken by `work.wake` (tasks.work says how).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery.schedules import crontab

DAILY_TASKS_EXPIRE = timedelta(hours=1)


@dataclass(frozen=True)
class Alarm:
    """One row: a task, when it wakes, and why."""

    task: str
    every: timedelta | crontab
    why: str

    @property
    def entry(self) -> dict[str, Any]:
        """What Celery's beat wants to know. The task is worthless when the next alarm has come."""
        expires = self.every if isinstance(self.every, timedelta) else DAILY_TASKS_EXPIRE
        return {"task": self.task, "schedule": self.every, "options": {"expires": expires.total_seconds()}}


SCHEDULE = (
    Alarm(
        "work.wake",
        timedelta(seconds=20),
        "What is due in a municipality or on the console is begun within half a minute; a mail leaves within one.",
    ),
    Alarm(
        "work.look_everywhere",
        timedelta(minutes=15),
        "Every side is asked what it has to do: nothing waits longer than this, even if nobody had announced it.",
    ),
    Alarm(
        "access_log.seal",
        timedelta(minutes=5),
        "What was written to an access log can be proven from then on; until then its chain alone says so.",
    ),
    Alarm(
        "access_log.tell_officers",
        crontab(hour="5-20", minute=40),
        "The head of each log leaves the machine once a day. The later hours catch up what was not mailed before.",
    ),
    Alarm(
        "provisioning.make_requested",
        timedelta(seconds=10),
        "A municipality that was asked for on the console is made while the operator looks at the page.",
    ),
    Alarm(
        "jobs.prune",
        crontab(hour=4, minute=30),
        "The job page keeps thirty days, and runs that were killed are closed. Not between three and four: on two"
        " nights of the year that hour is missing or comes twice.",
    ),
)


def entries() -> dict[str, dict[str, Any]]:
    """The table as Celery's beat reads it."""
    return {alarm.task: alarm.entry for alarm in SCHEDULE}
