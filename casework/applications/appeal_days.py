"""The last day of appeal against a recorded decision or a board's answer, reckoned by the rules of its own day."""

from datetime import date

from django.utils.translation import gettext as _

from casework.law import benefits as rules
from casework.law.appeal_rows import AppealStage
from casework.law.benefits import NoRule
from casework.law.deadlines import AppealLevel, Channel, Deadline, Notice, appeal_deadline
from casework.law.self_correction import ForwardingDays, forwarding_days
from casework.models import Appeal, Application, Decision


def of_decision(decision: Decision) -> Deadline | None:
    """Reckon the deadline of the first appeal; None when the decision is none to appeal or no rule is known.

    Raises:
        PrintedDayBeforeNotice, OutsideCalendar: as `casework.law.deadlines.appeal_deadline`.
    """
    return _reckoned(decision.application, AppealLevel.FIRST, decision)


def of_appeal(appeal: Appeal) -> Deadline | None:
    """Reckon the deadline of an appeal at its own level.

    Raises:
        PrintedDayBeforeNotice, OutsideCalendar
    """
    return _reckoned(appeal.decision.application, Appeal.Level(appeal.level).stage, appeal)


def stage_of(application: Application, on: date, level: AppealLevel) -> AppealStage | None:
    """Find who decides an appeal and where it is delivered; None when there is no appeal or no rule is known."""
    if not application.benefit.is_appealable:
        return None
    try:
        return rules.appeal_stage(application.decider.kind, on, level=level, benefit=application.benefit_code)
    except NoRule:
        return None


def body_name(application: Application, on: date, level: AppealLevel) -> str:
    """Name the board or court of a level in the active language, "" when there is none."""
    stage = stage_of(application, on, level)
    return rules.appeal_body(stage.body, on).name if stage else ""


def goes_to_board(appeal: Appeal) -> bool:
    """Whether the decider answers it first: it corrects itself, or passes the appeal on to a board."""
    level = Appeal.Level(appeal.level).stage
    stage = stage_of(appeal.decision.application, appeal.notice_on, level)
    return level == AppealLevel.FIRST and stage is not None and not stage.is_review


def forwarding_of(appeal: Appeal) -> ForwardingDays | None:
    """By when the decider passes an appeal on to the board; None when it does not, or no time is known (A11)."""
    if not goes_to_board(appeal):
        return None
    application = appeal.decision.application
    return forwarding_days(application.decider.kind, benefit=application.benefit_code, last_day=appeal.last_day)


def level_title(appeal: Appeal) -> str:
    """Name the level as it is called for this benefit and decider: a request for review, or an appeal to whom."""
    application = appeal.decision.application
    stage = stage_of(application, appeal.notice_on, Appeal.Level(appeal.level).stage)
    if stage is not None and stage.is_review:
        return _("Request for administrative review")
    body = body_name(application, appeal.notice_on, Appeal.Level(appeal.level).stage)
    return _("Appeal to %(body)s") % {"body": body} if body else _("Appeal")


def _reckoned(application: Application, level: AppealLevel, noticed: Decision | Appeal) -> Deadline | None:
    if not application.benefit.is_appealable:
        return None
    channel = Channel(noticed.channel)
    try:
        rule = rules.appeal_rule(
            application.decider.kind, channel, noticed.notice_on, level=level, benefit=application.benefit_code
        )
    except NoRule:
        return None
    notice = Notice(posted=noticed.notice_on, channel=channel)
    return appeal_deadline(notice=notice, rule=rule, printed_last_day=noticed.printed_last_day)
