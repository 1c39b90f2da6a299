"""The calendar entry: what visits and meetings have in common. An abstract record, not a table.

One table of all times would need a case that may be missing, on the row that decides who sees it: that would be a hole.
"""

import uuid
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.law.calendar_files import CalendarEvent
from tenants.display import helsinki

CANCELLED = "cancelled"


class CalendarEntry(models.Model):
    """A time that was agreed, as calendars know it: the same UID for ever, and a SEQUENCE that counts its changes.

    Who takes it says where (`place`, sealed or not) and in which state it is; a cancelled one stays, as cancelled.
    """

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    calendar_uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    state: str

    class Meta:
        abstract = True

    @property
    def held_on(self) -> date:
        """Its day in Finland."""
        return helsinki(self.starts_at)

    @property
    def minutes(self) -> int:
        """How long it was agreed to take."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_cancelled(self) -> bool:
        return self.state == CANCELLED

    def renew_in_calendars(self, at: datetime) -> tuple[str, ...]:
        """Let calendars take it as a newer state of the same event; answer the fields to save."""
        self.sequence += 1
        self.changed_at = at
        return ("sequence", "changed_at")

    def cancel_in_calendars(self, at: datetime) -> tuple[str, ...]:
        """Let it stay in calendars as cancelled; answer the fields to save."""
        self.state = CANCELLED
        return ("state", *self.renew_in_calendars(at))

    def calendar_event(self, *, title: str) -> CalendarEvent:
        """Describe it for a calendar file; what the title says is decided above."""
        return CalendarEvent(
            uid=str(self.calendar_uid),
            sequence=self.sequence,
            changed_at=self.changed_at,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            title=_told_as_cancelled(title) if self.is_cancelled else title,
            is_cancelled=self.is_cancelled,
        )


def _told_as_cancelled(title: str) -> str:
    """Many readers of calendars ignore STATUS, so the title says it, in the active language."""
    return gettext("Cancelled: %(title)s") % {"title": title}


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """It ends after it begins."""
    return models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name=name)
