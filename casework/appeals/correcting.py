"""Correcting an appeal, taking its latest step back, or taking back all of it; what follows is reckoned anew.

None of these is a step of its life: the facts were written down wrong, and the old ones stay in the history.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals.actions import (
    AppealExists,
    NothingToAppeal,
    NoticeBeforeAnswer,
    begin_further,
    check_ruling,
    facts_of_appeal,
    locked,
    reason_of,
    reckon,
)
from casework.applications import actions as applications
from casework.applications import appeal_days, owed
from casework.applications.actions import facts_of
from casework.applications.correcting import NoStepToTakeBack
from casework.case_tasks import lapsing
from casework.decisions import correcting as corrected_decisions
from casework.law.errors import DayTooLate, check_day, check_order
from casework.law.workflow import AppealState
from casework.models import Appeal
from casework.models.appeal import ON_THE_WAY
from casework.readings import actions as readings
from casework.timeline import corrections, kept, ledger
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import doubt
from tenants.errors import Refusal

RULING = ("result", "result_on", "result_channel", "result_notice_on")


class HasFurtherAppeal(Refusal):
    user_message = _("An appeal against this ruling was filed. Correct that one first.")


class FollowsFromRuling(Refusal):
    user_message = _(
        "This appeal follows from a ruling, and its last day must not be lost. Withdraw it if the client does not "
        "appeal, or correct the ruling."
    )


@dataclass(frozen=True, kw_only=True)
class AppealFacts:
    """What was written down about an appeal; what no step has written yet is not looked at."""

    demand: str
    grounds: str
    filed_on: date | None = None
    sent_by: str = ""
    late_reason: str = ""
    partly_corrected_on: date | None = None
    forwarded_on: date | None = None
    comment_due_on: date | None = None
    commented_on: date | None = None
    result: str = ""
    result_on: date | None = None
    result_channel: str = ""
    result_notice_on: date | None = None
    withdrawn_on: date | None = None


@transaction.atomic
def correct(*, appeal: Appeal, facts: AppealFacts, reason: str, version: int, by: User, at: datetime) -> Appeal:
    """Correct what was written down about an appeal. What came of its ruling follows: the next appeal, or a new wait.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        LateReasonNeeded, LastDayUnknown: as `casework.appeals.actions.reason_of`.
        NoticeBeforeAnswer: the ruling was sent before it was made.
        NotARuling, NotGivenHere: as `casework.appeals.actions.check_ruling`.
        HasFurtherAppeal: the ruling leaves nothing to appeal, and a further appeal was filed.
        WaitWasFollowed: it returns the matter no longer, and a new decision was recorded.
    Doubts: DayOrderWrong, DayTooLate
    """
    appeal = _standing(appeal, version)
    values = {name: value for name, value in asdict(facts).items() if name in appeal.recorded}
    _check_filing(appeal, values, at=at)
    _check_way(appeal, values, at=at)
    _check_ruling(appeal, values, at=at)
    _check_own_day(appeal, values, "withdrawn_on", at=at)
    before = _ruling(appeal)
    why = _why(appeal, "appeal.corrected", reason=reason, by=by, at=at)
    if corrections.correct(appeal, values, why) and _ruling(appeal) != before:
        _follow_ruling(appeal, why)
        kept.keep(appeal.decision.application.case)  # the line was written before what follows from it
    lapsing.follow(case=appeal.decision.application.case, by=by, at=at)
    return appeal


@transaction.atomic
def take_back_step(*, appeal: Appeal, reason: str, version: int, by: User, at: datetime) -> Appeal:
    """Take back the latest step, which was never taken: the clock of an appeal that was not filed runs on.

    An appeal to a court that was begun against a ruling goes with it, and so does the wait for a new decision, or the
    new decision with which the decider corrected itself.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        NoStepToTakeBack: it is in preparation.
        HasFurtherAppeal: an appeal against the ruling was filed.
        WaitWasFollowed: the ruling returned the matter, and a new decision was recorded.
        HasAppeal: an appeal stands against the new decision.
        AppealExists, NothingToAppeal: it was withdrawn, and another was begun or the ruling is another since.
    """
    appeal = _standing(appeal, version)
    values = _before_latest_step(appeal)
    if not values:
        raise NoStepToTakeBack
    why = _why(appeal, "appeal.corrected", reason=reason, by=by, at=at)
    if appeal.is_decided:
        _take_back_further(appeal, why)
        _take_back_new_decision(appeal, why)
        owed.take_back(appeal.decision.application, owed.begun_by(appeal), why=why)
    if appeal.withdrawn_on:
        _check_alone(appeal)
        _take_days_of_notice(appeal)
    corrections.correct(appeal, values, why)
    lapsing.follow(case=appeal.decision.application.case, by=by, at=at)
    return appeal


@transaction.atomic
def take_back(*, appeal: Appeal, reason: str, version: int, by: User, at: datetime) -> Appeal:
    """Take back an appeal that was written down by mistake; the clock of its decision runs on without it.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        FollowsFromRuling: it is one to a court, which goes with the ruling only.
        HasFurtherAppeal: an appeal against its ruling was filed.
        WaitWasFollowed: the ruling returned the matter, and a new decision was recorded.
    """
    appeal = _standing(appeal, version)
    if not can_be_taken_back(appeal):
        raise FollowsFromRuling
    why = _why(appeal, "appeal.removed", reason=reason, by=by, at=at)
    _take_back_further(appeal, why)
    owed.take_back(appeal.decision.application, owed.begun_by(appeal), why=why)
    readings.end_those_of(appeal, by=by, at=at)
    corrections.take_back(appeal, why)
    lapsing.follow(case=appeal.decision.application.case, by=by, at=at)
    return appeal


def can_be_taken_back(appeal: Appeal) -> bool:
    """Whether no clock is lost with it: the day of a ruling is kept by the appeal against it alone."""
    return appeal.against is None or appeal.state == AppealState.WITHDRAWN


def _standing(appeal: Appeal, version: int) -> Appeal:
    appeal = locked(appeal)
    corrections.check_standing(appeal.decision)
    corrections.check_standing(appeal)
    appeal.check_version(version)
    return appeal


def _why(appeal: Appeal, kind: str, *, reason: str, by: User, at: datetime) -> Why:
    case = appeal.decision.application.case
    return Why(reason=reason, by=by, at=at, case=case, kind=kind, facts=facts_of_appeal(appeal))


def _check_own_day(appeal: Appeal, values: dict[str, Any], name: str, *, at: datetime) -> None:
    client = appeal.decision.application.case.client
    check_day(values.get(name), born_on=client.born_on, today=helsinki(at), field=name)


def _check_filing(appeal: Appeal, values: dict[str, Any], *, at: datetime) -> None:
    """Check the day of filing; the reason of an appeal that was not late is none."""
    filed_on = values.get("filed_on")
    if filed_on is None:
        return
    _check_own_day(appeal, values, "filed_on", at=at)
    check_order(appeal.notice_on, filed_on, field="filed_on")
    values["late_reason"] = reason_of(appeal, filed_on, values["late_reason"])


def _check_way(appeal: Appeal, values: dict[str, Any], *, at: datetime) -> None:
    """Check the days between filing and ruling; by when the client may comment may lie ahead."""
    for name in ("partly_corrected_on", "forwarded_on", "commented_on"):
        _check_own_day(appeal, values, name, at=at)
    for name in ON_THE_WAY:
        check_order(values["filed_on"], values.get(name), field=name)


def _check_ruling(appeal: Appeal, values: dict[str, Any], *, at: datetime) -> None:
    if "result_on" not in values:
        return
    check_ruling(appeal, values["result"])
    _check_own_day(appeal, values, "result_on", at=at)
    _check_own_day(appeal, values, "result_notice_on", at=at)
    check_order(values["filed_on"], values["result_on"], field="result_on")
    if values["result_notice_on"] < values["result_on"]:
        raise NoticeBeforeAnswer(result_on=day(values["result_on"]))


def _ruling(appeal: Appeal) -> tuple[Any, ...]:
    return tuple(getattr(appeal, name) for name in RULING)


def _follow_ruling(appeal: Appeal, why: Why) -> None:
    """Let what came of a ruling follow its correction: the wait for a new decision, and the next appeal."""
    owed.follow(appeal.decision.application, ruling=appeal, why=why)
    if not appeal_days.can_go_further(appeal):
        _take_back_further(appeal, why)
        return
    further = _further_of(appeal)
    if further is not None:
        _take_days_of_ruling(further, appeal, at=why.at)
    elif (
        appeal.rejects_something and not appeal.next_appeals.exists()
    ):  # one that was withdrawn is begun again by a person
        begin_further(appeal, by=why.by, at=why.at)


def _take_days_of_ruling(further: Appeal, appeal: Appeal, *, at: datetime) -> None:
    """Reckon the clock of the next appeal anew; what was confirmed of other days is confirmed no longer."""
    noticed = (appeal.result_channel, appeal.result_notice_on)
    if noticed == (further.channel, further.notice_on) or appeal.result_notice_on is None:
        return
    if further.filed_on and further.filed_on < appeal.result_notice_on:
        doubt(DayTooLate(latest=further.filed_on, field="result_notice_on"))
    further.channel, further.notice_on = appeal.result_channel, appeal.result_notice_on
    further.last_day_confirmed_at = further.last_day_confirmed_by = None
    reckon(further)
    further.save_version()
    ledger.cancel(about=further.pk, at=at)


def _take_back_further(appeal: Appeal, why: Why) -> None:
    """Take back the next appeal that was begun against a ruling that does not stand.

    Raises:
        HasFurtherAppeal
    """
    further = _further_of(appeal)
    if further is None:
        return
    if not further.is_draft:
        raise HasFurtherAppeal
    removed = _why(further, "appeal.removed", reason=why.reason, by=why.by, at=why.at)
    readings.end_those_of(further, by=why.by, at=why.at)
    corrections.take_back(further, removed)
    ledger.cancel(about=further.pk, at=why.at)


def _take_back_new_decision(appeal: Appeal, why: Why) -> None:
    """Take back the decision with which the decider corrected itself; the one before it is the newest again.

    Raises:
        HasAppeal
    """
    decision = appeal.new_decisions.select_for_update().first()
    if decision is None:
        return
    corrected_decisions.check_not_appealed(decision)
    application = appeal.decision.application
    decision.application = application
    removed = replace(why, kind="decision.removed", facts={**facts_of(application), "result": decision.result})
    corrections.take_back(decision, removed)
    ledger.cancel(about=decision.pk, at=why.at)
    applications.follow_decisions(application=application)
    lapsing.follow(case=application.case, by=why.by, at=why.at)


def _further_of(appeal: Appeal) -> Appeal | None:
    """The appeal against this ruling that stands, locked."""
    found: Appeal | None = appeal.next_appeals.exclude(state=AppealState.WITHDRAWN).select_for_update().first()
    if found is not None:
        found.decision = appeal.decision
    return found


def _before_latest_step(appeal: Appeal) -> dict[str, Any]:
    """What the appeal said before its latest step; nothing when there is none to take back."""
    match appeal.state:
        case AppealState.WITHDRAWN:
            return {"state": _state_before_end(appeal), "withdrawn_on": None}
        case AppealState.DECIDED:
            ruling = {"result": "", "result_on": None, "result_channel": "", "result_notice_on": None}
            return {"state": _state_before_end(appeal)} | ruling
        case AppealState.FORWARDED | AppealState.FILED if appeal.commented_on:
            return {"commented_on": None}
        case AppealState.FORWARDED | AppealState.FILED if appeal.comment_due_on:
            return {"comment_due_on": None}
        case AppealState.FORWARDED:
            return {"state": AppealState.FILED.value, "forwarded_on": None}
        case AppealState.FILED if appeal.partly_corrected_on:
            return {"partly_corrected_on": None}
        case AppealState.FILED:
            return {"state": AppealState.DRAFT.value, "filed_on": None, "sent_by": "", "late_reason": ""}
    return {}


def _state_before_end(appeal: Appeal) -> str:
    if appeal.filed_on is None:
        return AppealState.DRAFT.value
    return (AppealState.FORWARDED if appeal.forwarded_on else AppealState.FILED).value


def _check_alone(appeal: Appeal) -> None:
    others = appeal.decision.appeals.filter(level=appeal.level).exclude(state=AppealState.WITHDRAWN)
    if others.exists():
        raise AppealExists


def _take_days_of_notice(appeal: Appeal) -> None:
    """Reckon the clock of an appeal that does not count as withdrawn: it followed no correction meanwhile."""
    if appeal.filed_on:
        return
    noticed = appeal.against
    if noticed is None:
        appeal.channel, appeal.notice_on = appeal.decision.channel, appeal.decision.notice_on
        appeal.printed_last_day = appeal.decision.printed_last_day
    else:
        corrections.check_standing(noticed)
        if not appeal_days.can_go_further(noticed) or noticed.result_notice_on is None:
            raise NothingToAppeal
        appeal.channel, appeal.notice_on = noticed.result_channel, noticed.result_notice_on
    reckon(appeal)
    appeal.save(update_fields=["channel", "notice_on", "printed_last_day", "last_day", "safe_day"])
