"""What can be done to a statement request: ask, remind, send back, receive (also twice), cancel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases.actions import locked_open
from casework.documents import actions as documents
from casework.figures.queries import own_figures
from casework.law import figures, workflow
from casework.law import statements as statement_rules
from casework.law.calendar import check_year
from casework.law.errors import check_day, check_order
from casework.law.workflow import STATEMENT, STATEMENT_STATE_LABELS
from casework.models import Application, Case, Document, StatementRequest, Task
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal
from tenants.files import CheckedFile

Kind = StatementRequest.Kind
DOCUMENT_KINDS = {
    Kind.A: Document.Kind.STATEMENT_A,
    Kind.B: Document.Kind.STATEMENT_B,
    Kind.C: Document.Kind.STATEMENT_C,
    Kind.OTHER: Document.Kind.OTHER,
}


class NotOfThisCase(Refusal):
    user_message = _("This application or document belongs to another case.")


class CameBefore(Refusal):
    """The statement is here already; whoever says so again is told, and nothing is doubled."""

    user_message = _(
        "This statement was written down as received on %(received_on)s already, and nothing was doubled. "
        "If you hold a newer paper, keep it as a new version."
    )


class NotHereYet(Refusal):
    user_message = _("Write down first that the statement has come.")


class SamePaper(Refusal):
    user_message = _("This is the very file that is here already. Nothing was doubled.")
    field = "file"


@dataclass(frozen=True, kw_only=True)
class StatementDetails:
    """What a person types when asking. Without `due_on` it is expected as usual for its kind."""

    kind: str
    asked_of: str
    purpose: str = ""
    application: Application | None = None
    asked_on: date
    due_on: date | None = None


@transaction.atomic
def ask(*, case: Case, details: StatementDetails, by: User, at: datetime) -> StatementRequest:
    """Write down that a statement was asked for.

    Raises:
        CaseIsClosed, NotOfThisCase, BeforeBirth, InTheFuture, OutsideCalendar
        NoRule: no usual time is known on that day, and no day was given.
    Doubts:
        DayOrderWrong: expected before it was asked for.
    """
    case = locked_open(case)
    if details.application is not None and details.application.case_id != case.pk:
        raise NotOfThisCase
    check_day(details.asked_on, born_on=case.client.born_on, today=helsinki(at), field="asked_on")
    due_on = _due_on(details.kind, details.due_on, since=details.asked_on)
    request: StatementRequest = StatementRequest.objects.create(
        case=case,
        kind=details.kind,
        asked_of=details.asked_of,
        purpose=details.purpose,
        application=details.application,
        asked_on=details.asked_on,
        due_on=due_on,
        asked_by=by,
    )
    _tell(request, "statement.asked", by=by, at=at, on=details.asked_on, due_on=due_on.isoformat())
    return request


@transaction.atomic
def remind(
    *, request: StatementRequest, reminded_on: date, due_on: date | None = None, version: int, by: User, at: datetime
) -> StatementRequest:
    """Write down a reminder: an answer is expected by a new day, and the task about the old one is done.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, OutsideCalendar, NoRule
    Doubts:
        DayOrderWrong: reminded before it was asked for, or expected before that.
    """
    request = locked(request)
    step = _allowed(request, "remind", by)
    request.check_version(version)
    _check_after_asking(request, reminded_on, "reminded_on", at)
    request.due_on = _due_on(request.kind, due_on, since=reminded_on)
    request.reminded_on = reminded_on
    request.reminder_count += 1
    _move(request, step, "due_on", "reminded_on", "reminder_count", by=by, at=at)
    _tell(request, step.audit, by=by, at=at, on=reminded_on, due_on=request.due_on.isoformat())
    return request


@transaction.atomic
def send_back(
    *,
    request: StatementRequest,
    returned_on: date,
    reason: str,
    due_on: date | None = None,
    version: int,
    by: User,
    at: datetime,
) -> StatementRequest:
    """Send a statement back because something is missing in it; a better one is expected by a new day.

    A paper that was kept stays among the documents of the case, but no longer counts as the statement; its days, and
    why an earlier one was sent back, stay in the history.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, OutsideCalendar, NoRule
    Doubts:
        DayOrderWrong: sent back before it was asked for, or expected before that.
    """
    request = locked(request)
    step = _allowed(request, "send_back", by)
    request.check_version(version)
    _check_after_asking(request, returned_on, "returned_on", at)
    values = {
        "state": step.target,
        "due_on": _due_on(request.kind, due_on, since=returned_on),
        "returned_on": returned_on,
        "return_reason": reason,
        **dict.fromkeys(("received_on", "written_on", "document")),
    }
    corrections.fill_in(request, values, Why(reason="", by=by, at=at, case=request.case, kind=""))
    end_tasks(request, tasks.drop, by=by, at=at)
    _tell(request, step.audit, by=by, at=at, on=returned_on, due_on=request.due_on.isoformat())
    return request


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What a person says of a statement that came: a document of the case, a file to be added, or no paper yet."""

    received_on: date
    written_on: date
    document: Document | None = None
    file: CheckedFile | None = None


