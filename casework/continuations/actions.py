"""Beginning the application for a continuation, or saying that none is applied for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.applications import both_systems
from casework.case_tasks import lapsing
from casework.cases import terms
from casework.cases.actions import locked_open
from casework.continuations.queries import is_continued_at, usual_claim
from casework.law import as_of
from casework.law.errors import check_day, check_order
from casework.law.pension_systems import KELA
from casework.models import Application, Case, Decision, NoContinuation
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class NothingEnds(Refusal):
    user_message = _("This decision has no end from which something goes on.")


class HasContinuation(Refusal):
    user_message = _("The application for the time after has been begun already. Go on with it.")


class IsContinuedThere(Refusal):
    user_message = _(
        "At %(decider)s the application for the time after has been begun already. Begin this one for one decider only."
    )
    field = "is_to_both"


class SaidAlready(Refusal):
    user_message = _("It has been said already that no continuation is applied for. Correct that instead.")


@transaction.atomic
def begin(*, decision: Decision, by: User, at: datetime, **chosen: Any) -> Application:
    """Begin the application for the continuation as `queries.usual_claim` says it, unless something else is `chosen`.

    `chosen` is what `both_systems.begin` takes of a claim.

    Raises:
        NothingEnds, HasContinuation
        IsContinuedThere: it goes to both pension systems, and at the other one it was begun before.
        What `both_systems.begin` raises.
    Doubts: as `both_systems.begin`.
    """
    case = locked_open(decision.application.case)
    term = terms.term_of(decision)
    if term is None:
        raise NothingEnds
    if term.continuation is not None:
        raise HasContinuation
    claim = usual_claim(decision) | chosen
    _check_other(case, claim, today=helsinki(at))
    return both_systems.begin(case=case, **claim, by=by, at=at)


@transaction.atomic
def say_none(*, decision: Decision, said_on: date, reason: str, by: User, at: datetime) -> NoContinuation:
    """Write down that no continuation is applied for, and why: nobody is reminded of it any more.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture, NothingEnds, SaidAlready
    Doubts:
        DayOrderWrong: said before the decision was made.
    """
    case = locked_open(decision.application.case, application=decision.application)
    decision = decision.locked("application")
    corrections.check_standing(decision)
    if terms.term_of(decision) is None:
        raise NothingEnds
    if decision.no_continuation.exists():
        raise SaidAlready
    check_day(said_on, born_on=case.client.born_on, today=helsinki(at), field="said_on")
    check_order(decision.decided_on, said_on, field="said_on")
    row: NoContinuation = NoContinuation.objects.create(
        decision=decision, said_on=said_on, reason=reason, written_by=by
    )
    facts = applications.facts_of(decision.application)
    timeline.add(case=case, kind="no_continuation.said", by=by, at=at, on=said_on, about=row, facts=facts)
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def correct(
    *, row: NoContinuation, said_on: date, why_none: str, reason: str, version: int, by: User, at: datetime
) -> NoContinuation:
    """Correct when and why it was said that no continuation is applied for (`why_none`).

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts: DayOrderWrong
    """
    row = _standing(row, version)
    case = row.decision.application.case
    check_day(said_on, born_on=case.client.born_on, today=helsinki(at), field="said_on")
    check_order(row.decision.decided_on, said_on, field="said_on")
    values: dict[str, Any] = {"said_on": said_on, "reason": why_none}
    facts = applications.facts_of(row.decision.application)
    why = Why(reason=reason, by=by, at=at, case=case, kind="no_continuation.corrected", facts=facts)
    corrections.correct(row, values, why)
    return row


@transaction.atomic
def take_back(*, row: NoContinuation, reason: str, version: int, by: User, at: datetime) -> NoContinuation:
    """Take it back: a continuation is applied for after all, and asked for again.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    row = _standing(row, version)
    application = row.decision.application
    facts = applications.facts_of(application)
    why = Why(reason=reason, by=by, at=at, case=application.case, kind="no_continuation.removed", facts=facts)
    corrections.take_back(row, why)
    lapsing.follow(case=application.case, by=by, at=at)
    return row


def _check_other(case: Case, claim: Mapping[str, Any], *, today: date) -> None:
    if not claim.get("is_to_both"):
        return
    there = claim.get("insurer_code", "") if claim["decider_code"] == KELA else KELA
    if is_continued_at(there, case):
        raise IsContinuedThere(decider=as_of.decider(there, today).name_in_sentence)


def _standing(row: NoContinuation, version: int) -> NoContinuation:
    """Fetch it anew with its case and itself locked.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    application = row.decision.application
    case = locked_open(application.case, application=application)
    row = row.locked("decision__application")
    row.decision.application.case = case
    corrections.check_standing(row)
    row.check_version(version)
    return row
