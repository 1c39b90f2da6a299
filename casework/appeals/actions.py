"""What can be done to an appeal: begin it with the gaps as its grounds, edit, file, record the answer, withdraw."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals.appeal_grounds import first_draft
from casework.applications import appeal_days, owed
from casework.applications.actions import facts_of
from casework.case_tasks import actions as tasks
from casework.decisions import actions as decisions
from casework.decisions import coverage
from casework.law import workflow
from casework.law.errors import check_day, check_order
from casework.law.workflow import APPEAL, APPEAL_STATE_LABELS, AppealState
from casework.models import Appeal, Decision
from casework.readings import actions as readings
from casework.timeline import corrections, ledger
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal

Level = Appeal.Level


class AppealExists(Refusal):
    user_message = _("There is an appeal at this level already. Open it.")


class NothingToAppeal(Refusal):
    user_message = _("This ruling leaves nothing that can be appealed further, or there is nobody to appeal to.")


class LateReasonNeeded(Refusal):
    user_message = _(
        "The last day was %(last_day)s. It can be filed all the same, and may still be examined: "
        "write down why it is late."
    )
    field = "late_reason"


class LastDayUnknown(LateReasonNeeded):
    user_message = _(
        "The last day is not known, so nobody can tell whether the appeal is in time. Write down what is known of it."
    )


class NotARuling(Refusal):
    user_message = _("What the decider corrects itself is recorded as its new decision, not as a ruling.")
    field = "result"


class NotGivenHere(NotARuling):
    user_message = _("This is not what is answered here. Look at the ruling again.")


class NoticeBeforeAnswer(Refusal):
    user_message = _("The ruling is dated %(result_on)s. It cannot have been sent before that. Check the days.")
    field = "result_notice_on"


@transaction.atomic
def draft(*, decision: Decision, is_own_text: bool = False, by: User, at: datetime) -> Appeal:
    """Begin the first appeal against a decision; its grounds are written from the gaps of the coverage check.

    `is_own_text`: the client wrote it, and its words are not known here; nothing is written in their place.

    Raises:
        CaseIsClosed
        AppealExists: an appeal is under way or decided.
    """
    decision = decisions.locked(decision)
    first = Appeal(decision=decision, level=Level.SELF_CORRECTION_AND_BOARD)
    return _drafted(first, decision, is_own_text=is_own_text, by=by, at=at)


@transaction.atomic
def edit(*, appeal: Appeal, demand: str, grounds: str, version: int, by: User, at: datetime) -> Appeal:
    """Save the text of an appeal that has not been filed; what it said before stays in the history.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed
    """
    appeal = locked(appeal)
    allowed(appeal, "file", version, by)
    case, facts = appeal.decision.application.case, facts_of_appeal(appeal)
    why = Why(reason="", by=by, at=at, case=case, kind="appeal.edited", facts=facts)
    corrections.correct(appeal, {"demand": demand, "grounds": grounds}, why)
    return appeal


@transaction.atomic
def confirm_notice(
    *,
    appeal: Appeal,
    channel: str,
    notice_on: date,
    printed_last_day: date | None = None,
    no_last_day_reason: str | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Appeal:
    """Confirm how and when the board's answer came and the last day to appeal against it (SVL 17:2).

    What was known before stays in the history. The days of a first appeal are those of its decision:
    `actions.decisions.confirm_notice`.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        NoticeBeforeAnswer: sent before the answer was made.
        HasLastDay: a reason why there is no last day, and there is one.
    """
    appeal = locked(appeal)
    allowed(appeal, "file", version, by)
    check_own_day(appeal, notice_on, "notice_on", at)
    answered_on = appeal.against.result_on if appeal.against else None
    if answered_on and notice_on < answered_on:
        refusal = NoticeBeforeAnswer(result_on=day(answered_on))
        refusal.field = "notice_on"
        raise refusal
    application, level = appeal.decision.application, Level(appeal.level).stage
    if (printed_last_day, notice_on) != (appeal.printed_last_day, appeal.notice_on):
        appeal_days.check_printed(application, printed_last_day, notice_on=notice_on, level=level)
    before = appeal.last_day
    said = {
        "channel": channel,
        "notice_on": notice_on,
        "printed_last_day": printed_last_day,
        "no_last_day_reason": no_last_day_reason,
    }
    why = Why(reason="", by=by, at=at, case=appeal.decision.application.case, kind="")
    has_next_version = corrections.correct(appeal, said, why)
    appeal.last_day_confirmed_at, appeal.last_day_confirmed_by = at, by
    reckon(appeal)
    if has_next_version:
        appeal.save()
    else:
        appeal.save_version()
    if appeal.last_day != before:
        ledger.cancel(about=appeal.pk, at=at)
    tell(appeal, "appeal.notice_confirmed", by=by, at=at)
    return appeal


@transaction.atomic
def file(
    *,
    appeal: Appeal,
    filed_on: date,
    sent_by: str = "",
    late_reason: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Appeal:
    """Write down that the appeal has arrived where it is delivered. A late one is never blocked, only asked why (A10).

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        LateReasonNeeded, LastDayUnknown: as `reason_of`.
    Doubts:
        DayOrderWrong: filed before the decision was sent.
    """
    appeal = locked(appeal)
    step = allowed(appeal, "file", version, by)
    check_own_day(appeal, filed_on, "filed_on", at)
    check_order(appeal.notice_on, filed_on, field="filed_on")
    appeal.late_reason = reason_of(appeal, filed_on, late_reason)
    appeal.filed_on, appeal.sent_by = filed_on, sent_by
    move(appeal, step, "filed_on", "sent_by", "late_reason")
    cancel_reminders(appeal, at=at)
    readings.end_those_of(appeal, by=by, at=at)
    tell(appeal, step.audit, by=by, at=at, on=filed_on)
    return appeal


@transaction.atomic
def decide(
    *,
    appeal: Appeal,
    result: str,
    result_on: date,
    result_channel: str,
    result_notice_on: date,
    printed_last_day: date | None = None,
    is_own_text: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> Appeal:
    """Record the ruling of a board or a court. One that rejects something begins the next appeal, so its clock is seen.

    One that annuls the decision and returns the matter lets the application wait for a new one. What the decider itself
    answers is no ruling: `casework.appeals.self_correction`.

    A last day printed in the answer is that of the next appeal; so is `is_own_text`, as in `draft`.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NoticeBeforeAnswer
        NotARuling, NotGivenHere: as `check_ruling`.
    Doubts:
        DayOrderWrong: answered before it was filed.
    """
    appeal = locked(appeal)
    step = allowed(appeal, "decide", version, by)
    check_ruling(appeal, result)
    check_own_day(appeal, result_on, "result_on", at)
    check_own_day(appeal, result_notice_on, "result_notice_on", at)
    check_order(appeal.forwarded_on or appeal.filed_on, result_on, field="result_on")
    if result_notice_on < result_on:
        raise NoticeBeforeAnswer(result_on=day(result_on))
    application, following = appeal.decision.application, appeal_days.next_level(appeal)
    if following is not None:
        level = following.stage
        appeal_days.check_printed(application, printed_last_day, notice_on=result_notice_on, level=level)
    appeal.result, appeal.result_on = result, result_on
    appeal.result_channel, appeal.result_notice_on = result_channel, result_notice_on
    move(appeal, step, "result", "result_on", "result_channel", "result_notice_on")
    tasks.end_those_about(appeal.pk, tasks.drop, by=by, at=at)
    tell(appeal, step.audit, by=by, at=at, on=result_on, result=result)
    if appeal.has_annulled:
        owed.annul(application, ruling=appeal, by=by, at=at)
    if appeal.rejects_something and appeal_days.can_go_further(appeal):
        begin_further(appeal, printed_last_day=printed_last_day, is_own_text=is_own_text, by=by, at=at)
    return appeal


@transaction.atomic
def draft_next(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Begin the appeal to a court against a ruling, when the one begun at once was withdrawn, or none was.

    Raises:
        CaseIsClosed, AppealExists
        NothingToAppeal: there is no ruling that leaves something to appeal, or no level after its own.
    """
    appeal = locked(appeal)
    if not appeal_days.can_go_further(appeal):
        raise NothingToAppeal
    return begin_further(appeal, printed_last_day=_printed_before(_further(appeal)), by=by, at=at)


