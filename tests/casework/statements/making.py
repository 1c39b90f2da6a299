"""Makes statement requests for tests, through the real actions only."""

from datetime import date, datetime
from typing import Any

from casework.law.workflow import StatementState
from casework.models import Case, StatementRequest
from casework.statements import actions as statements
from casework.statements.actions import Arrival, StatementDetails
from tenants.accounts.models import User
from tests.casework.cases.making import a_case
from tests.conftest import NOON

ASKED = date(2026, 11, 2)
DUE = date(2026, 11, 20)  # the Friday before Monday 23.11.2026
WRITTEN = date(2026, 11, 17)


def a_statement(
    state: str = StatementState.ASKED,
    *,
    by: User,
    case: Case | None = None,
    arrival: Arrival | None = None,
    at: datetime = NOON,
    **details: Any,
) -> StatementRequest:
    """Ask Dr Koski for a B statement by 20.11.2026, and bring the request to a state."""
    known: dict[str, Any] = {
        "kind": StatementRequest.Kind.B,
        "asked_of": "Dr Koski, Kaavi health centre",
        "purpose": "All illnesses, and what cannot be done because of them.",
        "asked_on": ASKED,
        "due_on": DUE,
    } | details
    request = statements.ask(case=case or a_case(by=by, at=at), details=StatementDetails(**known), by=by, at=at)
    if state == StatementState.RETURNED:
        return statements.send_back(
            request=request,
            returned_on=at.date(),
            reason="The back is not named.",
            version=request.version,
            by=by,
            at=at,
        )
    if state == StatementState.RECEIVED:
        arrival = arrival or Arrival(received_on=at.date(), written_on=WRITTEN)
        return statements.receive(request=request, arrival=arrival, version=request.version, by=by, at=at)
    if state == StatementState.CANCELLED:
        return statements.cancel(request=request, by=by, at=at)
    return request
