"""What filed appeals ask for: is it passed on to the board in time, and does the client comment by the board's day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from casework.applications import appeal_days
from casework.applications.waiting import followed
from casework.cases.kept_ends import keeper_of
from casework.law.calendar import next_office_day
from casework.law.deadlines import AppealLevel
from casework.law.workflow import APPEAL_ANSWER_AWAITED, AppealState, ApplicationState
from casework.models import Appeal, Case, Decision
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

FORWARDED, COMMENTED = "appeal_forwarded", "appeal_comment"  # the rules' names, of which their causes begin


def _not_forwarded(on: date) -> Iterable[Appeal]:
    first = Appeal.Level.SELF_CORRECTION_AND_BOARD
    return followed(Appeal.objects.filter(state=AppealState.FILED, level=first, last_day__lt=on))


def _is_late(appeal: Appeal, on: date) -> Occasion | None:
    """Ask once after the usual time, and once more after the longest."""
    days = appeal_days.forwarding_of(appeal)
    if days is None or on <= days.usual:
        return None
    by = days.latest if on > days.latest else days.usual
    return Occasion(
        cause=_cause(appeal, by),
        case=appeal.decision.application.case,
        about=appeal.pk,
        due_on=next_office_day(by + timedelta(days=1))[0],
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_ask, appeal, by)),),
        keeper=keeper_of(appeal),
        is_still=partial(_is_still, appeal, state=AppealState.FILED, last_day=appeal.last_day),
        nearer=(_cause(appeal, days.latest),) if by == days.usual else (),
    )


def _cause(appeal: Appeal, by: date) -> str:
    return f"{FORWARDED}:{appeal.pk}:{by.isoformat()}"


def _ask(appeal: Appeal, by: date) -> str:
def _days_hold(case: Case) -> Iterator[str]:
    """Both days of each appeal that is with its decider; a corrected notice moves them."""
    filed = Appeal.objects.filter(state=AppealState.FILED, decision__application__case=case)
    for appeal in followed(filed):
        days = appeal_days.forwarding_of(appeal)
        if days is not None:
            yield from (_cause(appeal, days.usual), _cause(appeal, days.latest))


    body = appeal_days.body_name(appeal.decision.application, appeal.notice_on, AppealLevel.FIRST)
    known = {"body": body, "day": day(by)}
    return _("Ask whether the appeal was passed on (%(body)s): it should have been by %(day)s") % known


def _not_commented(on: date) -> Iterable[Appeal]:
    awaited = Appeal.objects.filter(state__in=sorted(APPEAL_ANSWER_AWAITED))
    return followed(awaited.filter(comment_due_on__isnull=False, commented_on=None))


def _comment(appeal: Appeal, on: date) -> Occasion | None:
    if appeal.comment_due_on is None:
        return None
    same = {"state": appeal.state, "comment_due_on": appeal.comment_due_on, "commented_on": None}
    return Occasion(
        cause=f"{COMMENTED}:{appeal.pk}:{appeal.comment_due_on.isoformat()}",
        case=appeal.decision.application.case,
        about=appeal.pk,
        due_on=appeal.comment_due_on,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_may_comment, appeal.comment_due_on)),),
        keeper=keeper_of(appeal),
        is_still=partial(_is_still, appeal, **same),
    )


def _may_comment(due_on: date) -> str:
    return _("The client may comment on the appeal by %(day)s") % {"day": day(due_on)}


def _is_still(appeal: Appeal, **same: Any) -> bool:
    """Ask anew whether it stands as it was read, with whom it was."""
    return followed(Appeal.objects.filter(pk=appeal.pk, **same)).filter(keeper=keeper_of(appeal)).exists()


FORWARDING = Source(
    name=FORWARDED, rows=_not_forwarded, about=lambda appeal: appeal.pk, occasion=_is_late, holding=_days_hold
)
COMMENTS = Source(
    name=COMMENTED, rows=_not_commented, about=lambda appeal: appeal.pk, occasion=_comment, is_statutory=True
)
SOURCES = (FORWARDING, COMMENTS)
