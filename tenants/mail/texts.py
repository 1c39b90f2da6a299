"""How long a mail knows what it said: not longer than somebody may have to send it. The row itself stays."""

from datetime import datetime, timedelta

from django.db.models import Q

from tenants.mail.models import OutgoingEmail

KEPT_WHEN_SETTLED = timedelta(days=1)  # sent or cancelled: nobody sends it again
KEPT_WHEN_OPEN = timedelta(days=30)  # failed or unclear: a person may have it sent again

State = OutgoingEmail.State


def forget_settled(*, at: datetime) -> int:
    """Remove what mails said that nobody will send any more, of the side one is on; answer how many."""
    is_sent = Q(state=State.SENT, sent_at__lt=at - KEPT_WHEN_SETTLED)
    is_cancelled = Q(state=State.CANCELLED, due_at__lt=at - KEPT_WHEN_SETTLED)
    is_given_up = Q(state__in=[State.FAILED, State.UNKNOWN], due_at__lt=at - KEPT_WHEN_OPEN)
    over = OutgoingEmail.objects.filter(is_sent | is_cancelled | is_given_up, emptied_at=None)
    return over.update(text="", html="", emptied_at=at)
