"""The demo's calendar: days before and after the day on which it is loaded, on which people are at work."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tenants.display import HELSINKI

SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """Days as seen from today. Later calls with a smaller number never answer an earlier day."""

    today: date

    def ago(self, days: int) -> date:
        """Answer the working day that is at least so many days ago."""
        on = self.today - timedelta(days=days)
        return on - timedelta(days=max(0, on.weekday() - SATURDAY + 1))

    def ahead(self, days: int) -> date:
        """Answer today, or the working day that comes after so many days."""
        on = self.today + timedelta(days=days)
        return on + timedelta(days=7 - on.weekday()) if days and on.weekday() >= SATURDAY else on

    def working(self, days: int) -> date:
        """Answer the first working day that is at least so many days from now, today among them."""
        on = self.today + timedelta(days=days)
        return on + timedelta(days=7 - on.weekday()) if on.weekday() >= SATURDAY else on

    def moment(self, on: date, minute: int) -> datetime:
        """Answer a moment of a day, so many minutes after eight in the morning."""
        return datetime.combine(on, time(8), HELSINKI) + timedelta(minutes=minute)

    @property
    def now(self) -> datetime:
        """The moment of loading, as the actions see it: early, so that nothing is written in the future."""
        return datetime.combine(self.today, time(0, 5), HELSINKI)

    @property
    def invoiced_month(self) -> date:
        """The first day of the last month that is over."""
        return (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
