"""Makes clients, cases and referrals for tests, through the real actions only."""

from datetime import date, datetime
from typing import Any

from casework.cases import actions as cases
from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.models import Case, Client, Referral
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from tenants import identity_code
from tenants.accounts.models import User
from tests.conftest import NOON

BORN = date(1974, 3, 5)


def a_client(*, by: User, at: datetime = NOON, **details: Any) -> Client:
    """Write down a client; without other words it is Matti Meikäläinen with a fresh artificial identity code."""
    details = {"first_name": "Matti", "last_name": "Meikäläinen", "identity_code": fresh_code()} | details
    return clients.create(details=ClientDetails(**details), by=by, at=at)


def a_case(
    *,
    by: User,
    coordinator: User | None = None,
    opened_on: date = date(2026, 6, 1),
    at: datetime = NOON,
    **details: Any,
) -> Case:
    """Open a case for a new client."""
    client = a_client(by=by, at=at, **details)
    return cases.open(client=client, coordinator=coordinator or by, opened_on=opened_on, by=by, at=at)


def a_referral(*, by: User, at: datetime = NOON, **details: Any) -> Referral:
    """Write down a referral of Liisa Laine by the employment services."""
    known: dict[str, Any] = {
        "source": Referral.Source.EMPLOYMENT,
        "referrer": "Leena Koski",
        "reason": "Back pain prevents work on building sites.",
        "received_on": date(2026, 11, 20),
        "first_name": "Liisa",
        "last_name": "Laine",
    } | details
    return referrals.receive(details=ReferralDetails(**known), by=by, at=at)


def fresh_code(born_on: date = BORN) -> str:
    """Make an artificial identity code that no client here has yet."""
    return identity_code.artificial(born_on, Client.objects.exclude(identity_index=None).count())
