"""The ledger of reminders as actions need it: what ends a waiting takes back the mails that have not gone out.

Which are due, and writing them, is the sweep's: `casework.reminders`.
"""

import uuid
from datetime import datetime

from django.db import transaction

from casework.models import Reminder
from tenants.mail.models import OutgoingEmail


@transaction.atomic
def cancel(*, about: uuid.UUID, at: datetime) -> int:
    """Cancel the reminders about an object whose mail has not gone out; answer how many."""
    open_ones = list(Reminder.objects.filter(object_id=about, cancelled_at=None))
    pending = OutgoingEmail.objects.select_for_update().filter(
        key__in=[reminder.mail_key for reminder in open_ones], state=OutgoingEmail.State.PENDING
    )
    cancelled = {mail.key for mail in pending}
    OutgoingEmail.objects.filter(key__in=cancelled).update(state=OutgoingEmail.State.CANCELLED)
    keys = [reminder.pk for reminder in open_ones if reminder.mail_key in cancelled]
    return Reminder.objects.filter(pk__in=keys).update(cancelled_at=at)
