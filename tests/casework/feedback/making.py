"""Makes cases that began with a referral, for tests of the feedback to who referred the client."""

from datetime import datetime
from typing import Any

from casework.models import Case, Referral
from casework.referrals import actions as referrals
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.cases.making import a_referral
from tests.conftest import NOON


def a_case_was_referred(case: Case, source: str = "employment", *, by: User, at: datetime = NOON) -> Referral:
    """Let a referral by Leena Koski be what an open case began with."""
    known = {"source": source, "referrer": "Leena Koski, TE-palvelut", "received_on": helsinki(at)}
    referral = a_referral(by=by, at=at, **known)
    accepted: dict[str, Any] = {"client": case.client, "coordinator": by, "opened_on": case.opened_on, "version": 1}
    referrals.accept(referral=referral, **accepted, by=by, at=at)
    return referral


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Let there be somebody to write to."""
    a_case_was_referred(case, by=by, at=at)
    return {}
