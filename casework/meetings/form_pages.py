"""What stands around a form about a meeting, or about one case of it."""

from typing import Any

from casework.meetings import presenters as presented
from casework.models import AgendaItem, Meeting
from tenants.form_pages import FormPage


def below_meeting(meeting: Meeting, **page: Any) -> FormPage:
    """The page of a form right below a meeting."""
    title = presented.meeting_title(meeting)
    return FormPage(
        head="casework/meetings/parts/meeting_crumbs.html",
        about=title,
        cancel=meeting.get_absolute_url(),
        values={"meeting": meeting, "title": title},
        **page,
    )


def below_item(item: AgendaItem, **page: Any) -> FormPage:
    """The page of a form right below one case of a meeting."""
    title = presented.meeting_title(item.meeting)
    return FormPage(
        head="casework/meetings/parts/agenda_crumbs.html",
        about=item.case.number,
        cancel=item.get_absolute_url(),
        values={"item": item, "case": item.case, "meeting": item.meeting, "title": title},
        **page,
    )
