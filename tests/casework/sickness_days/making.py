"""Makes sickness allowances, counts of paid days and registrations for tests, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.models import Case, Decision, JobseekerRegistration, SicknessDayCount
from casework.reminders import sweep as sweeping
from casework.sickness_days import actions
from casework.sickness_days.actions import CountFacts
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.applications.making import a_decision, application_at
from tests.conftest import NOON

COUNTED = date(2026, 11, 20)  # the Friday before NOON
UNTIL = date(2027, 5, 31)


def facts(paid_days: int = 140, counted_on: date = COUNTED, **others: Any) -> CountFacts:
    """What Kela has counted, as its decision says."""
    known: dict[str, Any] = {"benefit_code": "SPR", "told_by": "Kelan päätös"} | others
    return CountFacts(paid_days=paid_days, counted_on=counted_on, **known)


def a_count(case: Case, *, by: User, at: datetime = NOON, **said: Any) -> SicknessDayCount:
    """Type that Kela had paid 140 days by 20.11.2026."""
    return actions.count(case=case, facts=facts(**said), by=by, at=at)


def an_allowance(
    case: Case, *, by: User, until: date = UNTIL, benefit: str = "SPR", at: datetime = NOON, **days: Any
) -> Decision:
    """Record that the sickness allowance is granted until 31.5.2027."""
    filed_on = days.pop("filed_on", date(2026, 9, 1))
    application = application_at("filed", case=case, benefit=benefit, decider="kela", filed_on=filed_on, by=by, at=at)
    return a_decision("granted_until", application=application, granted_until=until, by=by, at=at, **days)


def a_registration(
    case: Case, on: date = date(2026, 11, 20), *, by: User, told_by: str = "Asiakas", at: datetime = NOON
) -> JobseekerRegistration:
    """Write down that the client registered as a jobseeker."""
    return actions.register(case=case, registered_on=on, told_by=told_by, by=by, at=at)


def swept(on: date) -> int:
    """Let the rules look at a day."""
    return sweeping.sweep(on=on, at=datetime(on.year, on.month, on.day, 10, tzinfo=NOON.tzinfo))


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of paid days: an allowance with two counts, and a registration; answers keys of addresses."""
    today = helsinki(at)
    filed_on, decided_on = today - timedelta(days=60), today - timedelta(days=40)
    days: dict[str, Any] = {"filed_on": filed_on, "decided_on": decided_on, "notice_on": decided_on}
    an_allowance(case, until=today + timedelta(days=120), by=by, at=at, **days)
    a_count(case, paid_days=90, counted_on=today - timedelta(days=38), by=by, at=at)
    count = a_count(case, paid_days=110, counted_on=today - timedelta(days=10), by=by, at=at)
    registration = a_registration(case, today - timedelta(days=2), by=by, at=at)
    return {"sickness_day_count_id": count.pk, "jobseeker_registration_id": registration.pk}
