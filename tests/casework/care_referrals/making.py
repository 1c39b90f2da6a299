"""Makes referrals to a clinic for tests, through the real actions only."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from casework.care_referrals import actions as care_referrals
from casework.care_referrals.actions import ReferralDetails
from casework.models import CareReferral, Case
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.cases.making import a_case
from tests.conftest import NOON

ASKED = date(2026, 10, 1)
SENT = date(2026, 10, 12)
DAY = timedelta(days=1)

# The steps that lead to each state, and what is said at each.
WAYS: Mapping[str, tuple[str, ...]] = {
    "draft": (),
    "sent": ("send",),
    "returned": ("send", "ask_for_more"),
    "accepted": ("send", "accept"),
    "refused": ("send", "refuse"),
    "complained": ("send", "refuse", "complain"),
    "examined": ("send", "accept", "examine"),
    "reported": ("send", "accept", "examine", "report"),
    "withdrawn": ("send", "withdraw"),
}


def said_at(step: str, sent_on: date = SENT) -> dict[str, Any]:
    """What is written down at a step of a referral, of which the days follow one another."""
    said: dict[str, dict[str, Any]] = {
        "send": {"sent_on": sent_on, "sent_by": "Lääkäri Koski"},
        "ask_for_more": {
            "more_asked_on": sent_on + 10 * DAY,
            "more_asked": "Selän kuvaus puuttuu.",
            "more_due_on": sent_on + 50 * DAY,
        },
        "supply": {"supplied_on": sent_on + 20 * DAY},
        "accept": {"accepted_on": sent_on + 14 * DAY, "first_visit_on": sent_on + 60 * DAY},
        "refuse": {"refused_on": sent_on + 14 * DAY, "refusal_reason": "Hoito on kesken."},
        "complain": {"complained_on": sent_on + 20 * DAY, "complaint": "Lähete on tutkittava."},
        "answer_complaint": {"answered_on": sent_on + 30 * DAY, "answer": "Tutkimme uudelleen."},
        "examine": {"examined_on": sent_on + 30 * DAY},
        "report": {"reported_on": sent_on + 40 * DAY},
        "withdraw": {"withdrawn_on": sent_on + 15 * DAY, "withdrawn_reason": "Asiakas ei halua."},
    }
    return said[step]


def a_care_referral(
    state: str = "draft",
    *,
    by: User,
    case: Case | None = None,
    at: datetime = NOON,
    sent_on: date = SENT,
    **details: Any,
) -> CareReferral:
    """Prepare a referral to the clinic in Kuopio, and bring it to a state."""
    known: dict[str, Any] = {
        "unit": "Kuntoutustutkimuspoliklinikka, KYS",
        "asked_of": "Lääkäri Koski, Kaavin terveysasema",
        "question": "Mitä työkyvystä on jäljellä?",
        "asked_on": sent_on - 11 * DAY,
    } | details
    begun = care_referrals.begin(case=case or a_case(by=by, at=at), details=ReferralDetails(**known), by=by, at=at)
    return with_steps(begun, *WAYS[state], sent_on=sent_on, by=by, at=at)


def with_steps(
    referral: CareReferral, *steps: str, sent_on: date = SENT, by: User, at: datetime = NOON
) -> CareReferral:
    """Take steps, each with what is said at it."""
    for step in steps:
        referral = taken(referral, step, **said_at(step, sent_on), by=by, at=at)
    return referral


def taken(referral: CareReferral, step: str, *, by: User, at: datetime = NOON, **said: Any) -> CareReferral:
    """Take one step."""
    act = getattr(care_referrals, step)
    found: CareReferral = act(referral=referral, **said, version=referral.version, by=by, at=at)
    return found


def known(on: date | None) -> date:
    """A day that the test knows to be written down."""
    assert on is not None
    return on


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of referrals to a clinic: one in every state; answers the arguments of addresses."""
    sent_on = helsinki(at) - timedelta(days=120)
    found = {state: a_care_referral(state, case=case, sent_on=sent_on, by=by, at=at) for state in WAYS}
    answered = with_steps(found["complained"], "answer_complaint", sent_on=sent_on, by=by, at=at)
    return {"care_referral_id": answered.pk}
