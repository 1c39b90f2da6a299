"""The door to a case: who may see which one ever, and who may see it now. Every row that hangs on a case is behind it.

A list may name every case that its reader may ever see (`visible_cases`) with the one line of what is due in it,
because somebody who stands in for a colleague has to find the client; each name is logged. Whatever opens, tells or
changes more asks the second question (`is_open_to`), and where the answer is no, the page that asks for the reason
comes first. `tests/rules/test_door.py` holds the list of lists and tries every address.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.cases.kept_ends import kept_cases
from casework.law.workflow import AppealState, DescriptionState
from casework.models import AgendaItem, Case, CaseParticipant, Meeting, MeetingParticipant, ReadingRequest
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit.models import AccessEntry
from tenants.display import midnight

type View = Callable[..., HttpResponse]

GIVEN_REASON = "case.reason_given"


class ReasonNeeded(Exception):
    """The case is somebody else's: the person must first say why it is opened. Views answer with the page that asks."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(number)


def visible_cases(user: User) -> QuerySet[Case]:
    """The cases a list may name to a person: all to those who work with cases; to a team member those of their teams.

    That is *may ever*. No row of a case is handed out on it alone: see `open_cases` and `pass_door`.
    """
    cases = Case.objects.select_related("client", "coordinator")
    if user.has(Permission.WORK_CASE):
        return cases
    if user.has(Permission.SEE_CASE):
        return cases.filter(pk__in=taking_part(user.pk))
    return cases.none()


def own_cases(user: User) -> QuerySet[Case]:
    """The cases a person coordinates or is in the team of; to a team member all they see is their own."""
    cases = visible_cases(user)
    return cases.filter(pk__in=own_keys(user.pk)) if user.has(Permission.WORK_CASE) else cases


def in_visible_cases(user: User) -> Q:
    """The condition on rows of a case that it is visible; none for those to whom every case is."""
    return Q() if user.has(Permission.WORK_CASE) else Q(case__in=visible_cases(user).order_by().values("pk"))


def open_cases(user: User, *, on: date) -> QuerySet[Case]:
    """The cases a person may see on a day without being asked why."""
    return visible_cases(user).filter(is_open_to(user, on=on))


def is_open_to(user: User, *, on: date) -> Q:
    """Whether a case that is visible may be seen now: one's own, that of a team, or one a reason was given for.

    A closed one as well, while one follows something of it.
    """
    return is_open_since(user.pk, midnight(on))


def is_open_since(user: uuid.UUID, since: datetime) -> Q:
    """The same for the key of a person, of reasons that were given since a moment."""
    own = Q(coordinator=user) | Q(pk__in=taking_part(user)) | Q(pk__in=kept_cases(user))
    return own | Q(_has_given_reason(user, since=since))


def readings_of(user: User) -> QuerySet[ReadingRequest]:
    """The drafts a person was asked to read, while that lasts: each opens itself, and nothing else of its case.

    Until it is read, taken back or out, and the case goes on; of a team member, also while they are in its team.
    """
    appealed = Q(appeal__state=AppealState.DRAFT, appeal__removed_at=None, appeal__decision__removed_at=None)
    described = Q(description__state=DescriptionState.DRAFT)
    asked = ReadingRequest.objects.filter(appealed | described, reader=user, state=ReadingRequest.State.ASKED)
    asked = asked.filter(case__closed_on=None)
    if user.has(Permission.WORK_CASE):
        return asked
    return asked.filter(case__in=taking_part(user.pk)) if user.has(Permission.SEE_CASE) else asked.none()


def pass_door(user: User, cases: Iterable[Case], *, on: date) -> None:
    """Let a person through to rows of these cases. Nothing is logged: that is for who shows them.

    Raises:
        Http404: the person may not even know of one of them.
        ReasonNeeded: one of them is somebody else's, and on that day no reason was given yet.
    """
    wanted = {case.pk: case.number for case in cases}
    if not wanted:
        return
    is_open = as_fact(is_open_to(user, on=on))
    asked = visible_cases(user).filter(pk__in=wanted).annotate(is_open_to_user=is_open)
    answers = dict(asked.order_by().values_list("pk", "is_open_to_user"))
    if wanted.keys() - answers.keys():
        raise Http404
    for key in wanted:
        if not answers[key]:
            raise ReasonNeeded(wanted[key])


def as_fact(condition: Q) -> ExpressionWrapper:  # type: ignore[type-arg]
    """Make a condition a column that is true or false."""
    return ExpressionWrapper(condition, output_field=BooleanField())


def asking_for_reason(view: View) -> View:
    """Answer with the page that asks for the reason when a query says that one is needed; set around every view."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReasonNeeded as needed:
            back = request.get_full_path() if request.method == "GET" else reverse("case", args=[needed.number])
            return redirect(f"{reverse('case_reason', args=[needed.number])}?{urlencode({'next': back})}")

    return asked


def taking_part(user: uuid.UUID) -> QuerySet[Any, Any]:
    """The keys of the cases a person is in the team of, or is invited to a meeting about."""
    return _team_keys(user).union(_agenda_keys(user))


def own_keys(user: uuid.UUID, **which: Any) -> QuerySet[Any, Any]:
    """The keys of the cases a worker coordinates or is in the team of; `which` says which of them.

    Each kind by its own index; one condition for both would look at every case there is.
    """
    of_team = {f"case__{name}": value for name, value in which.items()}
    return Case.objects.filter(coordinator=user, **which).order_by().values("pk").union(_team_keys(user, **of_team))


def _team_keys(user: uuid.UUID, **which: Any) -> QuerySet[Any, Any]:
    return CaseParticipant.objects.filter(user=user, until=None, **which).order_by().values("case")


def _agenda_keys(user: uuid.UUID) -> QuerySet[Any, Any]:
    """From the invitation until the minutes are closed, the person leaves, or the case is taken off or closed."""
    invited = MeetingParticipant.objects.filter(user=user, left_at=None).order_by().values("meeting")
    items = AgendaItem.objects.filter(meeting__in=invited, meeting__state=Meeting.State.PLANNED, case__closed_on=None)
    return items.exclude(state=AgendaItem.State.WITHDRAWN).order_by().values("case")


def _has_given_reason(user: uuid.UUID, *, since: datetime) -> Exists:
    """Ask the log itself: a reason holds for the Finnish day it was given on.

    Nothing bounds it above: the log has the database's clock, which at midnight may be ahead of the web server's.
    """
    has_reason = Q(reason_key__isnull=False)  # by the index of entries that have one
    given = {"subject": OuterRef("number"), "actor": user, "action": GIVEN_REASON, "at__gte": since}
    return Exists(AccessEntry.objects.filter(has_reason, **given))
