"""What can be done to a decision: record it, and confirm the day of notice and the last day of appeal against it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.applications import appeal_days
from casework.decisions import coverage
from casework.law.errors import check_day
from casework.law.workflow import AppealState
from casework.models import Appeal, Application, Decision, Document
from casework.timeline import ledger
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal

Result = Decision.Result


class DecidedBeforeFiling(Refusal):
    user_message = _("The application was filed on %(filed_on)s; a decision cannot be older than that.")
    field = "decided_on"


class NoticeBeforeDecision(Refusal):
    user_message = _("The decision was made on %(decided_on)s; it cannot have been sent before that.")
    field = "notice_on"


class EndMissing(Refusal):
    user_message = _("Say until which day it is granted.")
    field = "granted_until"


class DocumentOfAnotherCase(Refusal):
    user_message = _("This document belongs to another case.")
    field = "document"


@transaction.atomic
def record(
    *,
    application: Application,
    decided_on: date,
    result: str,
    channel: str,
    notice_on: date,
    granted_until: date | None = None,
    printed_last_day: date | None = None,
    document: Document | None = None,
    reasons: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Record a decision; anything but a full grant opens the coverage check and starts the appeal clock.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        DecidedBeforeFiling, NoticeBeforeDecision, EndMissing, DocumentOfAnotherCase
        PrintedDayBeforeNotice: the printed last day is not after the day of sending.
    """
    application = applications.locked(application)
    waiting_since = application.waiting_since
    application = applications.decide(application=application, decided_on=decided_on, version=version, by=by)
    _check_days(application, waiting_since, decided_on, notice_on, today=helsinki(at))
    if result == Result.GRANTED_UNTIL and granted_until is None:
        raise EndMissing
    _check_document(document, application)
    decision = Decision(
        application=application,
        decided_on=decided_on,
        result=result,
        granted_until=granted_until if result == Result.GRANTED_UNTIL else None,
        channel=channel,
        notice_on=notice_on,
        printed_last_day=printed_last_day,
        document=document,
        reasons=reasons,
        recorded_on=helsinki(at),
    )
    _reckon(decision)
    decision.save()
    ledger.cancel(about=application.pk, at=at)
    _tell(decision, f"decision.{result}", by=by, at=at, on=decided_on)
    if not decision.is_full_grant:
        coverage.open(decision=decision, by=by, at=at)
    return decision


@transaction.atomic
def confirm_notice(
    *,
    decision: Decision,
    channel: str,
    notice_on: date,
    printed_last_day: date | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Confirm how and when the client got notice and the last day of appeal; a day printed in the decision wins (A07).

    A draft of the first appeal takes the same days. Reminders of another last day are cancelled.

    Raises:
        EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NoticeBeforeDecision, PrintedDayBeforeNotice
    """
    decision = locked(decision)
    decision.check_version(version)
    _check_notice(decision.application, decision.decided_on, notice_on, today=helsinki(at))
    before = decision.last_day
    decision.channel, decision.notice_on, decision.printed_last_day = channel, notice_on, printed_last_day
    decision.last_day_confirmed_at, decision.last_day_confirmed_by = at, by
    _reckon(decision)
    decision.save_version()
    if decision.last_day != before:
        ledger.cancel(about=decision.pk, at=at)
    _carry_to_draft(decision)
    _tell(decision, "decision.notice_confirmed", by=by, at=at)
    return decision


@transaction.atomic
def attach_document(*, decision: Decision, document: Document, version: int, by: User, at: datetime) -> Decision:
    """Attach the text of the decision that has come later.

    Raises:
        EditedMeanwhile, CaseIsClosed, DocumentOfAnotherCase
    """
    decision = locked(decision)
    decision.check_version(version)
    _check_document(document, decision.application)
    decision.document = document
    decision.save_version("document")
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


def _check_days(
    application: Application, waiting_since: date | None, decided_on: date, notice_on: date, *, today: date
) -> None:
    check_day(decided_on, born_on=application.case.client.born_on, today=today, field="decided_on")
    if waiting_since is not None and decided_on < waiting_since:
        raise DecidedBeforeFiling(filed_on=day(waiting_since))
    _check_notice(application, decided_on, notice_on, today=today)


def _check_notice(application: Application, decided_on: date, notice_on: date, *, today: date) -> None:
    check_day(notice_on, born_on=application.case.client.born_on, today=today, field="notice_on")
    if notice_on < decided_on:
        raise NoticeBeforeDecision(decided_on=day(decided_on))


def _check_document(document: Document | None, application: Application) -> None:
    if document is not None and document.case_id != application.case_id:
        raise DocumentOfAnotherCase


def _reckon(decision: Decision) -> None:
    deadline = appeal_days.of_decision(decision)
    decision.last_day = deadline.last_day if deadline else None
    decision.safe_day = deadline.safe_day if deadline else None


def _carry_to_draft(decision: Decision) -> None:
    """A draft of the first appeal has the days of its decision."""
    if decision.last_day is None or decision.safe_day is None:
        return
    drafts = decision.appeals.filter(state=AppealState.DRAFT, level=Appeal.Level.SELF_CORRECTION_AND_BOARD)
    drafts.update(
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
