"""Correcting an application for removal, taking its latest step back, or taking back all of it.

None of these is a step of its life: the facts were written down wrong, and the old ones stay in the history.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from casework.applications import owed
from casework.applications.correcting import NoStepToTakeBack
from casework.applications.evidence import NotOfThisClient
from casework.case_tasks import lapsing
from casework.law.errors import check_order
from casework.law.workflow import REMOVAL_UNDER_WAY, RemovalState
from casework.models import Document, Removal
from casework.removals.actions import RemovalExists, case_of, check_filing, check_own_day, locked, reason_of, why
from casework.timeline import corrections
from tenants.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class RemovalFacts:
    """What was written down about it; what no step has written yet is not looked at."""

    error: str
    grounds: str
    filed_on: date | None = None
    sent_by: str = ""
    sent_time: time | None = None
    receipt: str = ""
    late_reason: str = ""
    document: Document | None = None
    answered_on: date | None = None
    answer_words: str = ""
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""


@transaction.atomic
def correct(*, removal: Removal, facts: RemovalFacts, reason: str, version: int, by: User, at: datetime) -> Removal:
    """Correct what was written down about it. The wait for a new decision follows the day of the answer.

    What the answer was is corrected by taking the step back: a new decision may be awaited because of it.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture, NotOfThisClient, LateReasonNeeded
    Doubts: DayOrderWrong
    """
    removal = locked(removal)
    removal.check_version(version)
    said = asdict(facts) | {"document": facts.document}
    values = {name: value for name, value in said.items() if name in removal.recorded}
    _check(removal, values, at=at)
    corrections.correct(removal, values, why(removal, "removal.corrected", reason=reason, by=by, at=at))
    if removal.answered_on is not None:
        owed.move(removal.decision.application, removal.round, on=removal.answered_on, at=at)
    lapsing.follow(case=case_of(removal), by=by, at=at)
    return removal


@transaction.atomic
def take_back_step(*, removal: Removal, reason: str, version: int, by: User, at: datetime) -> Removal:
    """Take back the latest step, which was never taken; with the answer goes the wait that began with it.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        NoStepToTakeBack: it is in preparation.
        WaitWasFollowed: the new decision is here.
        RemovalExists: it was withdrawn or answered, and another is under way since.
    """
    removal = locked(removal)
    removal.check_version(version)
    values = _before_latest_step(removal)
    if not values:
        raise NoStepToTakeBack
    if not removal.is_under_way:
        _check_alone(removal)
    _undo_round(removal, reason=reason, by=by, at=at)
    corrections.correct(removal, values, why(removal, "removal.corrected", reason=reason, by=by, at=at))
    lapsing.follow(case=case_of(removal), by=by, at=at)
    return removal


@transaction.atomic
def take_back(*, removal: Removal, reason: str, version: int, by: User, at: datetime) -> Removal:
    """Take back an application for removal that was written down by mistake.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, WaitWasFollowed
    """
    removal = locked(removal)
    removal.check_version(version)
    _undo_round(removal, reason=reason, by=by, at=at)
    corrections.take_back(removal, why(removal, "removal.removed", reason=reason, by=by, at=at))
    lapsing.follow(case=case_of(removal), by=by, at=at)
    return removal


def _check(removal: Removal, values: dict[str, Any], *, at: datetime) -> None:
    """Check the days of the steps that were taken, in their order."""
    filed_on = values.get("filed_on")
    if filed_on is not None:
        check_filing(removal, filed_on, at=at)
        values["late_reason"] = reason_of(removal, filed_on, values["late_reason"])
    for name in ("answered_on", "withdrawn_on"):
        if values.get(name) is not None:
            check_own_day(removal, values[name], name, at)
            check_order(filed_on, values[name], field=name)
    document = values.get("document")
    if document is not None and document.case_id != case_of(removal).pk:
        raise NotOfThisClient


def _before_latest_step(removal: Removal) -> dict[str, Any]:
    """What it said before its latest step; nothing when there is none to take back."""
    match removal.state:
        case RemovalState.WITHDRAWN:
            before = RemovalState.FILED if removal.filed_on else RemovalState.DRAFT
            return {"state": before.value, "withdrawn_on": None, "withdrawn_reason": ""}
        case RemovalState.ANSWERED:
            return {"state": RemovalState.FILED.value, "answer": "", "answered_on": None, "answer_words": ""}
        case RemovalState.FILED:
            proof = {"filed_on": None, "sent_by": "", "sent_time": None, "receipt": "", "document": None}
            return {"state": RemovalState.DRAFT.value, "late_reason": "", **proof}
    return {}


def _check_alone(removal: Removal) -> None:
    if removal.decision.removals.filter(state__in=REMOVAL_UNDER_WAY).exists():
        raise RemovalExists


def _undo_round(removal: Removal, *, reason: str, by: User, at: datetime) -> None:
    """Let the application stand as before the answer: decided, by the decision that was not removed.

    Raises:
        WaitWasFollowed
    """
    mistake = why(removal, "removal.corrected", reason=reason, by=by, at=at)
    owed.take_back(removal.decision.application, removal.round, why=mistake)
    removal.round = None
