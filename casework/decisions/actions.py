"""What can be done to a decision: record it, confirm its notice and the last day of appeal, attach its text."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.applications import appeal_days, both_systems
from casework.case_tasks import lapsing
from casework.decisions import coverage
from casework.law.deadlines import AppealLevel, Deadline
from casework.law.errors import check_day
from casework.letters import actions as letters
from casework.models import Appeal, Application, Decision, Document
from casework.timeline import corrections, ledger
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal
from tenants.rough_days import RoughDay

Result = Decision.Result


class DecidedBeforeFiling(Doubt):
    user_message = _("The application has been with the decider since %(since)s. The decision is older than that.")
    field = "decided_on"


class CameAlready(Doubt):
    user_message = _("A decision of %(decided_on)s is recorded on this application. Look whether it is the same one.")
    field = "decided_on"


class NoticeBeforeDecision(Refusal):
    user_message = _("The decision is dated %(decided_on)s. It cannot have been sent before that. Check the days.")
    field = "notice_on"


class EndMissing(Refusal):
    user_message = _("Give the day until which it is granted.")
    field = "granted_until"


class FullGrantWithEnd(Refusal):
    user_message = _("You gave a last day. Choose “Granted until a day” as the result, or leave the day empty.")
    field = "granted_until"


class GrantEndsBeforeItBegins(Refusal):
    user_message = _("It is granted from %(granted_from)s. It cannot end before that. Check the days.")
    field = "granted_until"


class DocumentOfAnotherCase(Refusal):
    user_message = _("This document belongs to another case.")
    field = "document"


class HasLastDay(Refusal):
    user_message = _("The last day of appeal is %(last_day)s. Write either the day or why there is none.")
    field = "no_last_day_reason"


@transaction.atomic
def record(
    *,
    application: Application,
    decided_on: date,
    result: str,
    channel: str,
    notice_on: date,
    granted_from: RoughDay | None = None,
    granted_until: date | None = None,
    sent_to: str = Decision.SentTo.UNKNOWN,
    printed_last_day: date | None = None,
    document: Document | None = None,
    reasons: str = "",
    filed_on: date | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Record a decision; anything but a full grant opens the coverage check, and its last day runs or is asked for.

    `filed_on`: of an application whose filing was not written down before its decision came; it is filed first.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        NoticeBeforeDecision, EndMissing, FullGrantWithEnd, GrantEndsBeforeItBegins, DocumentOfAnotherCase
    Doubts: DecidedBeforeFiling, CameAlready
    """
    application = applications.locked(application)
    if filed_on is not None:
        filing: dict[str, Any] = {"filed_on": filed_on, "statement_follows": True, "version": version}
        application = both_systems.file(application=application, **filing, by=by, at=at)
        version = application.version
    waiting_since = application.waiting_since
    application = applications.decide(application=application, decided_on=decided_on, version=version, by=by)
    decision = Decision(
        application=application,
        round=application.current_round,
        decided_on=decided_on,
        result=result,
        granted_from=granted_from,
        granted_until=granted_until,
        channel=channel,
        notice_on=notice_on,
        sent_to=sent_to,
        printed_last_day=printed_last_day,
        document=document,
        reasons=reasons,
    )
    add(decision, earliest=waiting_since, by=by, at=at)
    ledger.cancel(about=application.pk, at=at)
    return decision


def add(decision: Decision, *, earliest: date | None, by: User, at: datetime) -> None:
    """Write a decision of a locked application down; what is no full grant opens its check and starts its clock.

    Raises:
        BeforeBirth, InTheFuture, NoticeBeforeDecision, DocumentOfAnotherCase, and what `checked_grant` raises.
    Doubts:
        DecidedBeforeFiling
        CameAlready: one of the same day stands.
    """
    application = decision.application
    check_days(application, earliest, decision.decided_on, decision.notice_on, today=helsinki(at))
    granted_from, granted_until = decision.granted_from, decision.granted_until
    decision.granted_from, decision.granted_until = checked_grant(
        application, decision.result, granted_from, granted_until
    )
    if application.decisions.filter(decided_on=decision.decided_on).exists():
        doubt(CameAlready(decided_on=day(decision.decided_on)))
    check_document(decision.document, application)
    appeal_days.check_printed(
        application, decision.printed_last_day, notice_on=decision.notice_on, level=AppealLevel.FIRST
    )
    decision.recorded_on = helsinki(at)
    reckon_clock(decision)
    decision.save()
    letters.ask(decision.document, at=at)
    if not decision.is_full_grant:
        coverage.open(decision=decision, by=by, at=at)
    _tell(decision, f"decision.{decision.result}", by=by, at=at, on=decision.decided_on)
    lapsing.follow(case=application.case, by=by, at=at)


