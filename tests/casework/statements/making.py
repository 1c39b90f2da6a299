"""Makes statement requests for tests, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.law.workflow import StatementState
from casework.models import Case, StatementRequest
from casework.statements import actions as statements
from casework.statements.actions import Arrival, StatementDetails
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import a_pdf
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


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of statements: a request in every state, one late; answers the arguments of addresses."""
    today = helsinki(at)

    def asked(state: str, days_ago: int, *, due_in: int, **others: Any) -> StatementRequest:
        days = {"asked_on": today - timedelta(days=days_ago), "due_on": today + timedelta(days=due_in)}
        details: dict[str, Any] = {"asked_of": "Tri Koski, Kaavin terveysasema"} | days | others
        return a_statement(state, case=case, by=by, at=at, **details)

    late = asked("asked", 60, due_in=-30, purpose="Kaikki sairaudet ja niiden haitta.")
    days = {"reminded_on": today - timedelta(days=20), "due_on": today - timedelta(days=5)}
    late = statements.remind(request=late, **days, version=late.version, by=by, at=at)
    asked("returned", 40, due_in=-10, kind="C")
    written_on, received_on = today - timedelta(days=175), today - timedelta(days=170)
    paper = files.check_upload(a_pdf(), "lausunto.pdf")
    arrival = Arrival(received_on=received_on, written_on=written_on, file=paper)
    asked("received", 199, due_in=-165, arrival=arrival)
    asked("cancelled", 30, due_in=12, kind="psychologist")
    return {"statement_id": late.pk}
