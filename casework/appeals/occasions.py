"""What appeals ask for: is it passed on to the board in time, does the client comment by the board's day, and has the
new decision come after a ruling that changed the old one.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from casework.applications import appeal_days
from casework.applications.waiting import followed
from casework.cases.kept_ends import keeper_of
from casework.cases.terms import read_since
from casework.law.calendar import next_office_day
from casework.law.deadlines import AppealLevel
from casework.law.workflow import APPEAL_ANSWER_AWAITED, AppealState, ApplicationState
from casework.models import Appeal, Case, Decision
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

# The rules' names, of which their causes begin.
FORWARDED, COMMENTED, CHANGED = "appeal_forwarded", "appeal_comment", "appeal_changed"


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


def _days_hold(case: Case) -> Iterator[str]:
    """Both days of each appeal that is with its decider; a corrected notice moves them."""
    filed = Appeal.objects.filter(state=AppealState.FILED, decision__application__case=case)
    for appeal in followed(filed):
        days = appeal_days.forwarding_of(appeal)
        if days is not None:
            yield from (_cause(appeal, days.usual), _cause(appeal, days.latest))


def _cause(appeal: Appeal, by: date) -> str:
    return f"{FORWARDED}:{appeal.pk}:{by.isoformat()}"


def _ask(appeal: Appeal, by: date) -> str:
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


def _unfollowed() -> QuerySet[Any]:
    """Rulings that changed a decision, of matters of which neither a newer decision is here nor awaited."""
    changed = Appeal.objects.filter(
        state=AppealState.DECIDED,
        result__in=[Appeal.Result.CHANGED, Appeal.Result.PARTLY],
        decision__application__state=ApplicationState.DECIDED,
    )
    newer = Decision.objects.filter(
        application=OuterRef("decision__application"), decided_on__gte=OuterRef("result_on")
    )
    return followed(changed.exclude(Exists(newer)))


def _changed(on: date) -> Iterable[Appeal]:
    """Those of the last year: what was brought from before that is history."""
    return _unfollowed().filter(result_on__gte=read_since(on))


def _new_decision(appeal: Appeal, on: date) -> Occasion | None:
    """Ask at once; a review is the new decision itself."""
    if appeal.result_on is None or (appeal.is_first_level and not appeal_days.goes_to_board(appeal)):
        return None
    return Occasion(
        cause=_cause_of_ruling(appeal),
        case=appeal.decision.application.case,
        about=appeal.pk,
        due_on=next_office_day(appeal.result_notice_on or appeal.result_on)[0],
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=_ask_for_decision),),
        keeper=keeper_of(appeal),
        is_still=lambda: _unfollowed().filter(pk=appeal.pk, keeper=keeper_of(appeal)).exists(),
    )


def _ruling_holds(case: Case) -> Iterator[str]:
    return (_cause_of_ruling(appeal) for appeal in _unfollowed().filter(decision__application__case=case))


def _cause_of_ruling(appeal: Appeal) -> str:
    return f"{CHANGED}:{appeal.pk}:{appeal.result_on.isoformat() if appeal.result_on else ''}"


def _ask_for_decision() -> str:
    return _("The ruling changed the decision: record the new decision, or that it is awaited")


def _is_still(appeal: Appeal, **same: Any) -> bool:
    """Ask anew whether it stands as it was read, with whom it was."""
    return followed(Appeal.objects.filter(pk=appeal.pk, **same)).filter(keeper=keeper_of(appeal)).exists()


FORWARDING = Source(
    name=FORWARDED, rows=_not_forwarded, about=lambda appeal: appeal.pk, occasion=_is_late, holding=_days_hold
)
COMMENTS = Source(
    name=COMMENTED, rows=_not_commented, about=lambda appeal: appeal.pk, occasion=_comment, is_statutory=True
)
RULINGS = Source(
    name=CHANGED, rows=_changed, about=lambda appeal: appeal.pk, occasion=_new_decision, holding=_ruling_holds
)
SOURCES = (FORWARDING, COMMENTS, RULINGS)
