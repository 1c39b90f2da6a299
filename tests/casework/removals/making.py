"""Makes applications for removal for tests and the demo, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.models import Case, Decision, Removal
from casework.removals import actions as removals
from casework.removals.actions import RemovalDetails
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.applications.making import a_decision, application_at
from tests.casework.consents.making import a_paper
from tests.conftest import NOON

FINAL_ON = date(2025, 4, 10)  # posted on 4.3.2025
ENDS_ON = date(2030, 4, 10)


def a_final_decision(case: Case | None = None, *, by: User, at: datetime = NOON, **details: Any) -> Decision:
    """A rejection of 3.3.2025, posted on the next day, which nobody has appealed: final since the end of 10.4.2025."""
    claim = {name: details.pop(name) for name in ("benefit", "decider") if name in details}
    filed_on = details.pop("filed_on", date(2025, 1, 7))
    application = application_at("filed", case=case, filed_on=filed_on, by=by, at=at, **claim)
    days: dict[str, Any] = {"decided_on": date(2025, 3, 3), "notice_on": date(2025, 3, 4)} | details
    return a_decision(application=application, by=by, at=at, **days)


def a_removal(
    state: str = "draft", *, by: User, at: datetime = NOON, decision: Decision | None = None, **details: Any
) -> Removal:
    """Bring an application for removal to a state; an answered one was rejected on the day of `at`."""
    known = {"error": "findings", "grounds": "Leikkaus jäi huomiotta."} | details
    said = RemovalDetails(**known)
    removal = removals.write(decision=decision or a_final_decision(by=by, at=at), details=said, by=by, at=at)
    if state == "draft":
        return removal
    if state == "withdrawn":
        return withdrawn(removal, by=by, at=at)
    removal = filed(removal, by=by, at=at)
    return answered(removal, by=by, at=at) if state == "answered" else removal


def filed(removal: Removal, *, by: User, at: datetime = NOON, **proof: Any) -> Removal:
    """Record that it was filed on the day of `at`."""
    known: dict[str, Any] = {"filed_on": helsinki(at)} | proof
    return removals.file(removal=removal, version=removal.version, by=by, at=at, **known)


def answered(removal: Removal, answer: str = "not_removed", *, by: User, at: datetime = NOON, **said: Any) -> Removal:
    """Record an answer of the day of `at`."""
    known: dict[str, Any] = {"answered_on": helsinki(at)} | said
    return removals.answer(removal=removal, answer=answer, version=removal.version, by=by, at=at, **known)


def withdrawn(removal: Removal, *, by: User, at: datetime = NOON) -> Removal:
    """Record that it was withdrawn on the day of `at`."""
    said: dict[str, Any] = {"withdrawn_on": helsinki(at), "withdrawn_reason": "Haetaan uudelleen."}
    return removals.withdraw(removal=removal, version=removal.version, by=by, at=at, **said)


def removal_in_db(removal: Removal) -> Removal:
    """Read it anew, as another request would."""
    found: Removal = Removal.objects.get(pk=removal.pk)
    return found


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages: of one decision that is final an application that was answered, of another one in preparation."""
    today = helsinki(at)
    days: dict[str, Any] = {
        "filed_on": today - timedelta(days=600),
        "decided_on": today - timedelta(days=500),
        "notice_on": today - timedelta(days=499),
    }
    answered(
        filed(a_removal(decision=a_final_decision(case, by=by, at=at, **days), by=by, at=at), by=by, at=at),
        by=by,
        at=at,
        answer_words="Päätös ei perustu virheeseen.",
    )
    final = a_final_decision(case, by=by, at=at, **days)
    draft = a_removal(decision=final, attachments=[a_paper(case, by=by, at=at)], by=by, at=at)
    return {"removal_id": draft.pk}
