"""Makes the benefits of one client in all states, and benefits that nobody here applied for, through real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.models import Case, OtherBenefit
from casework.portfolio import actions as benefits
from casework.portfolio.actions import BenefitDetails
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.rough_days import Precision, RoughDay
from tests.casework.applications.making import a_decision, appeal_at, application_at
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TOLD = date(2026, 11, 20)


def benefit_details(**others: Any) -> BenefitDetails:
    """General support from Kela since May, as the client told; with other words where they are given."""
    known: dict[str, Any] = {
        "benefit_code": "YT",
        "decider_code": "kela",
        "paid_from": RoughDay(date(2026, 5, 1), Precision.MONTH),
        "source": "client",
        "told_on": TOLD,
    }
    return BenefitDetails(**known | others)


def a_benefit(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> OtherBenefit:
    """Write down a benefit that nobody here applied for."""
    return benefits.add(case=case, details=benefit_details(**others), by=by, at=at)


def granted(case: Case, benefit: str, decider: str, ago: int, *, by: User, at: datetime = NOON, **said: Any) -> None:
    """An application that was granted so many days before a moment, a month after its filing."""
    today = helsinki(at)
    application = application_at(
        "filed", case=case, benefit=benefit, decider=decider, filed_on=today - timedelta(days=ago + 30), by=by, at=at
    )
    days = {"decided_on": today - timedelta(days=ago), "notice_on": today - timedelta(days=ago)}
    a_decision(said.pop("result", "granted_until"), application=application, by=by, at=at, **days | said)


def a_full_portfolio(case: Case, *, by: User, at: datetime = NOON) -> Case:
    """Six benefits and more, in every state, on a case whose client has none yet."""
    today = helsinki(at)
    kt = {"granted_from": RoughDay(today - timedelta(days=290)), "granted_until": today + timedelta(days=75)}
    granted(case, "KT", "keva", 300, **kt, by=by, at=at)
    a_benefit(case, told_on=today, by=by, at=at)
    application_at("filed", case=case, benefit="HT", decider="kela", filed_on=today - timedelta(days=20), by=by, at=at)
    rejected = application_at(
        "filed", case=case, benefit="TKE-K", decider="kela", filed_on=today - timedelta(days=100), by=by, at=at
    )
    days: dict[str, Any] = {"decided_on": today - timedelta(days=6), "notice_on": today - timedelta(days=5)}
    a_decision(application=rejected, by=by, at=at, **days)
    appealed = application_at(
        "filed", case=case, benefit="OTKE", decider="elo", filed_on=today - timedelta(days=200), by=by, at=at
    )
    days = {"decided_on": today - timedelta(days=30), "notice_on": today - timedelta(days=29)}
    appeal_at("filed", decision=a_decision(application=appealed, by=by, at=at, **days), by=by, at=at)
    spr = {"granted_from": RoughDay(today - timedelta(days=700)), "granted_until": today - timedelta(days=310)}
    granted(case, "SPR", "kela", 690, **spr, by=by, at=at)
    application_at("draft", case=case, benefit="TAK", decider="kela", by=by, at=at)
    return case


def a_client_with_everything(*, by: User) -> Case:
    """Open a case with six benefits in all states."""
    return a_full_portfolio(a_case(by=by), by=by)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Write down a benefit with a name of its own, changed once; answers the arguments of addresses."""
    today = helsinki(at)
    known = {"benefit_code": "", "name": "Asumistuki", "told_on": today}
    benefit = a_benefit(case, **known, by=by, at=at)
    ended = benefit_details(**known, paid_until=RoughDay(today + timedelta(days=60)))
    benefits.change(case=case, benefit=benefit, details=ended, version=1, by=by, at=at)
    return {"other_benefit_id": benefit.pk}
