"""What a client brings: an application that was decided, perhaps appealed, before anything was written down here.

One act over the actions of applications, decisions and appeals: all of it is written, or nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.appeals import actions as appeals
from casework.appeals.actions import NothingToAppeal
from casework.applications import actions as applications
from casework.applications.claims import FiledBeforeCase
from casework.decisions import actions as decisions
from casework.law.benefits import Matter
from casework.law.deadlines import Channel
from casework.models import Appeal, Case, Decision, Document
from tenants.accounts.models import User
from tenants.doubts import expecting, renaming
from tenants.rough_days import RoughDay

AT_THE_BOARD = {"filed_on": "appealed_on"}
RULING = {"result": "ruling", "result_on": "ruling_on", "result_notice_on": "ruling_notice_on"}
AT_THE_COURT = {"filed_on": "court_filed_on"}


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a client tells and shows. `appealed_on` and what follows it are there as far as the matter has come."""

    benefit_code: str
    decider_code: str
    matter: str = Matter.NEW
    filed_on: date
    decided_on: date
    result: str
    granted_from: RoughDay | None = None
    granted_until: date | None = None
    channel: str = Channel.UNKNOWN
    notice_on: date
    sent_to: str = Decision.SentTo.UNKNOWN
    printed_last_day: date | None = None
    document: Document | None = None
    reasons: str = ""
    appealed_on: date | None = None
    late_reason: str = ""
    ruling: str = ""
    ruling_on: date | None = None
    ruling_notice_on: date | None = None
    court_filed_on: date | None = None


@transaction.atomic
def bring(*, case: Case, details: Brought, by: User, at: datetime) -> Decision:
    """Write down what a client brings: the filing, the decision and the appeals as far as they have come, in order.

    Raises:
        CaseIsClosed, and what `applications.draft`, `decisions.record`, and of an appeal `draft`, `file` and `decide`
        raise; each at the field of its own day.
    Doubts: as those; that it was filed before the case was opened is none here.
    """
    with expecting(FiledBeforeCase):
        application = applications.draft(
            case=case,
            benefit_code=details.benefit_code,
            decider_code=details.decider_code,
            matter=details.matter,
            filed_on=details.filed_on,
            by=by,
            at=at,
        )
    decision = decisions.record(
        application=application,
        decided_on=details.decided_on,
        result=details.result,
        granted_from=details.granted_from,
        granted_until=details.granted_until,
        channel=details.channel,
        notice_on=details.notice_on,
        sent_to=details.sent_to,
        printed_last_day=details.printed_last_day,
        document=details.document,
        reasons=details.reasons,
        version=application.version,
        by=by,
        at=at,
    )
    if details.appealed_on is not None:
        _appeal(decision, details, details.appealed_on, by=by, at=at)
    return decision


def _appeal(decision: Decision, details: Brought, filed_on: date, *, by: User, at: datetime) -> None:
    appeal = appeals.draft(decision=decision, is_own_text=True, by=by, at=at)
    with renaming(AT_THE_BOARD):
        appeal = appeals.file(
            appeal=appeal, filed_on=filed_on, late_reason=details.late_reason, version=appeal.version, by=by, at=at
        )
    if details.ruling_on is not None:
        _rule(appeal, details, details.ruling_on, by=by, at=at)


def _rule(appeal: Appeal, details: Brought, ruled_on: date, *, by: User, at: datetime) -> None:
    with renaming(RULING):
        appeal = appeals.decide(
            appeal=appeal,
            result=details.ruling,
            result_on=ruled_on,
            result_channel=Channel.UNKNOWN.value,
            result_notice_on=details.ruling_notice_on or ruled_on,
            is_own_text=details.court_filed_on is not None,
            version=appeal.version,
            by=by,
            at=at,
        )
    if details.court_filed_on is None:
        return
    further = appeal.next_appeals.first()
    if further is None:
        raise NothingToAppeal
    with renaming(AT_THE_COURT):
        appeals.file(
            appeal=further,
            filed_on=details.court_filed_on,
            late_reason=details.late_reason,
            version=further.version,
            by=by,
            at=at,
        )
