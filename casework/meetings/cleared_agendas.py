"""What follows for agendas when a case may no longer be discussed: items leave them, and their chairs are told."""

import enum
from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from casework.case_tasks import actions as tasks
from casework.meetings import agenda
from casework.models import AgendaItem
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import day, helsinki


class Because(enum.Enum):
    """Why the ground of an item is gone."""

    WITHDRAWN = enum.auto()
    LEFT = enum.auto()
    WRONG = enum.auto()
    CLOSED = enum.auto()


ENDING = {Because.LEFT, Because.CLOSED}  # the case ends in the same act


def clear_agendas(items: Iterable[AgendaItem], *, by: User, at: datetime, because: Because = Because.WITHDRAWN) -> None:
    """Take items off the agendas of meetings to come, and tell each chair by a task, in the caller's transaction.

    A meeting that has begun keeps its item, because it was discussed while that was allowed; its chair is asked to look
    at what the minutes hold.
    """
    for item in items:
        chair = _chair(item, by=by)
        with translation.override(chair.language):
            words = _words(item, because, at=at)
        if item.meeting.starts_at > at:
            agenda.take_off(item=item, reason=words, by=by, at=at)
        goes_on = item.case.is_open and because not in ENDING  # a closed case has no tasks: the words name it
        case = item.case if goes_on else None
        tasks.add(case=case, title=words, due_on=helsinki(at), assignee=chair, by=by, at=at)


def _words(item: AgendaItem, because: Because, *, at: datetime) -> str:
    values = {"number": item.case.number, "day": day(item.meeting.starts_at)}
    if item.meeting.starts_at <= at:
        words = {
            Because.WITHDRAWN: _("The client of case %(number)s took the consent back. Check the minutes of %(day)s."),
            Because.LEFT: _("The client of case %(number)s has left the service. Check the minutes of %(day)s."),
            Because.WRONG: _("The consent in case %(number)s was recorded wrong. Check the minutes of %(day)s."),
            Because.CLOSED: _("Case %(number)s is closed. Check the minutes of %(day)s."),
        }
    else:
        words = {
            Because.WITHDRAWN: _("Case %(number)s is off the agenda of %(day)s: the client took the consent back."),
            Because.LEFT: _("Case %(number)s is off the agenda of %(day)s: the client has left the service."),
            Because.WRONG: _("Case %(number)s is off the agenda of %(day)s: the consent was recorded wrong."),
            Because.CLOSED: _("Case %(number)s is off the agenda of %(day)s: the case is closed."),
        }
    return words[because] % values


def _chair(item: AgendaItem, *, by: User) -> User:
    """Who is told: the chair, or the coordinator when the chair has left; a withdrawal is never refused for that."""
    people = (item.meeting.chair, item.case.coordinator)
    return next((person for person in people if person.is_active and person.has(Permission.SEE_CASE)), by)
