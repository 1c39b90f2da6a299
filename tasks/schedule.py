"""The whole schedule in one table: what wakes when, for whom, and why. Pure: names and times only."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery.schedules import crontab

DAILY_TASKS_EXPIRE = timedelta(hours=1)


@dataclass(frozen=True)
class Alarm:
    """One row: a task, when it wakes, and whether every municipality gets a task of its own."""

    task: str
    every: timedelta | crontab
    why: str
    per_municipality: bool = False
    with_day: bool = False  # the task is told the day for which it was woken, however late it runs

    @property
    def expires(self) -> float:
        """Seconds after which the task is worthless, because the next alarm has come."""
        return (self.every if isinstance(self.every, timedelta) else DAILY_TASKS_EXPIRE).total_seconds()

    @property
    def entry(self) -> dict[str, Any]:
        """What Celery's beat wants to know."""
        options = {"expires": self.expires}
        if not self.per_municipality:
            return {"task": self.task, "schedule": self.every, "options": options}
        woken = {"task": self.task, "within": self.expires, "with_day": self.with_day}
        return {"task": "fan_out.each_municipality", "schedule": self.every, "kwargs": woken, "options": options}


SCHEDULE = (
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
        "mail.deliver_due",
        timedelta(seconds=20),
        "A mail leaves within a minute of its time; after a fault the next round goes on.",
        per_municipality=True,
    ),
    Alarm(
        "mail.reconcile",
        timedelta(seconds=20),
        "What a killed worker left unclear is looked up in the mail server's record: due again within two minutes.",
        per_municipality=True,
    ),
    Alarm(
        "mail.deliver_due_on_console",
        timedelta(seconds=20),
        "The same for mails to operators and finance, whose outbox is in the public schema.",
    ),
    Alarm(
        "mail.reconcile_on_console",
        timedelta(seconds=20),
        "The same for mails to operators and finance.",
    ),
    Alarm(
        "reminders.queue_due",
        crontab(hour="6-20", minute=30),
        "Tasks and mails of rules are there when the day begins. The later hours catch up what was not written before.",
        per_municipality=True,
        with_day=True,
    ),
    Alarm(
        "people.take_effect",
        timedelta(minutes=15),
        "A change of roles that nobody refused takes effect when its day is over.",
        per_municipality=True,
    ),
    Alarm(
        "people.take_effect_on_console",
        timedelta(minutes=15),
        "Operators and finance have roles, too.",
    ),
    Alarm(
        "documents.scan_waiting",
        timedelta(seconds=30),
        "A file that was added is scanned within a minute; after a fault of the scanner the next round goes on.",
        per_municipality=True,
    ),
    Alarm(
        "provisioning.make_requested",
        timedelta(seconds=10),
        "A municipality that was asked for on the console is made while the operator looks at the page.",
    ),
    Alarm(
        "leftovers.prune",
        crontab(hour=4, minute=10),
        "What was typed and never saved is kept for a month, rows of ended sessions and texts of sent mails for a day.",
        per_municipality=True,
    ),
    Alarm(
        "leftovers.prune_on_console",
        crontab(hour=4, minute=20),
        "The console has sessions and mails, too.",
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