@transaction.atomic
def withdraw(
    *, appeal: Appeal, withdrawn_on: date, is_appeal_waived: bool = False, version: int, by: User, at: datetime
) -> Appeal:
    """End an appeal, and with it its reminders.

    The time of appeal runs on when a first one was not filed, unless the client does not appeal at all: one thrown
    away may be written anew. One to a court that was not filed counts as not going further.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    """
    appeal = locked(appeal)
    step = allowed(appeal, "withdraw", version, by)
    check_own_day(appeal, withdrawn_on, "withdrawn_on", at)
    appeal.withdrawn_on = withdrawn_on
    goes_on = has_time_after_all(appeal) and not is_appeal_waived
    move(appeal, step, "withdrawn_on")
    if is_appeal_waived:
        coverage.waive_appeal(decision=appeal.decision, by=by, at=at)
    if not goes_on:
        cancel_reminders(appeal, at=at)
    readings.end_those_of(appeal, by=by, at=at)
    tasks.end_those_about(appeal.pk, tasks.drop, by=by, at=at)
    tell(appeal, step.audit, by=by, at=at, on=withdrawn_on)
    return appeal


def locked(appeal: Appeal) -> Appeal:
    """Fetch the appeal anew with its case, its application, its decision and itself locked.

    Raises:
        CaseIsClosed
    """
    decision = decisions.locked(appeal.decision)
    appeal = appeal.locked("against")
    appeal.decision = decision
    return appeal


