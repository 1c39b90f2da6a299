"""The mails of casework: one function, three files each. They name a case by its number and nothing of the client."""

from datetime import date, datetime
from typing import Any

from casework.models import LedgerEntry, Meeting, MeetingParticipant, Phrase, ReadingRequest
from casework.timeline.ledger import AsMail
from tenants.accounts.models import User
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail


def reminder(*, entry: LedgerEntry, how: AsMail, to: User, on: date, at: datetime) -> OutgoingEmail:
    """Write the mail about an occasion: which case, which day, and where to look."""
    days_left = (entry.due_on - on).days
    return outbox.write(
        how.template,
        to=to,
        context={
            "case_number": entry.case.number,
            "path": how.path,
            "day": entry.due_on,
            "days_left": days_left,
            "days_over": -days_left,
        },
        about=entry.case.number,
        key=entry.mail_key,
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


def phrase_waits(*, phrase: Phrase, number: int, to: User, at: datetime) -> OutgoingEmail:
    """Ask a second person to approve a wording, and say where it is. Not what it says."""
    return outbox.write(
        "casework/emails/phrase_waits",
        to=to,
        context={"path": phrase.get_absolute_url()},
        key=f"phrase:{phrase.pk}:{number}:{to.pk}",
        at=at,
    )


def reading_asked(*, reading: ReadingRequest, at: datetime) -> OutgoingEmail:
    """Ask somebody to read a draft: which case, until when, and where. Not what kind of draft."""
    number = reading.case.number
    return outbox.write(
        "casework/emails/reading_asked",
        to=reading.reader,
        context={"case_number": number, "on": reading.due_on, "path": reading.get_absolute_url()},
        about=number,
        key=f"reading:{reading.pk}",
        at=at,
    )


def _of_meeting(meeting: Meeting, cases: int) -> dict[str, Any]:
    path = meeting.get_absolute_url()
    return {"begins": meeting.starts_at, "ends": meeting.ends_at, "cases": cases, "path": path}
