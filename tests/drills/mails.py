"""Mails of drills: many are written, and one asks what became of them."""

from datetime import datetime
from itertools import count

from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.people import person

_keys = count()


def write(schema: str, number: int, *, due_at: datetime) -> None:
    """Write so many mails to Aino of a municipality, who is made with the first."""
    with in_municipality(schema):
        aino = User.objects.filter(name="Aino").first() or person("Aino", Role.COORDINATOR)
        context = {"path": "/x/", "expires_at": due_at}
        for _ in range(number):
            outbox.write("accounts/emails/invitation", to=aino, context=context, key=f"{next(_keys)}", at=due_at)


def are_waiting(schema: str) -> bool:
    """Tell whether a mail has not been sent yet."""
    with in_municipality(schema):
        return OutgoingEmail.objects.exclude(state=OutgoingEmail.State.SENT).exists()


def waits_since(schema: str, moment: datetime) -> list[float]:
    """Answer how many seconds after their time the mails left that were due since a moment."""
    with in_municipality(schema):
        mails = OutgoingEmail.objects.filter(due_at__gte=moment)
        return [(mail.sent_at - mail.due_at).total_seconds() for mail in mails if mail.sent_at]
