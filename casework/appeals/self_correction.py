"""What happens to an appeal before the board rules: the decider answers it first, and the client may comment.

The decider corrects its decision in full, which is a new decision that can be appealed; or in part, which is an interim
decision and starts no clock; and what it does not correct it passes on to the board (deploy/law.md).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals.actions import allowed, check_own_day, locked, move, tell
from casework.appeals.occasions import COMMENTED, FORWARDED
from casework.applications import actions as applications
from casework.applications import appeal_days
from casework.case_tasks import actions as tasks
from casework.decisions import actions as decisions
from casework.law.errors import check_order
from casework.models import Appeal, Decision
from casework.timeline import corrections
from casework.timeline.corrections import Why
from tenants import due
from tenants.accounts.models import User
from tenants.errors import Refusal


class NoBoard(Refusal):
    user_message = _("This appeal is ruled on where it was sent: nobody passes it on.")


@transaction.atomic
def correct_in_part(*, appeal: Appeal, on: date, version: int, by: User, at: datetime) -> Appeal:
    """Write down an interim decision: the decider corrects a part. It cannot be appealed, so no clock starts.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        NoBoard: the decider does not answer this appeal before somebody else.
    Doubts: DayOrderWrong
    """
    return _stepped(appeal, "correct_in_part", "partly_corrected_on", on, version=version, by=by, at=at)


@transaction.atomic
def forward(*, appeal: Appeal, on: date, version: int, by: User, at: datetime) -> Appeal:
    """Write down that the decider has passed the appeal on to the board, with its statement.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NoBoard
    Doubts: DayOrderWrong
    """
    appeal = _stepped(appeal, "forward", "forwarded_on", on, version=version, by=by, at=at)
    tasks.end_those_about(appeal.pk, tasks.do, rule=FORWARDED, by=by, at=at)
    return appeal


@transaction.atomic
def correct_in_full(*, appeal: Appeal, version: int, by: User, at: datetime, **decided: Any) -> Decision:
    """Record the new decision with which the decider corrects itself; the appeal ends, the decision can be appealed.

    `decided` is what `casework.decisions.actions.record` takes of a decision.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, NoBoard, and what `record` raises of what was typed.
    """
    appeal = locked(appeal)
    step = allowed(appeal, "correct_in_full", version, by)
    _check_goes_to_board(appeal)
    application = appeal.decision.application
    decision = Decision(application=application, follows=appeal, **decided)
    decisions.add(decision, earliest=appeal.filed_on, by=by, at=at)
    applications.follow_decisions(application=application)
    appeal.result, appeal.result_on = Appeal.Result.CORRECTED, decision.decided_on
    appeal.result_channel, appeal.result_notice_on = decision.channel, decision.notice_on
    move(appeal, step, "result", "result_on", "result_channel", "result_notice_on")
    tasks.end_those_about(appeal.pk, tasks.drop, by=by, at=at)
    tell(appeal, step.audit, by=by, at=at, on=decision.decided_on)
    return decision


@transaction.atomic
def ask_comment(*, appeal: Appeal, due_on: date, version: int, by: User, at: datetime) -> Appeal:
    """Write down by when the client may comment on what the decider or another party said (vastine).

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed
    Doubts:
        DayOrderWrong: due before the appeal was filed.
    """
    appeal = locked(appeal)
    step = allowed(appeal, "ask_comment", version, by)
    check_order(appeal.filed_on, due_on, field="due_on")
    _write(appeal, {"comment_due_on": due_on, "commented_on": None}, by=by, at=at)
    move(appeal, step)
    tasks.end_those_about(appeal.pk, tasks.drop, rule=COMMENTED, by=by, at=at)
    due.announce(due.Kind.REMINDERS, at=at)
    tell(appeal, step.audit, by=by, at=at, due_on=due_on.isoformat())
    return appeal


@transaction.atomic
def comment(*, appeal: Appeal, on: date, version: int, by: User, at: datetime) -> Appeal:
    """Write down that the client has commented, or said that there is nothing to comment on.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: before the appeal was filed.
    """
    appeal = locked(appeal)
    step = allowed(appeal, "comment", version, by)
    check_own_day(appeal, on, "on", at)
    check_order(appeal.filed_on, on, field="on")
    _write(appeal, {"commented_on": on}, by=by, at=at)
    move(appeal, step)
    tasks.end_those_about(appeal.pk, tasks.do, rule=COMMENTED, by=by, at=at)
    tell(appeal, step.audit, by=by, at=at, on=on)
    return appeal


def _stepped(appeal: Appeal, step_name: str, field: str, on: date, *, version: int, by: User, at: datetime) -> Appeal:
    appeal = locked(appeal)
    step = allowed(appeal, step_name, version, by)
    _check_goes_to_board(appeal)
    check_own_day(appeal, on, "on", at)
    check_order(appeal.filed_on, on, field="on")
    _write(appeal, {field: on}, by=by, at=at)
    move(appeal, step)
    tell(appeal, step.audit, by=by, at=at, on=on)
    return appeal


def _write(appeal: Appeal, said: Mapping[str, date | None], *, by: User, at: datetime) -> None:
    """Write days over those of an earlier answer or comment, which stay in the history."""
    case = appeal.decision.application.case
    corrections.fill_in(appeal, said, Why(reason="", by=by, at=at, case=case, kind=""))


def _check_goes_to_board(appeal: Appeal) -> None:
    if not appeal_days.goes_to_board(appeal):
        raise NoBoard
