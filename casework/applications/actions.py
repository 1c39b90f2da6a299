"""What can be done to an application, from the draft on; recording its decision is in actions.decisions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from casework.applications import claim_days, rounds
from casework.applications.annexes import check_annexes
from casework.applications.applicants import check_employer
from casework.applications.claims import check_claim, check_claim_time, check_filing_day
from casework.case_tasks import lapsing
from casework.cases.actions import locked_open
from casework.law import workflow
from casework.law.benefits import Matter
from casework.law.errors import check_day, check_order
from casework.law.workflow import APPLICATION, APPLICATION_STATE_LABELS
from casework.models import Appeal, Application, Case, Round
from casework.timeline import corrections, ledger
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki

# What is known of one waiting for a decision.
WAITED = ("waiting_since", *Application.USUAL, "decided_on")
# What is asked in the course of one round, or said at its end.
OF_A_ROUND: dict[str, Any] = {
    **dict.fromkeys(("more_asked_on", "more_due_on", "supplied_on", "withdrawn_on")),
    **dict.fromkeys(("more_asked", "withdrawn_reason"), ""),
}


@transaction.atomic
def draft(
    *,
    case: Case,
    benefit_code: str,
    decider_code: str,
    matter: str = Matter.NEW,
    employer: str = "",
    filed_on: date | None = None,
    by: User,
    at: datetime,
) -> Application:
    """Begin an application; one that the client has filed already, perhaps before the case was opened, is filed too.

    The employer is named where the employer applies, at once or later.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture
        NoRule: no such benefit or decider at all.
        EmployerAppliesNot: an employer is named, and the client applies.
    Doubts:
        HadEnded, HadNotBegun, NotDecidedThere: by the rules of the day of the application.
        FiledBeforeCase
    """
    case = locked_open(case)
    today = helsinki(at)
    check_day(filed_on, born_on=case.client.born_on, today=today, field="filed_on")
    check_claim(benefit_code, decider_code, on=filed_on or today, field="filed_on" if filed_on else "benefit_code")
    check_employer(employer, benefit_code, on=filed_on or today)
    application: Application = Application.objects.create(
        case=case,
        benefit_code=benefit_code,
        decider_code=decider_code,
        matter=Matter(matter).value,
        employer=employer,
        drafted_on=today,
    )
    tell(application, "application.drafted", by=by, at=at)
    if filed_on is None:
        return application
    version = application.version
    return file(application=application, filed_on=filed_on, statement_follows=True, version=version, by=by, at=at)


@transaction.atomic
def file(
    *,
    application: Application,
    filed_on: date,
    sent_by: str = "",
    reference: str = "",
    statement_follows: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> Application:
    """File an application with its decider; from now on it waits for a decision.

    The filing date is the day it arrived at the decider (KEL, TyEL; deploy/law.md).

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        AnnexMissing: what the list of the benefit says is needed is neither attached nor said to follow.
    Doubts:
        HadEnded, HadNotBegun, NotDecidedThere: by the rules of that day.
        FiledBeforeCase: the case was opened after that day.
        ClaimIsLate: the last day to claim was before that day.
        AnnexTooOld: the newest paper of its kind is older on that day than the decider takes.
    """
    application = locked(application)
    step = _allowed(application, "file", version, by)
    _check_own_day(application, filed_on, "filed_on", at)
    check_claim(application.benefit_code, application.decider_code, on=filed_on, field="filed_on")
    check_filing_day(application.case, filed_on)
    if not statement_follows:
        check_annexes(application, filed_on)
    application.filed_on, application.sent_by, application.reference = filed_on, sent_by, reference
    application.waiting_since = filed_on
    claim_days.reckon(application)
    check_claim_time(application)
    rounds.reckon_waiting(application)
    application.evidence.filter(sent_on=None).update(sent_on=filed_on)
    filed = ("filed_on", "sent_by", "reference", "waiting_since")
    move(application, step, *filed, *Application.USUAL, *Application.CLAIM)
    ledger.cancel(about=application.pk, at=at)
    rounds.begin(application, on=filed_on)
    tell(application, step.audit, by=by, at=at, on=filed_on)
    return application


@transaction.atomic
def ask_for_more(
    *, application: Application, asked_on: date, due_on: date, what: str = "", version: int, by: User, at: datetime
) -> Application:
    """Write down that the decider wants more information by a day; what it asked before stays in the history.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: asked before the waiting began, or due before it was asked.
    """
    application = locked(application)
    step = _allowed(application, "ask_for_more", version, by)
    _check_own_day(application, asked_on, "asked_on", at)
    check_order(application.waiting_since, asked_on, field="asked_on")
    check_order(asked_on, due_on, field="due_on")
    asked = {"more_asked_on": asked_on, "more_due_on": due_on, "more_asked": what, "supplied_on": None}
    _write_over(application, asked, by=by, at=at)
    move(application, step)
    tell(application, step.audit, by=by, at=at, on=asked_on, due_on=due_on.isoformat())
    return application


@transaction.atomic
def supply(*, application: Application, supplied_on: date, version: int, by: User, at: datetime) -> Application:
    """Write down that what was asked has been sent; the decider has the application again.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: supplied before it was asked.
    """
    application = locked(application)
    step = _allowed(application, "supply", version, by)
    _check_own_day(application, supplied_on, "supplied_on", at)
    check_order(application.more_asked_on, supplied_on, field="supplied_on")
    application.supplied_on = supplied_on
    move(application, step, "supplied_on")
    tell(application, step.audit, by=by, at=at, on=supplied_on)
    return application


@transaction.atomic
def re_examine(*, application: Application, asked_on: date, version: int, by: User, at: datetime) -> Application:
    """Send a decided matter to the decider again, with new evidence or after an appeal; a new decision is awaited.

    There is no time limit: a denied benefit is examined anew on new evidence also when the decision is final
    (SVL 17:4.5). An appeal under way goes on.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: asked before the decision was made.
    """
    application = locked(application)
    step = _allowed(application, "re_examine", version, by)
    _check_own_day(application, asked_on, "asked_on", at)
    check_order(application.decided_on, asked_on, field="asked_on")
    wait_anew(application, step, Round.Kind.RE_EXAMINATION, on=asked_on, by=by, at=at)
    return application


@transaction.atomic
def withdraw(
    *, application: Application, withdrawn_on: date, reason: str = "", version: int, by: User, at: datetime
) -> Application:
    """End an application without a decision; of a matter that was decided before, only what was asked anew.

    Raises:
        StepNotAllowed, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: withdrawn before it was filed.
    """
    application = locked(application)
    if application.is_sent_again:
        return _withdraw_request(application, withdrawn_on, reason, version=version, by=by, at=at)
    step = _allowed(application, "withdraw", version, by)
    _check_own_day(application, withdrawn_on, "withdrawn_on", at)
    check_order(application.filed_on, withdrawn_on, field="withdrawn_on")
    application.withdrawn_on, application.withdrawn_reason = withdrawn_on, reason
    move(application, step, "withdrawn_on", "withdrawn_reason")
    rounds.end(application, Round.End.WITHDRAWN, on=withdrawn_on)
    ledger.cancel(about=application.pk, at=at)
    tell(application, step.audit, by=by, at=at, on=withdrawn_on)
    return application


def _withdraw_request(
    application: Application, withdrawn_on: date, reason: str, *, version: int, by: User, at: datetime
) -> Application:
    """End the waiting for a new decision: the earlier one stands, and is what the application shows."""
    step = _allowed(application, "withdraw_request", version, by)
    _check_own_day(application, withdrawn_on, "withdrawn_on", at)
    check_order(application.waiting_since, withdrawn_on, field="withdrawn_on")
    application.decided_on, application.waiting_since = rounds.before_request(application)
    rounds.reckon_waiting(application)
    move(application, step, *WAITED)
    said = OF_A_ROUND | {"withdrawn_on": withdrawn_on, "withdrawn_reason": reason}
    _write_over(application, said, by=by, at=at)
    rounds.end(application, Round.End.WITHDRAWN, on=withdrawn_on)
    ledger.cancel(about=application.pk, at=at)
    tell(application, step.audit, by=by, at=at, on=withdrawn_on)
    return application


def decide(*, application: Application, decided_on: date, version: int, by: User) -> Application:
    """Take a locked application through the step “decide”; `actions.decisions.record` does the rest.

    Raises:
        StepNotAllowed, EditedMeanwhile
    """
    step = _allowed(application, "decide", version, by)
    application.decided_on = decided_on
    move(application, step, "decided_on")
    rounds.end(application, Round.End.DECIDED, on=decided_on)
    return application


def decide_further(*, application: Application, decided_on: date, version: int, by: User) -> Application:
    """Let a locked application that is decided have one more decision, for which nobody waited; no round begins.

    Raises:
        StepNotAllowed, EditedMeanwhile
    """
    step = _allowed(application, "decide_further", version, by)
    application.decided_on = max(decided_on, application.decided_on or decided_on)
    move(application, step, "decided_on")
    return application


def undecide(*, application: Application) -> Application:
    """Let a locked application wait as before its decision, which was taken back. A correction, no step."""
    application.state, application.decided_on = application.waiting_state, None
    application.save_version("state", "decided_on")
    rounds.reopen(application)
    return application


def follow_decisions(*, application: Application) -> None:
    """Let a locked application that is decided say the day of the last of its decisions."""
    newest = application.decisions.aggregate(newest=Max("decided_on"))["newest"]
    if application.is_decided and newest not in (None, application.decided_on):
        application.decided_on = newest
        application.save_version("decided_on")


def locked(application: Application) -> Application:
    """Fetch the application anew with its case and itself locked, in that order.

    Raises:
        CaseIsClosed
    """
    case = locked_open(application.case, application=application)
    application = application.locked()
    application.case = case
    rounds.catch_up(application)
    return application


def tell(
    application: Application, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str | int
) -> None:
    """Put a step of an application on the timeline; what a rule asked for before it may lapse."""
    timeline.add(
        case=application.case,
        kind=kind,
        by=by,
        at=at,
        on=on,
        about=application,
        facts={**facts_of(application), **facts},
    )
    lapsing.follow(case=application.case, by=by, at=at)


def facts_of(application: Application) -> dict[str, str | int]:
    """What every event about an application says: the codes, and the day whose rules name them."""
    return {
        "benefit": application.benefit_code,
        "decider": application.decider_code,
        "begun_on": application.ruled_on.isoformat(),
    }


def wait_anew(
    application: Application,
    step: workflow.Transition,
    kind: Round.Kind,
    *,
    on: date,
    ruling: Appeal | None = None,
    by: User,
    at: datetime,
) -> Round:
    """Let a locked application that was decided wait for a new decision, in a round of its own since a day."""
    application.waiting_since, application.decided_on = on, None
    rounds.reckon_waiting(application)
    move(application, step, *WAITED)
    _write_over(application, OF_A_ROUND, by=by, at=at)
    begun = rounds.begin(application, kind, on=on, ruling=ruling)
    tell(application, step.audit, by=by, at=at, on=on)
    return begun


def _write_over(application: Application, said: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Write what is said of a round over what was said before, which stays in the history."""
    corrections.fill_in(application, said, Why(reason="", by=by, at=at, case=application.case, kind=""))


def _allowed(application: Application, step: str, version: int, by: User) -> workflow.Transition:
    found = workflow.required(APPLICATION, application.state, step, labels=APPLICATION_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    application.check_version(version)
    return found


def move(application: Application, step: workflow.Transition, *fields: str) -> None:
    application.state = step.target
    application.save_version("state", *fields)


def _check_own_day(application: Application, on: date, field: str, at: datetime) -> None:
    check_day(on, born_on=application.case.client.born_on, today=helsinki(at), field=field)
