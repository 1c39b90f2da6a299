"""Reading statement requests: of a case, those nobody has answered, and those that grow old."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.http import Http404

from casework.cases.queries import case_or_404
from casework.law import annexes, as_of
from casework.law import statements as statement_rules
from casework.law.annexes import Annex
from casework.law.benefits import Benefit, Matter
from casework.law.workflow import ApplicationState, StatementState
from casework.models import Case, Evidence, OwnAnnex, StatementRequest
from tenants.accounts.models import User
from tenants.names import written
from tenants.rough_days import Precision, RoughDay


@dataclass(frozen=True, kw_only=True)
class Aging:
    """The newest statement that an application in preparation has, and the day on which it reaches its age."""

    case_number: str
    client: str
    application_id: uuid.UUID
    benefit: Benefit
    kind: str
    written_on: RoughDay
    old_on: date

    @property
    def kind_label(self) -> str:
        return str(Evidence.Kind(self.kind).label)


def statement_or_404(
    user: User, number: str, statement_id: uuid.UUID, *, on: date, action: str = "case.seen"
) -> StatementRequest:
    """Fetch a statement request with its application and document; its case has what the head shows.

    Raises:
        Http404: there is none in that case, or the person may not see the case.
        ReasonNeeded: it is somebody else's case.
    """
    case = case_or_404(user, number, on=on, action=action)
    found = StatementRequest.objects.filter(case=case, pk=statement_id).whole().first()
    if found is None:
        raise Http404
    return found.belonging(case)


def last_return_address(user: User) -> str:
    """Where somebody last wanted a statement sent, empty before the first one."""
    newest = StatementRequest.objects.filter(asked_by=user, return_to__isnull=False).order_by(
        "-asked_on", "-created_at"
    )
    found = newest.first()
    return (found.return_to or "") if found else ""


def for_case(case: Case) -> dict[str, Any]:
    """Answer what the panel on a case's page shows, for a case that was fetched before: the awaited ones first."""
    return {"statements": case.statement_requests.shown(case)}


def dated_statements(cases: Any) -> QuerySet[Any, dict[str, Any]]:
    """What drafts of some cases have of statements that carry a day: from evidence and from requests, in one query.

    The day of evidence may be known only roughly, that of a statement that came on a request never is.
    """
    of_draft = {
        "application__state": ApplicationState.DRAFT,
        "application__removed_at": None,
        "application__case__in": cases,
    }
    columns = {
        "benefit": F("application__benefit_code"),
        "matter": F("application__matter"),
        "begun_on": F("application__drafted_on"),
        "number": F("application__case__number"),
        "first_name": F("application__case__client__first_name"),
        "last_name": F("application__case__client__last_name"),
    }
    shown = ("application", "kind", "dated", "precision", *columns)
    attached = Evidence.objects.filter(dated_on__isnull=False, **of_draft).order_by()
    received = StatementRequest.objects.filter(state=StatementState.RECEIVED, written_on__isnull=False, **of_draft)
    rows: QuerySet[Any, dict[str, Any]] = attached.annotate(
        dated=F("dated_on"), precision=F("dated_on_precision"), **columns
    ).values(*shown)
    exactly = Value(Precision.DAY.value)
    came = received.order_by().annotate(dated=F("written_on"), precision=exactly, **columns).values(*shown)
    return rows.union(came).order_by()


def aging(dated: Iterable[dict[str, Any]], *, until: date) -> list[Aging]:
    """Find the applications in preparation whose newest statement is too old, or will be by a day (deploy/law.md).

    `dated`: the rows of `dated_statements`. Those count that the benefit asks for; one of which only the month or the
    year is known is too old when it is from its last day on.
    """
    asked = (row for row in dated if _annex(row))
    newest = {row["application"]: row for row in sorted(asked, key=lambda row: _dated(row).last)}
    found = (_aging(row) for row in newest.values())
    return sorted((one for one in found if one and one.old_on <= until), key=lambda one: one.old_on)


def _dated(row: dict[str, Any]) -> RoughDay:
    return RoughDay(row["dated"], Precision(row["precision"]))


def _annex(row: dict[str, Any]) -> Annex | None:
    """The row of what goes with the application that the statement is."""
    own = OwnAnnex.objects.in_use()
    asked = annexes.of_benefit(row["benefit"], row["begun_on"], matter=Matter(row["matter"]), own=own)
    return annexes.of_kind(asked, row["kind"])


def _aging(row: dict[str, Any]) -> Aging | None:
    annex = _annex(row)
    months = annex.months if annex else None
    old_on = statement_rules.old_on(row["kind"], written_on=_dated(row).last, months=months)
    if old_on is None:
        return None
    return Aging(
        case_number=row["number"],
        client=written(row["first_name"], row["last_name"]),
        application_id=row["application"],
        benefit=as_of.benefit(row["benefit"], row["begun_on"]),
        kind=row["kind"],
        written_on=_dated(row),
        old_on=old_on,
    )
