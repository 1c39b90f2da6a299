"""What can be done to the evidence of an application: attach, correct, take back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications.actions import locked
from casework.applications.pair_acts import offered
from casework.law import workflow
from casework.law.errors import check_day
from casework.law.workflow import APPLICATION_STATE_LABELS
from casework.models import Application, CoverageCheck, CoverageRow, Document, Evidence, Illness
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.rough_days import RoughDay, rough


class NotOfThisClient(Refusal):
    user_message = _("This illness or document belongs to somebody else.")


@transaction.atomic
def attach(
    *,
    application: Application,
    kind: str,
    annex: str = "",
    title: str = "",
    dated_on: RoughDay | date | None = None,
    sent_on: date | None = None,
    document: Document | None = None,
    illnesses: Sequence[Illness] = (),
    is_for_both: bool = True,
    by: User,
    at: datetime,
) -> Evidence:
    """Write down what goes or went to the decider, and which illnesses it speaks about.

    `annex` names the row of the list that it is, where its kind does not tell.
    What is attached to a draft is sent when the application is filed; to a filed one, on `sent_on` or today. What is
    attached to an application to both pension systems stands with both, unless it went to one of them only; with whom
    it stands already, it is not written twice.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture
        NotOfThisClient: an illness or the document is of another client.
        StepNotAllowed: the application was withdrawn.
    """
    application = locked(application)
    if not application.takes_evidence:
        raise workflow.StepNotAllowed(state=APPLICATION_STATE_LABELS[application.state])
    today = helsinki(at)
    _check(application, dated_on=dated_on, sent_on=sent_on, document=document, illnesses=illnesses, today=today)
    paper: dict[str, Any] = {"kind": kind, "annex": annex, "title": title, "dated_on": dated_on, "document": document}
    other = offered("attach", application) if is_for_both else None
    if other is not None and not _has(other, paper):
        _put(other, paper, illnesses, sent_on or today, by=by, at=at)
    return _put(application, paper, illnesses, sent_on or today, by=by, at=at)


@transaction.atomic
def correct(
    *,
    evidence: Evidence,
    kind: str,
    annex: str = "",
    title: str = "",
    dated_on: RoughDay | date | None = None,
    sent_on: date | None = None,
    document: Document | None = None,
    illnesses: Sequence[Illness] = (),
    is_for_both: bool = False,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Evidence:
    """Correct what was written down of evidence, also of what was sent; open checks follow.

    `is_for_both`: the same paper at the other pension system as well.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed, BeforeBirth, InTheFuture, NotOfThisClient
    """
    application, evidence = _locked(evidence, version)
    today = helsinki(at)
    _check(application, dated_on=dated_on, sent_on=sent_on, document=document, illnesses=illnesses, today=today)
    paper: dict[str, Any] = {"kind": kind, "annex": annex, "title": title, "document": document}
    paper["dated_on"] = rough(dated_on)
    paper["illnesses"] = sorted(str(illness.pk) for illness in illnesses)
    was_sent_on = evidence.sent_on
    for piece in _both(evidence) if is_for_both else [evidence]:
        one = piece.application
        moved_on = sent_on or piece.sent_on if piece.sent_on == was_sent_on else piece.sent_on
        values = paper | {"sent_on": None if one.is_draft else moved_on}
        corrections.correct(piece, values, _why("evidence.corrected", one, kind, reason=reason, by=by, at=at))
        _follow_in_open_checks(one)
    return evidence


@transaction.atomic
def take_back(
    *, evidence: Evidence, is_for_both: bool = False, reason: str, version: int, by: User, at: datetime
) -> Evidence:
    """Take evidence off that does not go, or never went, with the application; open checks follow.

    `is_for_both`: the same paper at the other pension system as well.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    application, evidence = _locked(evidence, version)
    for piece in _both(evidence) if is_for_both else [evidence]:
        why = _why("evidence.removed", application, evidence.kind, reason=reason, by=by, at=at)
        corrections.take_back(piece, why)
        _follow_in_open_checks(piece.application)
    return evidence


def _put(
    application: Application,
    paper: dict[str, Any],
    illnesses: Sequence[Illness],
    sent_on: date,
    *,
    by: User,
    at: datetime,
) -> Evidence:
    evidence: Evidence = Evidence.objects.create(
        application=application, sent_on=None if application.is_draft else sent_on, **paper
    )
    evidence.illnesses.set(illnesses)
    _follow_in_open_checks(application)
    timeline.add(
        case=application.case,
        kind="application.evidence_attached",
        by=by,
        at=at,
        about=application,
        facts={"evidence": paper["kind"]},
    )
    return evidence


def twin_of(evidence: Evidence) -> Evidence | None:
    """Find the same paper on the list of the other pension system, None where there is none."""
    other = offered("correct_evidence", evidence.application)
    if other is None:
        return None
    same: Evidence | None = next((piece for piece in other.evidence.all() if _paper(piece) == _paper(evidence)), None)
    if same is not None:
        same.application = other
    return same


def _has(application: Application, paper: dict[str, Any]) -> bool:
    """Whether a paper is on the list of an application."""
    document: Document | None = paper["document"]
    known = paper["kind"], paper["title"], rough(paper["dated_on"]), document.pk if document else None
    return any(_paper(piece) == known for piece in application.evidence.all())


def _paper(evidence: Evidence) -> tuple[object, ...]:
    return evidence.kind, evidence.title, evidence.dated_on, evidence.document_id


def _both(evidence: Evidence) -> list[Evidence]:
    """A locked piece of evidence, and its twin locked as well."""
    twin = twin_of(evidence)
    if twin is None:
        return [evidence]
    locked_twin = twin.locked()
    locked_twin.application = twin.application
    return [evidence, locked_twin]


def _locked(evidence: Evidence, version: int) -> tuple[Application, Evidence]:
    application = locked(evidence.application)
    evidence = evidence.locked()
    evidence.application = application
    corrections.check_standing(evidence)
    evidence.check_version(version)
    return application, evidence


def _why(kind: str, application: Application, evidence: str, *, reason: str, by: User, at: datetime) -> Why:
    return Why(reason=reason, by=by, at=at, case=application.case, kind=kind, facts={"evidence": evidence})


def _check(
    application: Application,
    *,
    dated_on: RoughDay | date | None,
    sent_on: date | None,
    document: Document | None,
    illnesses: Sequence[Illness],
    today: date,
) -> None:
    client = application.case.client
    if any(illness.client_id != client.pk for illness in illnesses) or _is_foreign(document, application):
        raise NotOfThisClient
    check_day(dated_on, born_on=client.born_on, today=today, field="dated_on")
    check_day(sent_on, born_on=client.born_on, today=today, field="sent_on")


def _is_foreign(document: Document | None, application: Application) -> bool:
    return document is not None and document.case_id != application.case_id


def _follow_in_open_checks(application: Application) -> None:
    """Note in open checks of which illnesses there was evidence, sent by the day of the decision."""
    open_checks = {"check_of__state": CoverageCheck.State.OPEN, "check_of__decision__application": application.pk}
    for row in CoverageRow.objects.filter(**open_checks).select_related("check_of__decision"):
        sent = application.evidence.filter(sent_on__lte=row.check_of.decision.decided_on, illnesses=row.illness_id)
        row.had_evidence = sent.exists()
        row.save(update_fields=["had_evidence"])
