"""What can be done to an application for removal: write, edit, file with its proof, record the answer, withdraw."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals.filing import TwoSigners, check_representation
from casework.applications import owed
from casework.applications.actions import facts_of
from casework.applications.evidence import NotOfThisClient
from casework.applications.finality import removal_time
from casework.case_tasks import actions as tasks
from casework.case_tasks import lapsing
from casework.cases.representing import check_signer
from casework.decisions import actions as decisions
from casework.documents import actions as documents
from casework.law import workflow
from casework.law.errors import check_day, check_order
from casework.law.representing import Matter
from casework.law.workflow import REMOVAL, REMOVAL_STATE_LABELS, REMOVAL_UNDER_WAY
from casework.models import Case, Decision, Document, Removal, Representation
from casework.removals import letter as letters
from casework.removals.queries import appeals_of
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants import files
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal
from tenants.printing import report_pdf


class RemovalExists(Refusal):
    user_message = _("An application for removal of this decision is under way already. Open it.")


class LateReasonNeeded(Refusal):
    user_message = _("The time to apply ended on %(ends_on)s. Write down why the application comes after it.")
    field = "late_reason"


@dataclass(frozen=True, kw_only=True)
class RemovalDetails:
    """What a person types of the application itself."""

    error: str
    grounds: str = ""
    receiver: str = Removal.Receiver.UNKNOWN
    attachments: Sequence[Document] = ()
    representation: Representation | None = None
    signed_by: str = ""
    power_of_attorney: Document | None = None


@transaction.atomic
def write(*, decision: Decision, details: RemovalDetails, by: User, at: datetime) -> Removal:
    """Begin an application for the removal of a decision; whether that is final is shown and never asked for.

    Raises:
        CaseIsClosed, NotOfThisClient, TwoSigners
        RemovalExists: one is under way.
    Doubts: SignerUnclear
    """
    decision = decisions.locked(decision)
    corrections.check_standing(decision)
    if decision.removals.filter(state__in=REMOVAL_UNDER_WAY).exists():
        raise RemovalExists
    case = decision.application.case
    _check_goes_with(case, details, on=helsinki(at))
    values = _columns(details)
    removal: Removal = Removal.objects.create(decision=decision, drafted_on=helsinki(at), **values)
    removal.attachments.set(details.attachments)
    tell(removal, "removal.drafted", by=by, at=at)
    return removal


@transaction.atomic
def edit(*, removal: Removal, details: RemovalDetails, version: int, by: User, at: datetime) -> Removal:
    """Save what an application says that was not filed; what it said before stays in the history.

    Raises:
        StepNotAllowed, TakenBack, EditedMeanwhile, CaseIsClosed, NotOfThisClient, TwoSigners
    Doubts: SignerUnclear
    """
    removal = locked(removal)
    allowed(removal, "file", version, by)
    _check_goes_with(case_of(removal), details, on=helsinki(at))
    values = _columns(details) | {"attachments": sorted(str(paper.pk) for paper in details.attachments)}
    corrections.correct(removal, values, why(removal, "removal.edited", by=by, at=at))
    return removal


@transaction.atomic
def file(
    *,
    removal: Removal,
    filed_on: date,
    sent_by: str = "",
    sent_time: time | None = None,
    receipt: str = "",
    is_as_written: bool = False,
    document: Document | None = None,
    late_reason: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Removal:
    """Write down that it was filed, with the proof of sending and the paper. Late, it is asked why and never blocked.

    The paper is a `document` of the case; `is_as_written` prints and keeps the application as it stands instead.

    Raises:
        StepNotAllowed, TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NotOfThisClient
        LateReasonNeeded
    Doubts:
        DayOrderWrong: filed before the decision was made. SignerUnclear, of what is kept as it stands.
    """
    removal = locked(removal)
    step = allowed(removal, "file", version, by)
    check_filing(removal, filed_on, at=at)
    late_reason = reason_of(removal, filed_on, late_reason)
    _check_own(case_of(removal), document)
    removal.late_reason = late_reason
    if document is None and is_as_written:
        check_signer(removal.representation, matter=Matter.BENEFIT, on=filed_on)
        document = _kept(removal, on=filed_on, by=by, at=at)
    proof = {"filed_on": filed_on, "sent_by": sent_by, "sent_time": sent_time, "receipt": receipt}
    move(removal, step, **proof, document=document, late_reason=late_reason)
    tasks.end_those_about(removal.pk, tasks.drop, by=by, at=at)
    tell(removal, step.audit, by=by, at=at, on=filed_on)
    return removal


@transaction.atomic
def answer(
    *,
    removal: Removal,
    answer: str,
    answered_on: date,
    answer_words: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Removal:
    """Record the answer. When the decision is removed the application waits for a new one, in a round of its own.

    Raises:
        StepNotAllowed, TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: answered before it was filed.
    """
    removal = locked(removal)
    step = allowed(removal, "answer", version, by)
    check_own_day(removal, answered_on, "answered_on", at)
    check_order(removal.filed_on, answered_on, field="answered_on")
    said: dict[str, Any] = {"answer": answer, "answered_on": answered_on, "answer_words": answer_words}
    if answer == Removal.Answer.REMOVED:
        application = removal.decision.application
        said["round"] = owed.decide_anew(application, since=answered_on, by=by, at=at)
    move(removal, step, **said)
    tasks.end_those_about(removal.pk, tasks.drop, by=by, at=at)
    tell(removal, step.audit, by=by, at=at, on=answered_on, answer=answer)
    lapsing.follow(case=case_of(removal), by=by, at=at)  # what rested on a decision that is removed
    return removal


@transaction.atomic
def withdraw(
    *, removal: Removal, withdrawn_on: date, withdrawn_reason: str, version: int, by: User, at: datetime
) -> Removal:
    """End an application without an answer: one that was filed, or one that is not filed after all.

    Raises:
        StepNotAllowed, TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: withdrawn before it was filed.
    """
    removal = locked(removal)
    step = allowed(removal, "withdraw", version, by)
    check_own_day(removal, withdrawn_on, "withdrawn_on", at)
    check_order(removal.filed_on, withdrawn_on, field="withdrawn_on")
    move(removal, step, withdrawn_on=withdrawn_on, withdrawn_reason=withdrawn_reason)
    tasks.end_those_about(removal.pk, tasks.drop, by=by, at=at)
    tell(removal, step.audit, by=by, at=at, on=withdrawn_on)
    return removal


def locked(removal: Removal) -> Removal:
    """Fetch it anew with its case, its application, its decision and itself locked.

    Raises:
        CaseIsClosed
        TakenBack: it, or its decision.
    """
    decision = decisions.locked(removal.decision)
    removal = removal.locked("representation__person", "representation__client", "power_of_attorney", "round")
    removal.decision = decision
    corrections.check_standing(decision)
    corrections.check_standing(removal)
    return removal


def allowed(removal: Removal, step: str, version: int, by: User) -> workflow.Transition:
    """Find the step of a locked application for removal.

    Raises:
        StepNotAllowed, EditedMeanwhile
    """
    found = workflow.required(REMOVAL, removal.state, step, labels=REMOVAL_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    removal.check_version(version)
    return found


def move(removal: Removal, step: workflow.Transition, **said: Any) -> None:
    """Take a step that was allowed, and write what comes with it."""
    removal.state = step.target
    for name, value in said.items():
        setattr(removal, name, value)
    removal.save_version("state", *said)


def check_filing(removal: Removal, filed_on: date, *, at: datetime) -> None:
    """Refuse a day of filing that cannot be true.

    Raises:
        BeforeBirth, InTheFuture
    Doubts: DayOrderWrong
    """
    check_own_day(removal, filed_on, "filed_on", at)
    check_order(removal.decision.decided_on, filed_on, field="filed_on")


def reason_of(removal: Removal, filed_on: date, late_reason: str) -> str:
    """Answer the reason to keep with an application filed on a day: none when it is in time, as far as that is known.

    Raises:
        LateReasonNeeded: its time was over, and no reason is given.
    """
    known = removal_time(removal.decision, appeals_of(removal.decision), today=filed_on)
    if known is None or known.ends_on is None or not known.is_late(filed_on):
        return ""
    if not late_reason.strip():
        raise LateReasonNeeded(ends_on=day(known.ends_on))
    return late_reason


def check_own_day(removal: Removal, on: date, field: str, at: datetime) -> None:
    """Refuse a day before the client's birth, or one to come.

    Raises:
        BeforeBirth, InTheFuture
    """
    check_day(on, born_on=case_of(removal).client.born_on, today=helsinki(at), field=field)


def case_of(removal: Removal) -> Case:
    """The case of its application."""
    return removal.decision.application.case


def why(removal: Removal, kind: str, *, reason: str = "", by: User, at: datetime) -> Why:
    """Who changes it, why, and what the timeline is told."""
    facts = facts_of(removal.decision.application)
    return Why(reason=reason, by=by, at=at, case=case_of(removal), kind=kind, facts=facts)


def tell(removal: Removal, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str) -> None:
    """Put a step of it on the timeline."""
    known = {**facts_of(removal.decision.application), **facts}
    timeline.add(case=case_of(removal), kind=kind, by=by, at=at, on=on, about=removal, facts=known)


def _columns(details: RemovalDetails) -> dict[str, Any]:
    return {
        "error": details.error,
        "grounds": details.grounds,
        "receiver": details.receiver,
        "representation": details.representation,
        "signed_by": details.signed_by,
        "power_of_attorney": details.power_of_attorney,
    }


def _check_goes_with(case: Case, details: RemovalDetails, *, on: date) -> None:
    _check_own(case, *details.attachments, details.power_of_attorney)
    check_representation(case, details.representation, on=on)
    if details.representation is not None and details.signed_by:
        raise TwoSigners


def _check_own(case: Case, *found: Document | None) -> None:
    if any(document.case_id != case.pk for document in found if document is not None):
        raise NotOfThisClient


def _kept(removal: Removal, *, on: date, by: User, at: datetime) -> Document:
    """Print it as it stands, of the day on which it was filed, and keep it among the documents of the case."""
    paper = letters.paper(removal, on=on)
    return documents.add(
        case=case_of(removal),
        file=files.check_upload(io.BytesIO(report_pdf(paper)), letters.file_name(removal, "pdf", on=on)),
        kind=Document.Kind.APPEAL,
        title=paper.title,
        dated_on=on,
        by=by,
        at=at,
    )
