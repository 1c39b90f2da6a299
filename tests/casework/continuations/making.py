"""Makes rehabilitation subsidies and words about their continuation for tests, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.continuations import actions
from casework.models import Case, Decision, NoContinuation
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.applications.making import a_decision, application_at
from tests.conftest import NOON

UNTIL = date(2027, 5, 31)


def a_subsidy(
    case: Case, *, by: User, until: date = UNTIL, benefit: str = "KT", at: datetime = NOON, **days: Any
) -> Decision:
    """Record that the rehabilitation subsidy of Keva is granted until 31.5.2027."""
    filed_on, decider = days.pop("filed_on", date(2026, 9, 1)), days.pop("decider", "keva")
    application = application_at("filed", case=case, benefit=benefit, decider=decider, filed_on=filed_on, by=by, at=at)
    return a_decision("granted_until", application=application, granted_until=until, by=by, at=at, **days)


def none_applied_for(
    decision: Decision, *, by: User, reason: str = "Palaa työhön", on: date | None = None, at: datetime = NOON
) -> NoContinuation:
    """Write down that no continuation is applied for."""
    return actions.say_none(decision=decision, said_on=on or helsinki(at), reason=reason, by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of continuations: one subsidy that ends, one of which no continuation is applied for."""
    today = helsinki(at)
    filed_on, decided_on = today - timedelta(days=90), today - timedelta(days=30)
    noticed: dict[str, Any] = {"filed_on": filed_on, "decided_on": decided_on, "notice_on": decided_on}
    a_subsidy(case, until=today + timedelta(days=70), decider="kela", by=by, at=at, **noticed)
    other = a_subsidy(case, until=today + timedelta(days=100), decider="ilmarinen", by=by, at=at, **noticed)
    return {"no_continuation_id": none_applied_for(other, by=by, at=at).pk}
