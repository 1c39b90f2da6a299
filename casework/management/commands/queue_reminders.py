"""`manage.py queue_reminders`: writes the tasks and mails of a day's occasions, in every municipality."""

from datetime import date, datetime

from casework.management.daily import DailyCommand
from casework.reminders.sweep import sweep


class Command(DailyCommand):
    help = "Write the tasks and mails that rules ask for, each once. May be run late, twice, or for a past day."

    def work(self, *, on: date, at: datetime) -> int:
        return sweep(on=on, at=at)
