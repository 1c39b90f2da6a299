"""Something on every page of team meetings: one to come with the case on its agenda, and minutes that are final."""

from datetime import timedelta

from django.utils import timezone

from casework.meetings import agenda, minutes
from casework.models import Case
from tenants.accounts.models import User
from tests.casework.meetings.making import a_meeting, an_item, final, written


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make the meetings and answer the arguments of their addresses."""
    now, today = timezone.now(), timezone.localdate()
    earlier = a_meeting(by=aino, starts_at=now - timedelta(days=30), at=now)
    final(an_item(earlier, case, by=aino, at=now, basis="law", law="381/2023 15 §"), by=aino, at=now)
    meeting = a_meeting(by=aino, starts_at=now - timedelta(hours=1), at=now)
    item = an_item(meeting, case, by=aino, at=now, question="Voiko työkokeilu alkaa?")
    written(item, by=aino, at=now, text="Selkä on parempi.")
    written(item, by=aino, at=now, text="Selkä on paljon parempi.", recommendation="Työkokeilu keväällä.")
    minutes.agree_task(item=item, title="Soita työpajalle", due_on=today, assignee=aino, by=aino, at=now)
    off = an_item(a_meeting(by=aino, at=now, starts_at=now + timedelta(days=7)), case, by=aino, at=now)
    agenda.take_off(item=off, reason="Asiakas on sairaana.", by=aino, at=now)
    invited = meeting.participants.get(user=aino)
    return {"meeting_id": meeting.pk, "agenda_item_id": item.pk, "invited_id": invited.pk}