@transaction.atomic
def confirm_notice(
    *,
    decision: Decision,
    channel: str,
    notice_on: date,
    printed_last_day: date | None = None,
    no_last_day_reason: str | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Confirm how and when the client got notice and the last day of appeal; a day printed in the decision wins (A07).

    Where no rule reckons a day and none is printed, the reason why there is none answers the question of Today. The
    first appeal takes the same days, filed or not. Reminders of another last day are cancelled. What was known before
    stays in the history.

    Raises:
        EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NoticeBeforeDecision
        HasLastDay: a reason why there is no last day, and there is one.
    """
    decision = locked(decision)
    decision.check_version(version)
    _check_notice(decision.application, decision.decided_on, notice_on, today=helsinki(at))
    check_printed(decision, printed_last_day, notice_on)
    before = decision.last_day
    said = {
        "channel": channel,
        "notice_on": notice_on,
        "printed_last_day": printed_last_day,
        "no_last_day_reason": no_last_day_reason,
    }
    why = Why(reason="", by=by, at=at, case=decision.application.case, kind="")
    has_next_version = corrections.correct(decision, said, why)
    decision.last_day_confirmed_at, decision.last_day_confirmed_by = at, by
    reckon_clock(decision)
    if has_next_version:
        decision.save()
    else:
        decision.save_version()
    if decision.last_day != before:
        ledger.cancel(about=decision.pk, at=at)
    carry_to_appeals(decision)
    _tell(decision, "decision.notice_confirmed", by=by, at=at)
    lapsing.follow(case=decision.application.case, by=by, at=at)
    return decision


@transaction.atomic
def attach_document(*, decision: Decision, document: Document, version: int, by: User, at: datetime) -> Decision:
    """Attach the text of the decision that has come later.

    Raises:
        EditedMeanwhile, CaseIsClosed, DocumentOfAnotherCase
    """
    decision = locked(decision)
    decision.check_version(version)
    check_document(document, decision.application)
    decision.document = document
    decision.save_version("document")
    letters.ask(document, at=at)
    _tell(decision, "decision.document_attached", by=by, at=at)
    return decision


def locked(decision: Decision) -> Decision:
    """Fetch the decision anew with its case, its application and itself locked.

    Raises:
        CaseIsClosed
    """
    application = applications.locked(decision.application)
    decision = decision.locked()
    decision.application = application
    return decision


def check_days(
    application: Application, waiting_since: date | None, decided_on: date, notice_on: date, *, today: date
) -> None:
    """Refuse days that cannot be true, and ask about a decision from before the waiting began.

    Raises:
        BeforeBirth, InTheFuture, NoticeBeforeDecision
    Doubts: DecidedBeforeFiling
    """
    check_day(decided_on, born_on=application.case.client.born_on, today=today, field="decided_on")
    if waiting_since is not None and decided_on < waiting_since:
        doubt(DecidedBeforeFiling(since=day(waiting_since)))
    _check_notice(application, decided_on, notice_on, today=today)


def checked_grant(
    application: Application, result: str, granted_from: RoughDay | None, granted_until: date | None
) -> tuple[RoughDay | None, date | None]:
    """Answer from when and until when something is granted: of a rejection neither.

    Raises:
        BeforeBirth, EndMissing, GrantEndsBeforeItBegins
        FullGrantWithEnd: it ends on a day, which a full grant does not say.
    """
    if result == Result.REJECTED:
        return None, None
    if result == Result.GRANTED and granted_until is not None:
        raise FullGrantWithEnd
    if result == Result.GRANTED_UNTIL and granted_until is None:
        raise EndMissing
    born_on = application.case.client.born_on
    check_day(granted_from, born_on=born_on, today=date.max, field="granted_from")  # it may begin later than today
    if granted_from and granted_until and granted_until < granted_from.first:
        raise GrantEndsBeforeItBegins(granted_from=day(granted_from))
    return granted_from, granted_until


def _check_notice(application: Application, decided_on: date, notice_on: date, *, today: date) -> None:
    check_day(notice_on, born_on=application.case.client.born_on, today=today, field="notice_on")
    if notice_on < decided_on:
        raise NoticeBeforeDecision(decided_on=day(decided_on))


def check_printed(decision: Decision, printed: date | None, notice_on: date) -> None:
    """Ask about a printed day that was not there before, or of another notice."""
    if (printed, notice_on) != (decision.printed_last_day, decision.notice_on):
        appeal_days.check_printed(decision.application, printed, notice_on=notice_on, level=AppealLevel.FIRST)


def check_document(document: Document | None, application: Application) -> None:
    """Refuse the text of somebody else's decision.

    Raises:
        DocumentOfAnotherCase
    """
    if document is not None and document.case_id != application.case_id:
        raise DocumentOfAnotherCase


def reckon(noticed: Decision | Appeal, deadline: Deadline | None) -> None:
    """Write the last day that is known, or that it is unknown; saving is the caller's.

    Raises:
        HasLastDay: a reason why there is none is written down, too.
    """
    if deadline is not None and noticed.is_without_last_day:
        raise HasLastDay(last_day=day(deadline.last_day))
    noticed.last_day = deadline.last_day if deadline else None
    noticed.safe_day = deadline.safe_day if deadline else None


def reckon_clock(decision: Decision) -> None:
    """Reckon the clock of a decision by its notice; saving is the caller's.

    Raises:
        HasLastDay
    """
    reckon(decision, appeal_days.of_decision(decision))


def carry_to_appeals(decision: Decision) -> None:
    """A first appeal has the days of its decision, also when it was filed: whether it was late follows from them."""
    first = decision.appeals.filter(level=Appeal.Level.SELF_CORRECTION_AND_BOARD)
    first.update(
        channel=decision.channel,
        notice_on=decision.notice_on,
        printed_last_day=decision.printed_last_day,
        last_day=decision.last_day,
        safe_day=decision.safe_day,
    )


def _tell(decision: Decision, kind: str, *, by: User, at: datetime, on: date | None = None) -> None:
    application = decision.application
    facts = applications.facts_of(application)
    if decision.granted_until:
        facts["granted_until"] = decision.granted_until.isoformat()
    if decision.last_day:
        facts["last_day"] = decision.last_day.isoformat()
    timeline.add(case=application.case, kind=kind, by=by, at=at, on=on, about=decision, facts=facts)
