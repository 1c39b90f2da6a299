"""`manage.py queue_follow_ups`: writes the tasks that rules want on a day, in every municipality."""

from datetime import date, datetime

from casework.management.daily import DailyCommand
from casework.reminders import task_sweep as follow_ups


class Command(DailyCommand):
    help = "Write the tasks that rules want, each once. May be run late, twice, or for a past day."

    def work(self, *, on: date, at: datetime) -> int:
        return follow_ups.sweep(on=on, at=at)
