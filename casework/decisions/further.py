"""Another decision for which nobody waited: a supplement, another period, an error that was put right.

Both stand, each with its own clock and check; what the application shows is the last word.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.applications import actions as applications
from casework.applications import rounds
from casework.decisions import actions as decisions
from casework.models import Application, Decision
from tenants.accounts.models import User


@transaction.atomic
def record_further(
    *, application: Application, decided_on: date, version: int, by: User, at: datetime, **decided: Any
) -> Decision:
    """Record another decision on a decided application; it belongs to the newest round.

    `decided` is what `casework.decisions.actions.record` takes of a decision.

    Raises:
        StepNotAllowed: it is not decided; what is waited for is recorded as its decision.
        EditedMeanwhile, CaseIsClosed, and what `casework.decisions.actions.add` raises.
    Doubts: DecidedBeforeFiling, CameAlready
    """
    application = applications.locked(application)
    application = applications.decide_further(application=application, decided_on=decided_on, version=version, by=by)
    decision = Decision(application=application, round=application.current_round, decided_on=decided_on, **decided)
    decisions.add(decision, earliest=application.filed_on, by=by, at=at)
    if decision.round is not None:
        rounds.follow_decisions(decision.round)
    return decision