@transaction.atomic
def receive(*, request: StatementRequest, arrival: Arrival, version: int, by: User, at: datetime) -> StatementRequest:
    """Write down that the statement has come, also one that nobody waited for any more.

    Raises:
        CameBefore: it came before; nothing is written.
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, NotOfThisCase, BeforeBirth, InTheFuture, OutsideCalendar
    Doubts:
        DayOrderWrong: it came before it was asked for, or before it was written.
    """
    request = locked(request)
    if request.is_received and request.received_on:
        raise CameBefore(received_on=day(request.received_on))
    step = _allowed(request, "receive", by)
    request.check_version(version)
    _check_after_asking(request, arrival.received_on, "received_on", at)
    _check_written(request, arrival.written_on, at)
    check_order(arrival.written_on, arrival.received_on, field="received_on")
    request.received_on, request.written_on = arrival.received_on, arrival.written_on
    request.document = _paper(request, arrival, by=by, at=at)
    _move(request, step, "received_on", "written_on", "document", by=by, at=at)
    written_on = arrival.written_on.isoformat()
    _tell(request, step.audit, by=by, at=at, on=arrival.received_on, written_on=written_on)
    return request


@transaction.atomic
def keep_newer(
    *, request: StatementRequest, file: CheckedFile, written_on: date, version: int, by: User, at: datetime
) -> StatementRequest:
    """Keep a statement that came again: the newer paper becomes a new version of the first one.

    Raises:
        NotHereYet: nothing has come before.
        SamePaper: it is the same file.
        EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, OutsideCalendar, AlreadyReplaced
    """
    request = locked(request)
    if not request.is_received:
        raise NotHereYet
    request.check_version(version)
    _check_written(request, written_on, at)
    if request.document is not None and request.document.sha256 == file.sha256:
        raise SamePaper
    request.document = _newer_paper(request, file, written_on, by=by, at=at)
    request.written_on = written_on
    request.save_version("document", "written_on")
    _tell(request, "statement.newer_kept", by=by, at=at, written_on=written_on.isoformat())
    return request


@transaction.atomic
def cancel(*, request: StatementRequest, by: User, at: datetime) -> StatementRequest:
    """End a request that is no longer needed. Doing it twice is well.

    Also in a closed case: what nobody waits for any more ends, whenever that is said.

    Raises:
        StepNotAllowed: the statement is here.
    """
    request = _locked_in(request.case.locked("client", "coordinator"), request)
    if request.state == workflow.StatementState.CANCELLED:
        return request
    step = _allowed(request, "cancel", by)
    _move(request, step, by=by, at=at)
    _tell(request, step.audit, by=by, at=at)
    return request


def locked(request: StatementRequest) -> StatementRequest:
    """Fetch the request anew with its case and itself locked, in that order.

    Raises:
        CaseIsClosed
    """
    return _locked_in(locked_open(request.case, about=request.pk), request)


def end_tasks(request: StatementRequest, end: Callable[..., Task], *, by: User, at: datetime) -> None:
    """End the tasks about a day on which the statement is expected no more."""
    tasks.end_those_about(request.pk, end, by=by, at=at)


def _locked_in(case: Case, request: StatementRequest) -> StatementRequest:
    request = request.locked("document")
    request.case = case
    return request


def _allowed(request: StatementRequest, step: str, by: User) -> workflow.Transition:
    found = workflow.required(STATEMENT, request.state, step, labels=STATEMENT_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    return found


def _move(request: StatementRequest, step: workflow.Transition, *fields: str, by: User, at: datetime) -> None:
    """Save the step, and end the task about the day that has gone by: a reminder is what it asked for."""
    request.state = step.target
    request.save_version("state", *fields)
    end_tasks(request, tasks.do if step.step == "remind" else tasks.drop, by=by, at=at)


def _due_on(kind: str, due_on: date | None, *, since: date) -> date:
    if due_on is None:
        usual = figures.in_use(statement_rules.answer_time(kind, asked_on=since), own_figures(since))
        return since + timedelta(days=usual.days)
    check_year(due_on.year)
    check_order(since, due_on, field="due_on")
    return due_on


def _check_after_asking(request: StatementRequest, on: date, field: str, at: datetime) -> None:
    check_day(on, born_on=request.case.client.born_on, today=helsinki(at), field=field)
    check_order(request.asked_on, on, field=field)


def _check_written(request: StatementRequest, written_on: date, at: datetime) -> None:
    check_day(written_on, born_on=request.case.client.born_on, today=helsinki(at), field="written_on")
    check_year(written_on.year)


def _paper(request: StatementRequest, arrival: Arrival, *, by: User, at: datetime) -> Document | None:
    if arrival.file is not None:
        return _added(request, arrival.file, arrival.written_on, by=by, at=at)
    if arrival.document is not None and arrival.document.case_id != request.case_id:
        raise NotOfThisCase
    return arrival.document


def _newer_paper(request: StatementRequest, file: CheckedFile, written_on: date, *, by: User, at: datetime) -> Document:
    if request.document is None:
        return _added(request, file, written_on, by=by, at=at)
    newest = request.document
    while newer := Document.objects.filter(replaces=newest).first():
        newest = newer
    newest.case = request.case
    return documents.replace(document=newest, file=file, dated_on=written_on, valid_until=None, by=by, at=at)


def _added(request: StatementRequest, file: CheckedFile, written_on: date, *, by: User, at: datetime) -> Document:
    kind = DOCUMENT_KINDS.get(Kind(request.kind), Document.Kind.MEDICAL)
    return documents.add(case=request.case, file=file, kind=kind, title="", dated_on=written_on, by=by, at=at)


def _tell(
    request: StatementRequest, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str
) -> None:
    facts = {"kind": request.kind, **facts}
    timeline.add(case=request.case, kind=kind, by=by, at=at, on=on, about=request, facts=facts)
