"""The last day of appeal against a recorded decision or a board's answer.

Reckoned by the rules of its own day; where there is none, the day printed in it; where there is none either, unknown.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.law import appeal_words
from casework.law import benefits as rules
from casework.law.appeal_rows import AppealStage
from casework.law.appeal_words import AppealWords
from casework.law.benefits import AppealBody, NoRule
from casework.law.deadlines import (
    AppealLevel,
    AppealRule,
    Channel,
    Deadline,
    Notice,
    appeal_deadline,
    printed_deadline,
)
from casework.law.origins import UNKNOWN
from casework.law.printed_days import odd_about
from casework.law.self_correction import ForwardingDays, forwarding_days
from casework.models import Appeal, Application, Decision
from tenants.doubts import Doubt, doubt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


FIRST_RULINGS = [ruling for ruling in Appeal.RULINGS if ruling != Appeal.Result.NO_LEAVE]


def of_decision(decision: Decision) -> Deadline | None:
    """Find the deadline of the first appeal; None when neither a rule nor the decision itself tells it.

    Raises:
        OutsideCalendar: as `casework.law.deadlines.appeal_deadline`.
    """
    return _reckoned(decision.application, AppealLevel.FIRST, decision)


def of_appeal(appeal: Appeal) -> Deadline | None:
    """Find the deadline of an appeal at its own level, None as `of_decision`.

    Raises:
        OutsideCalendar
    """
    return _reckoned(appeal.decision.application, Appeal.Level(appeal.level).stage, appeal)


def rule_of(
    application: Application, on: date, level: AppealLevel, channel: str = Channel.UNKNOWN
) -> AppealRule | None:
    """Find the rule for an appeal against what was sent on a day; None where there is none, or it is disputed."""
    if not application.benefit.is_appealable:
        return None
    kind, benefit = application.decider.kind, application.benefit_code
    try:
        return rules.appeal_rule(kind, Channel(channel), on, level=level, benefit=benefit)
    except NoRule:
        return None


class OddPrintedDay(Doubt):
    """A last day that is printed in a decision and looks like a slip."""

    field = "printed_last_day"

    def __init__(self, odd: "StrOrPromise") -> None:
        self.user_message = odd
        super().__init__()


def check_printed(application: Application, printed: date | None, *, notice_on: date, level: AppealLevel) -> None:
    """Ask about a printed last day that is too early or years away.

    Doubts: OddPrintedDay
    """
    rule = rule_of(application, notice_on, level)
    odd = printed and odd_about(printed, notice_on=notice_on, rule=rule)
    if odd:
        doubt(OddPrintedDay(odd))


def why_unknown(application: Application, on: date, level: AppealLevel) -> str:
    """Say why no rule reckons a last day, before one asks for it."""
    if not application.benefit.is_appealable:
        return _("No way of appeal is known for this benefit or service.")
    disputed = rules.dispute(application.decider.kind, on, level=level, benefit=application.benefit_code)
    return disputed or _("No rule is known for this decision, so no day is calculated.")


def next_level(appeal: Appeal) -> Appeal.Level | None:
    """Find the level that comes after the one of an appeal: a second court only where a rule knows of one.

    That the first ruling can be taken to a court is not asked of the rules: where they know nothing, its day is asked.
    """
    match appeal.level:
        case Appeal.Level.SELF_CORRECTION_AND_BOARD:
            return Appeal.Level.INSURANCE_COURT
        case Appeal.Level.INSURANCE_COURT if _has_stage(appeal, AppealLevel.SUPREME):
            return Appeal.Level.SUPREME_COURT
    return None


def can_go_further(appeal: Appeal) -> bool:
    """Whether a ruling leaves something that may be appealed, and there is a level to appeal to."""
    return appeal.may_be_appealed and next_level(appeal) is not None


def stage_of(application: Application, on: date, level: AppealLevel) -> AppealStage | None:
    """Find who decides an appeal and where it is delivered; None when there is no appeal or no rule is known."""
    if not application.benefit.is_appealable:
        return None
    try:
        return rules.appeal_stage(application.decider.kind, on, level=level, benefit=application.benefit_code)
    except NoRule:
        return None


def body_of(application: Application, on: date, level: AppealLevel) -> AppealBody | None:
    """Find the board or court of a level, None when there is none."""
    stage = stage_of(application, on, level)
    return rules.appeal_body(stage.body, on) if stage else None


def body_name(application: Application, on: date, level: AppealLevel) -> str:
    """Name it in the active language, "" when there is none."""
    body = body_of(application, on, level)
    return body.name if body else ""


def rulings_of(appeal: Appeal) -> list[Appeal.Result]:
    """List what can be answered at the level of an appeal; a review is the decider's own new decision."""
    is_review, asks_leave = words_of(appeal) is appeal_words.REVIEW, appeal.level == Appeal.Level.SUPREME_COURT
    left_out = {
        *([Appeal.Result.RETURNED] if is_review else []),
        *([] if asks_leave else [Appeal.Result.NO_LEAVE]),
    }
    return [ruling for ruling in Appeal.RULINGS if ruling not in left_out]


