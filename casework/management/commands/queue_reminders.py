"""`manage.py queue_reminders`: queues the reminders that are due on a day, in every municipality."""

from datetime import date, datetime

from casework.management.daily import DailyCommand
from casework.reminders import mail_sweep as reminders


class Command(DailyCommand):
    help = "Queue the mails of the reminders that are due. May be run late, twice, or for a past day."

    def work(self, *, on: date, at: datetime) -> int:
        return reminders.queue_due(on=on, at=at)
