"""Another decision for which nobody waited: a supplement, another period, an error that was put right.

Both stand, each with its own clock and check; what the application shows is the last word.
"""

from datetime import date, datetime

from django.db import transaction

from casework.applications import actions as applications
from casework.applications import rounds
from casework.decisions import actions as decisions
from casework.models import Application, Decision, Document
from tenants.accounts.models import User
from tenants.rough_days import RoughDay


@transaction.atomic
def record_further(
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
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Record another decision on a decided application; it belongs to the newest round.

    Raises:
        StepNotAllowed: it is not decided; what is waited for is recorded as its decision.
        EditedMeanwhile, CaseIsClosed, and what `casework.decisions.actions.add` raises.
    Doubts: DecidedBeforeFiling, CameAlready
    """
    application = applications.locked(application)
    application = applications.decide_further(application=application, decided_on=decided_on, version=version, by=by)
    decision = Decision(
        application=application,
        round=application.current_round,
        decided_on=decided_on,
        result=result,
        granted_from=granted_from,
        granted_until=granted_until,
        sent_to=sent_to,
        channel=channel,
        notice_on=notice_on,
        printed_last_day=printed_last_day,
        document=document,
        reasons=reasons,
    )
    decisions.add(decision, earliest=application.filed_on, by=by, at=at)
    if decision.round is not None:
        rounds.follow_decisions(decision.round)
    return decision