def goes_to_board(appeal: Appeal) -> bool:
    """Whether the decider answers it first: it corrects itself, or passes the appeal on to a board."""
    level = Appeal.Level(appeal.level).stage
    stage = stage_of(appeal.decision.application, appeal.notice_on, level)
    return level == AppealLevel.FIRST and stage is not None and not stage.is_review


def forwarding_of(appeal: Appeal) -> ForwardingDays | None:
    """By when the decider passes an appeal on to the board; None when it does not, or no time is known (A11).

    One that came late cannot be passed on before it was there: the same times from its arrival, which nobody verified.
    """
    if appeal.last_day is None or not goes_to_board(appeal):
        return None
    application, came_on = appeal.decision.application, appeal.filed_on or appeal.last_day
    last_day = max(appeal.last_day, came_on)
    days = forwarding_days(application.decider.kind, benefit=application.benefit_code, last_day=last_day)
    return replace(days, origin=UNKNOWN) if days and came_on > appeal.last_day else days


def words_of(noticed: Decision | Appeal) -> AppealWords:
    """What pages call the first appeal against a decision, or an appeal at its own level."""
    if isinstance(noticed, Appeal):
        return noticed.words
    kind, benefit = noticed.application.decider.kind, noticed.application.benefit_code
    return appeal_words.words_of(kind, noticed.notice_on, level=AppealLevel.FIRST, benefit=benefit)


def level_title(appeal: Appeal) -> str:
    """Name the level as it is called for this benefit and decider: a review, an appeal to whom, or leave to appeal."""
    words, application = words_of(appeal), appeal.decision.application
    if words is appeal_words.REVIEW or words is appeal_words.LEAVE:
        return str(words.name)
    body = body_name(application, appeal.notice_on, Appeal.Level(appeal.level).stage)
    return _("Appeal to %(body)s") % {"body": body} if body else _("Appeal")


def _has_stage(appeal: Appeal, level: AppealLevel) -> bool:
    application, on = appeal.decision.application, appeal.result_notice_on or appeal.notice_on
    if not application.benefit.is_appealable:
        return False
    return rules.has_stage(application.decider.kind, on, level=level, benefit=application.benefit_code)


def _reckoned(application: Application, level: AppealLevel, noticed: Decision | Appeal) -> Deadline | None:
    notice = Notice(posted=noticed.notice_on, channel=Channel(noticed.channel))
    rule, printed = rule_of(application, noticed.notice_on, level, noticed.channel), noticed.printed_last_day
    if rule is not None:
        return appeal_deadline(notice=notice, rule=rule, printed_last_day=printed)
    return printed_deadline(notice=notice, printed_last_day=printed) if printed else None
