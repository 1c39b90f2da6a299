"""Makes representatives of a client for tests and the demo, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.models import Case, NetworkPerson, Representation
from casework.representatives import actions as representatives
from casework.representatives.actions import RepresentationDetails
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.situation.making import a_network_person
from tests.conftest import NOON


def a_guardian(case: Case, *, by: User, at: datetime = NOON, **others: Any) -> NetworkPerson:
    """Add Tuula Turva to the network, who is the client's legal guardian."""
    known = {"name": "Tuula Turva", "role": "guardian", "organisation": "", "phone": "040 222 3333", "email": ""}
    return a_network_person(case, by=by, at=at, **known | {"address": "Kuja 2, Kaavi"} | others)


def a_representation(
    case: Case, *, by: User, at: datetime = NOON, person: NetworkPerson | None = None, **others: Any
) -> Representation:
    """Write down that Tuula acts for the client in all matters until further notice."""
    known: dict[str, Any] = {
        "person": person or a_guardian(case, by=by, at=at),
        "kind": "guardian",
        "scope": "all",
        "begins_on": date(2026, 1, 7),
        "validity": "open",
    }
    return representatives.add(case=case, details=RepresentationDetails(**known | others), by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the panel: one who acts, one of whom little is known; answers the arguments of addresses."""
    today = helsinki(at)
    until: dict[str, Any] = {"validity": "until", "valid_until": today + timedelta(days=40)}
    acting = a_representation(case, by=by, at=at, begins_on=today - timedelta(days=200), **until)
    son = a_network_person(case, by=by, at=at, name="Poika Pasi", role="child", organisation="", phone="", email="")
    unknown: dict[str, Any] = {"scope": "unknown", "validity": "unknown", "begins_on": None}
    a_representation(case, by=by, at=at, person=son, kind="authorised", **unknown)
    return {"representation_id": acting.pk}