def begin_further(
    appeal: Appeal, *, printed_last_day: date | None = None, is_own_text: bool = False, by: User, at: datetime
) -> Appeal:
    """Begin the appeal to the next court against a ruling that rejects something: its last day runs or is asked for."""
    further = _further(appeal)
    further.printed_last_day = printed_last_day
    return _drafted(further, appeal.decision, is_own_text=is_own_text, by=by, at=at)


def reckon(appeal: Appeal) -> None:
    """Write the last day of an appeal, as its notice tells it or as unknown; saving is the caller's.

    Raises:
        HasLastDay
    """
    decisions.reckon(appeal, appeal_days.of_appeal(appeal))


def reason_of(appeal: Appeal, filed_on: date, late_reason: str) -> str:
    """Answer the reason to keep with an appeal that is filed on a day: none when it is in time.

    Raises:
        LateReasonNeeded: it is late and no reason is given.
        LastDayUnknown: nobody can tell whether it is, as while nobody knows how the decision came; no reason is given.
    """
    if not appeal.needs_reason(filed_on):
        return ""
    if late_reason.strip():
        return late_reason
    if appeal.last_day is not None and appeal.is_last_day_sure:
        raise LateReasonNeeded(last_day=day(appeal.last_day))
    raise LastDayUnknown


def has_time_after_all(appeal: Appeal) -> bool:
    """Whether the time of appeal runs on when this one is withdrawn: a first one, not filed, against no full grant."""
    return appeal.is_draft and appeal.is_first_level and not appeal.decision.is_full_grant


def cancel_reminders(appeal: Appeal, *, at: datetime) -> None:
    """Take back what was told of the last day: that of a first appeal is its decision's."""
    ledger.cancel(about=appeal.decision_id if appeal.is_first_level else appeal.pk, at=at)


def facts_of_appeal(appeal: Appeal) -> dict[str, str | int]:
    """What every event about an appeal says."""
    last_day = {"last_day": appeal.last_day.isoformat()} if appeal.last_day else {}
    return {**facts_of(appeal.decision.application), "level": appeal.level, **last_day}


def _further(appeal: Appeal) -> Appeal:
    level = appeal_days.next_level(appeal)
    if appeal.result_notice_on is None or level is None:
        raise NothingToAppeal
    return Appeal(
        decision=appeal.decision,
        against=appeal,
        level=level,
        channel=appeal.result_channel,
        notice_on=appeal.result_notice_on,
    )


def _printed_before(further: Appeal) -> date | None:
    """The last day that the ruling names itself, as an appeal against it that was given up knows it."""
    same = Appeal.objects.filter(against=further.against, channel=further.channel, notice_on=further.notice_on)
    printed: date | None = same.order_by("-created_at").values_list("printed_last_day", flat=True).first()
    return printed


def _drafted(appeal: Appeal, decision: Decision, *, is_own_text: bool = False, by: User, at: datetime) -> Appeal:
    if appeal.against is None:
        appeal.channel, appeal.notice_on = decision.channel, decision.notice_on
        appeal.printed_last_day = decision.printed_last_day
    if decision.appeals.filter(level=appeal.level).exclude(state=AppealState.WITHDRAWN).exists():
        raise AppealExists
    reckon(appeal)
    appeal.drafted_on = helsinki(at)
    if not is_own_text:
        appeal.demand, appeal.grounds = first_draft(appeal)
    appeal.save()
    tell(appeal, "appeal.drafted", by=by, at=at)
    return appeal


def allowed(appeal: Appeal, step: str, version: int, by: User) -> workflow.Transition:
    """Find the step of a locked appeal.

    Raises:
        StepNotAllowed, EditedMeanwhile
    """
    found = workflow.required(APPEAL, appeal.state, step, labels=APPEAL_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    appeal.check_version(version)
    return found


def move(appeal: Appeal, step: workflow.Transition, *fields: str) -> None:
    """Take a step that was allowed, and write the fields that come with it."""
    appeal.state = step.target
    appeal.save_version("state", *fields)


def check_ruling(appeal: Appeal, result: str) -> None:
    """Refuse an outcome that is not given where an appeal is decided.

    Raises:
        NotARuling: the decider corrected itself.
        NotGivenHere: a review returns nothing to its decider, and leave is asked of the last court only.
    """
    if result not in Appeal.RULINGS:
        raise NotARuling
    if result not in appeal_days.rulings_of(appeal):
        raise NotGivenHere


def check_own_day(appeal: Appeal, on: date, field: str, at: datetime) -> None:
    """Refuse a day before the client's birth, or one to come.

    Raises:
        BeforeBirth, InTheFuture
    """
    client = appeal.decision.application.case.client
    check_day(on, born_on=client.born_on, today=helsinki(at), field=field)


def tell(appeal: Appeal, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str | int) -> None:
    """Put a step of an appeal on the timeline."""
    known = {**facts_of_appeal(appeal), **facts}
    timeline.add(case=appeal.decision.application.case, kind=kind, by=by, at=at, on=on, about=appeal, facts=known)
