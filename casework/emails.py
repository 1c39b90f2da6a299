"""The mails of casework: one function, three files each. They name a case by its number and nothing of the client."""

from datetime import date

from casework.models import Reminder
from tenants.accounts.models import User
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail


def reminder(*, reminder: Reminder, to: User, path: str, on: date) -> OutgoingEmail:
    """Write the mail of a reminder: which case, which day, and where to look."""
    name = "decision_overdue" if reminder.kind == Reminder.Kind.DECISION_OVERDUE else "appeal_deadline"
    days_left = (reminder.occurrence - on).days
    return outbox.write(
        f"casework/emails/{name}",
        to=to,
        context={
            "case_number": reminder.case.number,
            "path": path,
            "day": reminder.occurrence,
            "days_left": days_left,
            "days_over": -days_left,
        },
        about=reminder.case.number,
        key=reminder.mail_key,
    )
