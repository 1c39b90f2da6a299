"""The mails of casework: one function, three files each. They name a case by its number and nothing of the client."""

from datetime import date, datetime
from typing import Any

from casework.models import Meeting, MeetingParticipant, Reminder
from tenants.accounts.models import User
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail


def reminder(*, reminder: Reminder, to: User, path: str, on: date, at: datetime) -> OutgoingEmail:
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
        at=at,
    )


def meeting_invitation(
    *, meeting: Meeting, participant: MeetingParticipant, cases: int, is_moved: bool, at: datetime
) -> OutgoingEmail:
    """Invite to a meeting, or say that it has moved: day, time, how many cases, and where to look. No place."""
    return outbox.write(
        "casework/emails/meeting_invitation",
        to=participant.user,
        context=_of_meeting(meeting, cases) | {"is_moved": is_moved},
        key=f"meeting:{meeting.pk}:{meeting.sequence}:{participant.pk}:{participant.invited_at.isoformat()}",
        at=at,
    )


def meeting_cancelled(*, meeting: Meeting, to: User, cases: int, at: datetime) -> OutgoingEmail:
    """Say that a meeting is not held."""
    return outbox.write(
        "casework/emails/meeting_cancelled",
        to=to,
        context=_of_meeting(meeting, cases),
        key=f"meeting:{meeting.pk}:cancelled:{to.pk}",
        at=at,
    )


def _of_meeting(meeting: Meeting, cases: int) -> dict[str, Any]:
    path = meeting.get_absolute_url()
    return {"begins": meeting.starts_at, "ends": meeting.ends_at, "cases": cases, "path": path}
